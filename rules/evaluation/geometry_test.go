package evaluation

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"testing"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// plainShape is the geometry of one finding, made for it alone.
func plainShape(t interface{ Fatal(...any) }, l *ledger.Ledger, faces []int) *result.Geometry {
	var cells []orb.Polygon
	for _, id := range faces {
		cells = append(cells, l.Faces[id-1].Geometry)
	}
	way, err := geo.NewTransform(l.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		t.Fatal(err)
	}
	union, err := overlay.Dissolve(context.Background(), cells)
	if err != nil {
		t.Fatal(err)
	}
	mp, err := way.MultiPolygon(union)
	if err != nil {
		t.Fatal(err)
	}
	mp = result.Rounded(mp)
	result.Wind(mp)
	return &result.Geometry{Polygons: mp}
}

// TestShapeSharesPatches holds the geometry of findings that share faces, or
// some of them, against that of each finding made for it alone.
func TestShapeSharesPatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newScene()
		const side = 6
		for i := range side * side {
			s.face(ledger.Face{Area: 100, Geometry: square(37540000+10*float64(i%side), 4562900+10*float64(i/side), 10)})
		}
		var rules [3]result.RuleResult
		for i := range rules {
			for range rapid.IntRange(0, 4).Draw(t, "findings") {
				var faces []int
				dense := rapid.SampledFrom([]int{1, 3, 9}).Draw(t, "dense")
				for id := 1; id <= side*side; id++ {
					if rapid.IntRange(0, 9).Draw(t, "in") < dense {
						faces = append(faces, id)
					}
				}
				rules[i].Findings = append(rules[i].Findings, result.Finding{Faces: faces})
				if rapid.Bool().Draw(t, "twice") {
					rules[(i+1)%3].Findings = append(rules[(i+1)%3].Findings, result.Finding{Faces: faces})
				}
			}
		}
		jobs := rapid.IntRange(1, 3).Draw(t, "jobs")
		if err := newEvaluation(&rulebook.Rulebook{}, s.l, Options{Jobs: jobs}).shape(t.Context(), rules[:]); err != nil {
			t.Fatal(err)
		}
		for i := range rules {
			for k, f := range rules[i].Findings {
				if len(f.Faces) == 0 {
					if f.Geometry != nil || f.BBox != nil {
						t.Fatalf("rule %d, finding %d has no face but %v", i, k, f.Geometry)
					}
					continue
				}
				want := plainShape(t, s.l, f.Faces)
				box := want.Polygons.Bound()
				if !reflect.DeepEqual(f.Geometry, want) || !reflect.DeepEqual(f.BBox, []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}) {
					t.Fatalf("rule %d, finding %d, faces %v: %v\nwant %v", i, k, f.Faces, f.Geometry, want)
				}
			}
		}
	})
}

// The findings of 1 000 changes of 64 vertices, of which every third touches
// the next: one about each change, and five about all of them.
func BenchmarkShape(b *testing.B) {
	s := newScene()
	var all []int
	var found [2]result.RuleResult
	for i := range 1000 {
		x, y := 37540000+100*float64(i%30), 4562900+100*float64(i/30)
		width := 90.0
		if i%3 == 0 {
			width = 100
		}
		var r orb.Ring
		for k := range 32 {
			r = append(r, orb.Point{x + width*float64(k)/32, y + 2*math.Sin(float64(k))})
		}
		for k := range 32 {
			r = append(r, orb.Point{x + width*float64(32-k)/32, y + 80 + 2*math.Sin(float64(k))})
		}
		f := s.face(ledger.Face{Area: 8000, Geometry: orb.Polygon{append(r, r[0])}})
		all = append(all, f.ID)
		found[0].Findings = append(found[0].Findings, result.Finding{Faces: []int{f.ID}})
	}
	for range 5 {
		found[1].Findings = append(found[1].Findings, result.Finding{Faces: all})
	}
	for _, jobs := range []int{1, 2} {
		b.Run(fmt.Sprintf("jobs=%d", jobs), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range found {
					for k := range found[i].Findings {
						found[i].Findings[k].Geometry = nil
					}
				}
				if err := newEvaluation(&rulebook.Rulebook{}, s.l, Options{Jobs: jobs}).shape(b.Context(), found[:]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
