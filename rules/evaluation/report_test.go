package evaluation

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/rulebooktest"
	"landcheck/rules/wording"

	"github.com/paulmach/orb"
)

func TestFindingGeometryIsLonLatAndWound(t *testing.T) {
	s := newScene()
	ch := s.named(domain.PBFOut, "A")
	s.out(60, ch).Geometry = square(37540000, 4562900, 100)
	s.out(60, ch).Geometry = square(37540100, 4562900, 100)
	s.l.Designated["150123101"] = ledger.Designation{Area: 1000}
	r := s.check(t, book(t, "mandatory", rulebooktest.Cap))
	g := r.Rules[0].Findings[0].Geometry.Polygons
	if len(g) != 1 || g[0][0].Orientation() != orb.CCW {
		t.Fatalf("%v", g)
	}
	// 540 km on the 111° meridian zone: 40 km east of it at 41.2° north, by cs2cs.
	if p := g[0][0][0]; p[0] < 111.47 || p[0] > 111.49 || p[1] < 41.19 || p[1] > 41.21 {
		t.Errorf("corner at %v", p)
	}
	result.Wind(orb.MultiPolygon{})
	mp := orb.MultiPolygon{{{{0, 0}, {0, 9}, {9, 9}, {0, 0}}, {{1, 2}, {1, 3}, {2, 3}, {1, 2}}}}
	mp[0][1].Reverse()
	result.Wind(mp)
	if mp[0][0].Orientation() != orb.CCW || mp[0][1].Orientation() != orb.CW {
		t.Error("winding")
	}
}

func TestForm(t *testing.T) {
	s := newScene()
	s.l.ProjectPBF = 1e6
	s.l.ProjectTownships = []ledger.Unit{{Code: "150123101", Name: "一镇"}}
	a := s.named(domain.PBFOut, "A")
	b := s.named(domain.PBFOut, "B")
	in := s.named(domain.PBFIn, "C")
	s.out(20000, a).Before.Slope = 3
	s.out(4*wording.Mu, b).Before.Slope = 4
	f := s.in(30000, in)
	f.Before = ledger.State{Class: "0404", Grassland: true, Unused: true}
	f.After.Grade, f.After.Slope = 6, 1
	r := s.check(t, book(t, "mandatory", keptRule)).Form
	if r.Out.Area != 2.2667 || r.Out.Parcels != 2 || *r.Out.MeanParcel != 1.1333 || r.Out.Dry != 2.2667 || *r.Out.MeanGrade != 8 {
		t.Errorf("out %+v", r.Out)
	}
	if r.Out.Slope != [3]float64{2, 0.2667, 0} || r.Out.Patches != [4]float64{0.2667, 0, 0, 2} {
		t.Errorf("out %+v", r.Out)
	}
	if r.In.Unused != 3 || r.In.NewCropland != 3 || *r.In.MeanGrade != 6 || *r.BetterGrade != 2 || r.MoreMu != 11 {
		t.Errorf("in %+v, more %v", r.In, r.MoreMu)
	}
	if got := *r.Out.ProjectShare; math.Abs(got-0.0226666667) > 1e-9 {
		t.Errorf("share %v", got)
	}
	if got := *r.LayoutRatio; math.Abs(got-(3/1.13333333333-1)) > 1e-9 {
		t.Errorf("layout %v", got)
	}
}

// large is a ledger of n faces, every kind of land mixed.
func large(n int) *scene {
	s := newScene()
	var changes []*plan.Change
	for i := range 99 {
		changes = append(changes, s.named(domain.LandUseChange, fmt.Sprint("L", i)))
	}
	s.l.Faces = make([]ledger.Face, 0, n)
	for i := range n {
		use := changes[i%len(changes)]
		use.Purpose = "NMZZ"
		s.face(ledger.Face{Area: 100.01, Use: use, InProject: i%3 == 0, Geometry: orb.Polygon{},
			Before: ledger.State{Class: "0103", Cropland: i%2 == 0, PBF: i%5 == 0, PBFNet: 90, CroplandNet: 95, Urban: i%7 == 0, Slope: i % 6},
			After:  ledger.State{Class: "0301", Cropland: i%4 == 0, Forest: i%4 != 0, Urban: i%7 == 0, RedLine: i%1000 == 0}})
	}
	return s
}

func manyRules(n int) string {
	text := rulebooktest.Book("mandatory", rulebooktest.Forbid)
	for i := range n - 1 {
		text += rulebooktest.Rule(fmt.Sprint("r", i), "mandatory", fmt.Sprintf(
			`forbid: {where: 'before.pbf && !after.pbf && (area >= %d || after.class in ["0301", "0302"] && use.sub_project == "P%d")'}`, 1_000_000_000+i, i))
	}
	return text
}

func TestSameBytesAtAnyWidth(t *testing.T) {
	s := large(20000)
	b, err := rulebook.Parse("b.yaml", []byte(manyRules(5)))
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for _, jobs := range []int{1, 2, 7} {
		r, err := Evaluate(context.Background(), b, s.l, Options{Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if !reflect.DeepEqual(first, data) {
			t.Errorf("%d jobs: other bytes", jobs)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Evaluate(ctx, b, s.l, Options{}); err == nil {
		t.Error("a cancelled evaluation must end")
	}
}

// 45 rules over 100 000 faces.
func BenchmarkEvaluate(b *testing.B) {
	s := large(100000)
	bk, err := rulebook.Parse("b.yaml", []byte(manyRules(45)))
	if err != nil {
		b.Fatal(err)
	}
	for _, jobs := range []int{1, 2} {
		b.Run(fmt.Sprintf("jobs=%d", jobs), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Evaluate(context.Background(), bk, s.l, Options{Jobs: jobs, NoGeometry: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// 20 rules, each of which finds 99 changes at fault, over 1 000 faces.
func BenchmarkFindings(b *testing.B) {
	s := large(1000)
	for i := range s.l.Faces {
		s.l.Faces[i].Refs = append(s.l.Faces[i].Refs, ledger.Ref{Role: domain.PBF, ID: fmt.Sprint("P", i)}, ledger.Ref{Role: domain.Townships, ID: "150123101"})
	}
	text := rulebooktest.Book("mandatory", rulebooktest.Forbid)
	for i := range 19 {
		text += rulebooktest.Rule(fmt.Sprint("r", i), "mandatory", fmt.Sprintf(`forbid: {where: 'use.exists && use.purpose != "%d"'}`, i))
	}
	bk, err := rulebook.Parse("b.yaml", []byte(text))
	if err != nil {
		b.Fatal(err)
	}
	for _, jobs := range []int{1, 2} {
		b.Run(fmt.Sprintf("jobs=%d", jobs), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := Evaluate(b.Context(), bk, s.l, Options{Jobs: jobs, NoGeometry: true})
				if err != nil || len(r.Rules[1].Findings) != 99 {
					b.Fatal(err)
				}
			}
		})
	}
}
