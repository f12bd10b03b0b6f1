package evaluation

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// box is a face of planar area with the flag that the ledger would give it.
func (s *scene) box(f ledger.Face, x, y, w, h float64) *ledger.Face {
	f.Geometry = orb.Polygon{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}}
	f.Area = w * h
	f.Sliver, f.Width = s.l.Sliver.Is(f.Area, f.Geometry)
	s.l.Changed += f.Area
	if f.Before.PBF {
		f.Before.PBFNet = f.Area
	}
	if f.After.PBF {
		f.After.PBFNet = f.Area
	}
	return s.face(f)
}

// tiles puts n boxes of 0.9 m by 0.9 m, apart by gap.
func (s *scene) tiles(f ledger.Face, n int, gap float64) {
	for i := range n {
		s.box(f, 37600000+float64(i%50)*(0.9+gap), 4562900+float64(i/50)*(0.9+gap), 0.9, 0.9)
	}
}

var inTown = ledger.Face{Before: ledger.State{Urban: true, PBF: true}}

func TestManySmallPiecesAreNotNothing(t *testing.T) {
	b := book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.urban}")
	for _, c := range []struct {
		name  string
		n     int
		gap   float64
		field float64 // changed land beside, m²
		want  domain.Status
	}{
		{"one that lies apart", 1, 1, 0, domain.Pass},
		{"two that touch", 2, 0, 0, domain.Fail},
		{"12 apart, 9.72 m²", 12, 1, 0, domain.Pass},
		{"13 apart, 10.53 m²", 13, 1, 0, domain.Fail},
		{"13 apart beside 20 ha of changed land, 10.53 m² of 20", 13, 1, 200000, domain.Pass},
		{"25 apart beside 20 ha of changed land, 20.25 m² of 20", 25, 1, 200000, domain.Fail},
		{"20 524 apart, 16 618 m²", 20524, 1, 200000, domain.Fail},
	} {
		s := newScene()
		f := inTown
		f.Out = s.named(domain.PBFOut, "A")
		if c.field > 0 {
			s.box(ledger.Face{Out: f.Out, Before: ledger.State{PBF: true}}, 37500000, 4500000, c.field/100, 100)
		}
		s.tiles(f, c.n, c.gap)
		r := s.check(t, b)
		if got := r.Rules[0]; got.Status != c.want {
			t.Errorf("%s: %s", c.name, got.Status)
		} else if c.want == domain.Fail && c.n > 2 && !strings.Contains(got.Note.ZH, "本条不作剔除") {
			t.Errorf("%s: %v", c.name, got.Note)
		} else if c.want == domain.Pass && (r.Ledger.Slivers.Count != c.n || !strings.Contains(got.Note.ZH, "细碎图斑")) {
			t.Errorf("%s: %+v %v", c.name, r.Ledger.Slivers, got.Note)
		}
	}
}

func TestPiecesCrossFeaturesAndTownships(t *testing.T) {
	b := book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.urban, scope: township}")
	s := newScene()
	one, two := inTown, inTown
	one.Out, two.Out = s.named(domain.PBFOut, "A"), s.named(domain.PBFOut, "B")
	two.Township = "150123102"
	s.box(one, 37600000, 4562900, 0.9, 0.9)
	s.box(two, 37600000.9, 4562900, 0.9, 0.9)
	if r := s.check(t, b).Rules[0]; r.Status != domain.Fail || len(r.Findings) != 2 {
		t.Errorf("%+v", r.Findings)
	}
}

func TestScopesOfSliversAreNotThere(t *testing.T) {
	b := book(t, "in_principle", "ratio: {of: before.pbf_net, where: before.pbf && !after.pbf, over: designated, scope: township, limit: 0.05}")
	s := newScene()
	s.l.Designated["150123101"] = ledger.Designation{Area: 1e6}
	f := ledger.Face{Out: s.named(domain.PBFOut, "A"), Before: ledger.State{PBF: true}}
	s.box(f, 37600000, 4562900, 100, 100)
	// 1 mm over 100 km: 100 m², and no township that it would count in.
	f.Township = "150123102"
	s.box(f, 37600000, 4563000, 100000, 0.001)
	r := s.check(t, b)
	if got := r.Rules[0]; got.Status != domain.Pass || len(got.Measures) != 1 || r.Verdict != domain.Compliant || r.Ledger.Slivers.Area != 100 {
		t.Errorf("%+v, %+v", got, r.Ledger.Slivers)
	}
	if reserved(r) != "slivers " {
		t.Errorf("reservations %v", r.Reservations)
	}
	// Only slivers at all: the rule passes and says why.
	s.l.Faces = s.l.Faces[1:]
	if got := s.check(t, b).Rules[0]; got.Status != domain.Pass || len(got.Measures) != 0 || !strings.Contains(got.Note.ZH, "所涉地块均为细碎图斑") {
		t.Errorf("%+v", got)
	}
}

