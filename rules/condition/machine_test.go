package condition

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// bare is a face that no change covers.
func bare() ledger.Face {
	return ledger.Face{Out: plan.NoChange, In: plan.NoChange, Use: plan.NoChange, Urban: plan.NoChange, Line: plan.NoChange}
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// inBooks are the conditions of the built-in rulebooks, as far as they stand
// on one line.
func inBooks(t testing.TB) (out []string) {
	files, _ := filepath.Glob("../rulebook/books/*.yaml")
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:where|among|that|warn): (?:'([^']+)'|"([^"]+)"|([^{}'"\n]+))`).FindAllStringSubmatch(string(text), -1) {
			out = append(out, m[1]+m[2]+m[3])
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d conditions in %v", len(out), files)
	}
	return out
}

// FuzzCondition: whatever is accepted as a condition answers for any face,
// with and without the expression machine alike, and neither fails nor lingers.
func FuzzCondition(f *testing.F) {
	for _, text := range inBooks(f) {
		f.Add(text)
	}
	f.Add(`township matches "^1501[0-9]+$" && area / before.slope > 2.5`)
	f.Add(`before.class in ["0101", "0102"] ? area > 1e300 * 1e300 : -area < 0`)
	in, out, empty := bare(), bare(), bare()
	in.In, in.Area, in.SlopedBlock = &plan.Change{Exists: true}, 10, 9e9
	in.After = ledger.State{PBF: true, PBFNet: 10, Class: "0103", Known: true, Cropland: true}
	out.Area, out.Before = 10, ledger.State{PBF: true, PBFNet: 10, Slope: 5}
	faces := []ledger.Face{in, out, empty}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text, nil, nil)
		if err != nil {
			return
		}
		got, err := NewMachine(PlanValues{}).Select(&c, faces, upTo(3), make([]float64, 3))
		if err != nil {
			t.Fatalf("%q fails: %v", text, err)
		}
		c.fast = nil
		slow, err := NewMachine(PlanValues{}).Select(&c, faces, upTo(3), make([]float64, 3))
		if err != nil || !slices.Equal(got, slow) {
			t.Fatalf("%q: %v, the machine says %v (%v)", text, got, slow, err)
		}
	})
}

// One condition over 100 000 faces: by the expression library's machine, and
// translated to Go (lower).
func BenchmarkCondition(b *testing.B) {
	faces := make([]ledger.Face, 100000)
	for i := range faces {
		faces[i] = bare()
		faces[i].Before = ledger.State{PBF: i%2 == 0, Slope: i % 6}
	}
	all := upTo(len(faces))
	for _, fast := range []bool{false, true} {
		b.Run(fmt.Sprintf("translated=%v", fast), func(b *testing.B) {
			c, err := Parse(`before.pbf && !after.pbf && (before.slope >= 4 || after.class in ["0301", "0302"])`, nil, nil)
			if err != nil {
				b.Fatal(err)
			}
			if !fast {
				c.fast = nil
			}
			m := NewMachine(PlanValues{})
			for b.Loop() {
				if _, err := m.Select(&c, faces, all, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(faces)), "ns/face")
		})
	}
}
