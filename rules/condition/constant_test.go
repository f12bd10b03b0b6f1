package condition

import (
	"fmt"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"pgregory.net/rapid"
)

func TestContradictions(t *testing.T) {
	for _, c := range []struct {
		text string
		want constancy
	}{
		{"before.slope > 4 && before.slope < 3", alwaysFalse},
		{"before.slope > 3 && before.slope < 4", alwaysFalse}, // whole numbers
		{"area > 3 && area < 4", varies},
		{"before.slope == 2 && before.slope == 3", alwaysFalse},
		{"before.slope == 2 && after.slope == 3", varies},
		{"before.slope == 2 && before.slope != 2", alwaysFalse},
		{"4 < before.slope && 3 > before.slope", alwaysFalse},
		{"before.slope in [4, 5] && before.slope < 4", alwaysFalse},
		{"before.slope in [4, 5] && before.slope < 5", varies},
		{"patch_area >= 20 * mu && patch_area < 13333", alwaysFalse},
		{"patch_area >= 20 * mu && patch_area < 13334", varies},
		{"before.class == \"0103\" && before.class == \"0102\"", alwaysFalse},
		{"before.class == \"0103\" && before.class startsWith \"04\"", alwaysFalse},
		{"before.class startsWith \"03\" && !(before.class startsWith \"0\")", alwaysFalse},
		{"before.class in [\"0103\", \"0102\"] && before.class == \"0101\"", alwaysFalse},
		{"before.class != after.class && before.class == after.class", varies},
		{"before.pbf && before.slope > 4 && after.pbf && before.slope < 3", alwaysFalse},
		{"before.slope < 4 || before.slope >= 3", alwaysTrue},
		{"before.slope < 4 || before.slope > 4", varies},
		{"before.slope > 5", alwaysFalse}, // classes 1 to 5
		{"before.slope >= 0", alwaysTrue},
		{"after.grade > 15", alwaysFalse},
		{"after.grade > 14", varies},
		{"plan.stage == \"anual\"", alwaysFalse},
		{"plan.stage != \"annual\"", varies},
		{"!(before.slope > 4) && !(before.slope <= 4)", alwaysFalse},
		{strings.Repeat("before.slope > 4 && ", 20) + "before.slope < 3", alwaysFalse},
	} {
		program, err := expr.Compile(c.text, expr.Env(&view{}), expr.AsBool())
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		if got := constant(program.Node()); got != c.want {
			t.Errorf("%s: %d, want %d", c.text, got, c.want)
		}
	}
}

// Whether a condition is constant agrees with trying every face of a small
// world in which each gap between the literals has a value.
func TestConstantAgreesWithBruteForce(t *testing.T) {
	var faces []*view
	for slope := range 6 { // all that the reader lets through, 0 is unknown
		for area := -1.0; area <= 4; area += 0.25 {
			for _, township := range textsOver("abc", 3) {
				faces = append(faces, &view{Face: &ledger.Face{Area: area, Township: township, Before: ledger.State{Slope: slope},
					Out: plan.NoChange, In: plan.NoChange, Use: plan.NoChange, Urban: plan.NoChange, Line: plan.NoChange}})
			}
		}
	}
	literals := textsOver("ab", 2)
	found := map[constancy]int{}
	rapid.Check(t, func(t *rapid.T) {
		one := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "one") }
		field := one("before.slope", "area", "township", "any") // mostly one field, or few contradict themselves
		var condition func(depth int) string
		condition = func(depth int) string {
			if rapid.IntRange(0, 3).Draw(t, "form")+depth < 4 && depth < 3 {
				return fmt.Sprintf("%s(%s %s %s)", one("", "", "!"), condition(depth+1), one("&&", "&&", "||"), condition(depth+1))
			}
			of := field
			if of == "any" {
				of = one("before.slope", "area", "township")
			}
			if of == "township" {
				if rapid.Bool().Draw(t, "list") {
					return one(`township in ["a", "ab"]`, `township not in ["", "b"]`)
				}
				return fmt.Sprintf("township %s %q", one("==", "!=", "startsWith"), rapid.SampledFrom(literals).Draw(t, "text"))
			}
			op := one(" == ", " != ", " < ", " <= ", " > ", " >= ", " in ", " not in ")
			if strings.HasSuffix(op, "in ") {
				return of + op + one("[1, 3]", "[0]", "[0.5, 2]", "[1, 2.0, 0.5]")
			}
			literal := one("0", "1", "2", "3", "0.5", "2.5", "1 + 1")
			if rapid.Bool().Draw(t, "mirrored") {
				return literal + op + of
			}
			return of + op + literal
		}
		text := condition(0)
		program, err := expr.Compile(text, expr.Env(&view{}), expr.AsBool())
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var machine vm.VM
		yes, no := false, false
		for _, f := range faces {
			got, err := machine.Run(program, f)
			if err != nil {
				t.Fatal(err)
			}
			yes, no = yes || got == true, no || got == false
			if yes && no {
				break
			}
		}
		want := map[[2]bool]constancy{{true, true}: varies, {true, false}: alwaysTrue, {false, true}: alwaysFalse}[[2]bool{yes, no}]
		found[want]++
		if got := constant(program.Node()); got != want {
			t.Fatalf("%s: %d, brute force says %d", text, got, want)
		}
	})
	if found[alwaysFalse] == 0 || found[alwaysTrue] == 0 || found[varies] == 0 {
		t.Errorf("one-sided: %v", found)
	}
}

// textsOver are all texts over some letters up to a length.
func textsOver(letters string, most int) []string {
	list := []string{""}
	for from := 0; most > 0; most-- {
		until := len(list)
		for _, w := range list[from:until] {
			for _, l := range letters {
				list = append(list, w+string(l))
			}
		}
		from = until
	}
	return list
}

// TestDeadBranch: one side of an || that can never hold is named with its place.
func TestDeadBranch(t *testing.T) {
	for text, at := range map[string]int{
		"before.urban || before.slope > 4 && before.slope < 3":                     16,
		"before.urban || (before.slope > 4 && before.slope < 3)":                   17,
		"before.pbf && (before.urban || before.slope == 4 && before.slope in [3])": 31,
	} {
		_, err := Parse(text, column{}, nil)
		f, ok := geo.AsInputError(err)
		if !ok || f.Column != at || !strings.Contains(f.Message.EN, "always false") || !strings.Contains(f.Message.ZH, "恒为假") {
			t.Errorf("%s: %v, want rune %d", text, err, at)
		}
	}
}

// column is an origin whose columns are the runes of the text.
type column struct{}

func (column) Fault(rune int, message, advice geo.Text) *geo.InputError {
	return &geo.InputError{Column: rune, Message: message, Advice: advice}
}