func TestBalanceThatFailsBySlivers(t *testing.T) {
	b := book(t, "mandatory", "balance: {plus: {of: after.pbf_net, where: '!before.pbf && after.pbf'}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}")
	dated := book(t, "mandatory", `balance:
  plus: {of: after.pbf_net, where: "!before.pbf && after.pbf"}
  minus: {of: before.pbf_net, where: before.pbf && !after.pbf}
  scope: date
  plus_when: pbf_in
  minus_when: pbf_out`)
	for _, c := range []struct {
		name        string
		out, in     float64 // width of a field 100 m long, m
		strip       float64 // length of a strip of 1 cm that leaves besides, m
		want, dated domain.Status
	}{
		{"slivers alone", 0, 0, 300, domain.Pass, domain.Pass},
		{"even but for slivers", 50, 50, 300, domain.Warn, domain.Warn},
		{"even but for more than the ceiling", 50, 50, 1100, domain.Fail, domain.Fail},
		{"short by more than slivers", 50.1, 50, 300, domain.Fail, domain.Fail},
		{"short, without slivers", 50.0001, 50, 0, domain.Fail, domain.Fail},
		{"slivers that are made up for", 50, 51, 300, domain.Pass, domain.Pass},
	} {
		s := newScene()
		out, in := s.change(plan.Change{Feature: plan.Feature{Role: domain.PBFOut, ID: "A"}, Date: "20250301"}), s.change(plan.Change{Feature: plan.Feature{Role: domain.PBFIn, ID: "B"}, Date: "20250201"})
		if c.out > 0 {
			s.box(ledger.Face{Out: out, Before: ledger.State{PBF: true}}, 37600000, 4562900, c.out, 100)
		}
		if c.in > 0 {
			s.box(ledger.Face{In: in, After: ledger.State{PBF: true}}, 37610000, 4562900, c.in, 100)
		}
		if c.strip > 0 {
			s.box(ledger.Face{Out: out, Before: ledger.State{PBF: true}}, 37620000, 4562900, c.strip, 0.01)
		}
		if got := s.check(t, b).Rules[0]; got.Status != c.want || c.want == domain.Warn && !strings.Contains(got.Note.ZH, "只作提示") {
			t.Errorf("%s: %s %v", c.name, got.Status, got.Note)
		}
		if got := s.check(t, dated).Rules[0]; got.Status != c.dated {
			t.Errorf("%s, by date: %s %+v", c.name, got.Status, got.Measures)
		}
	}
}

func TestMeansWithASideOfSlivers(t *testing.T) {
	b := book(t, "mandatory", `mean:
  better: {value: after.grade, of: after.pbf_net, where: "!before.pbf && after.pbf"}
  than: {value: before.grade, of: before.pbf_net, where: before.pbf && !after.pbf}`)
	s := newScene()
	s.box(ledger.Face{In: s.named(domain.PBFIn, "B"), After: ledger.State{PBF: true, Grade: 9}}, 37610000, 4562900, 50, 100)
	s.box(ledger.Face{Out: s.named(domain.PBFOut, "A"), Before: ledger.State{PBF: true, Grade: 8}}, 37620000, 4562900, 100, 0.0001)
	if got := s.check(t, b).Rules[0]; got.Status != domain.Pass || !strings.Contains(got.Note.ZH, "细碎图斑") {
		t.Errorf("%+v", got)
	}
}

// fewLooks is a context that ends once it was looked at so many times.
type fewLooks struct {
	context.Context
	left int
}

func (c *fewLooks) Err() error {
	if c.left--; c.left >= 0 {
		return nil
	}
	return context.Canceled
}

// TestNoReportOnceStopped: a context that ends while pieces are joined, at
// whichever look, is an error and never a report.
func TestNoReportOnceStopped(t *testing.T) {
	b := book(t, "mandatory", "among: before.pbf && !after.pbf\nforbid: {where: before.urban}")
	s := newScene()
	s.tiles(inTown, 3000, 0)
	evaluate := func(looks int) (left int, err error) {
		c := &fewLooks{t.Context(), looks}
		_, err = Evaluate(c, b, s.l, Options{Jobs: 1, NoGeometry: true})
		return c.left, err
	}
	left, err := evaluate(1 << 20)
	looks := 1<<20 - left
	if err != nil || looks < 4 {
		t.Fatalf("%d looks, %v", looks, err)
	}
	for k := range looks {
		if _, err := evaluate(k); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped after %d of %d looks: %v", k, looks, err)
		}
	}
}

// TestSliversOfOtherChangesAskNothing: a rule that asks something of every change
// asks it of none that has a sliver of the land, also where that touches the land
// of another; many that join are asked.
func TestSliversOfOtherChangesAskNothing(t *testing.T) {
	b := book(t, "mandatory", `require:
  change: use
  where: "!before.cropland && after.cropland"
  each:
  - {that: use.surveyed.known, lack: {zh: 缺少实测面积, en: no surveyed area}}`)
	for n, want := range map[int]domain.Status{1: domain.Pass, 90: domain.Fail} {
		s := newScene()
		surveyed := s.change(plan.Change{Feature: plan.Feature{Role: domain.LandUseChange, ID: "A"}, Surveyed: plan.Number{Known: true}})
		s.box(ledger.Face{Use: surveyed, After: ledger.State{Cropland: true}}, 37600000, 4562900, 100, 100)
		for i := range n {
			at := 0.03 * float64(i)
			s.box(ledger.Face{Use: s.named(domain.LandUseChange, fmt.Sprint("B", i)), After: ledger.State{Cropland: true}}, 37600100+at, 4562900, 0.03, 100)
		}
		if r := s.check(t, b).Rules[0]; r.Status != want {
			t.Errorf("%d strips: %s %+v", n, r.Status, r.Findings)
		}
	}
}
