package ledger

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// coded is a unit in columns of the square.
func coded(role domain.Role, record int, from, to float64, code string) plan.Parcel {
	p := strip(role, record, from, to, none)
	p.Code, p.Unit = code, code
	return p
}

// TestContractUnits: of overlapping townships the lowest record counts, for
// faces and for the PBF designated, whichever lies west; the county is the
// township's, and a village that no layer gives is the parcel's.
func TestContractUnits(t *testing.T) {
	const first, second = "150123101", "150124102"
	unit := func(p plan.Parcel, code string) plan.Parcel {
		p.Unit = code
		return p
	}
	for name, c := range map[string]struct {
		townships     []plan.Parcel
		first, second float64 // share of the square
	}{
		"the first in the west": {[]plan.Parcel{coded(domain.Townships, 1, 0, 60, first), coded(domain.Townships, 2, 40, 90, second)}, 0.6, 0.3},
		"the first in the east": {[]plan.Parcel{coded(domain.Townships, 1, 40, 90, first), coded(domain.Townships, 2, 0, 60, second)}, 0.5, 0.4},
	} {
		t.Run(name, func(t *testing.T) {
			pbf := strip(domain.PBF, 1, 0, 100, field) // of no township by its ZLDWDM: goes by overlay
			pbf.Net = known(6000)
			b := memoryBase{domain.Townships: c.townships, domain.PBF: {pbf},
				domain.Villages: {coded(domain.Villages, 1, 0, 50, first+"201"), coded(domain.Villages, 2, 30, 70, first+"202")},
				domain.LandUse:  {unit(strip(domain.LandUse, 1, 0, 100, field), second+"203")}}
			l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changed(domain.PBFOut, 1, 0, 100, none)}}, b, 1)
			townships, villages := map[string]float64{}, map[string]float64{}
			for i := range l.Faces {
				f := &l.Faces[i]
				townships[f.Township+" in "+f.County] += f.Area / hectare
				villages[f.Village] += f.Area / hectare
			}
			for unit, want := range map[string]float64{first + " in 150123": c.first, second + " in 150124": c.second, " in ": 0.1} {
				if math.Abs(townships[unit]-want) > 2e-6 {
					t.Errorf("township %s: %v of the square, want %v", unit, townships[unit], want)
				}
			}
			for code, want := range map[string]float64{first + "201": 0.5, first + "202": 0.2, second + "203": 0.3} {
				if math.Abs(villages[code]-want) > 2e-6 {
					t.Errorf("village %s: %v of the square, want %v", code, villages[code], want)
				}
			}
			if got := l.Designated[first].Area; math.Abs(got-6000*c.first) > 0.01 {
				t.Errorf("designated of the first: %v m², want %v", got, 6000*c.first)
			}
			if got := l.Designated[second].Area; math.Abs(got-6000*c.second) > 0.01 {
				t.Errorf("designated of the second: %v m², want %v", got, 6000*c.second)
			}
			if len(l.Designated) != 2 {
				t.Errorf("designated %v, want two townships", l.Designated)
			}
		})
	}
}

// TestContractSliverLimits: a piece of exactly the least area or width is land,
// one a bit below is a sliver; for faces and for joined pieces.
func TestContractSliverLimits(t *testing.T) {
	face := func(limits SliverLimits) *Face {
		p := &plan.Plan{CRS: zone37, Changes: []plan.Change{changed(domain.LandUseChange, 1, 0, 1, field)}}
		l, err := Build(context.Background(), p, memoryBase{}, Options{Sliver: limits, Jobs: 1})
		if err != nil || len(l.Faces) != 1 {
			t.Fatal(l, err)
		}
		return &l.Faces[0]
	}
	f := face(SliverLimits{})
	above := func(v float64) float64 { return math.Nextafter(v, math.Inf(1)) }
	if math.Abs(f.Width-200.0/202) > 1e-4 { // 2A/P of 1 × 100 m
		t.Errorf("width %v m", f.Width)
	}
	// A rectangle of 3 × 1.5 m: 4.5 m², outline 9 m, 2A/P 1 m, all without rounding.
	pieces := func(limits SliverLimits) bool {
		slivers, n := NewComponents(t.Context().Err, boxes([4]float64{0, 0, 1.5, 1.5}, [4]float64{1.5, 0, 3, 1.5}), limits).Slivers([]int{0, 1})
		return slices.Equal(slivers, []int{0, 1}) && n == 1
	}
	for _, c := range []struct {
		name   string
		limits SliverLimits
		got    func(SliverLimits) bool
		want   bool
	}{
		{"a face of the least area", SliverLimits{Area: f.Area}, func(l SliverLimits) bool { return face(l).Sliver }, false},
		{"a face below the least area", SliverLimits{Area: above(f.Area)}, func(l SliverLimits) bool { return face(l).Sliver }, true},
		{"a face of the least width", SliverLimits{Width: f.Width}, func(l SliverLimits) bool { return face(l).Sliver }, false},
		{"a face below the least width", SliverLimits{Width: above(f.Width)}, func(l SliverLimits) bool { return face(l).Sliver }, true},
		{"a piece of the least area", SliverLimits{Area: 4.5}, pieces, false},
		{"a piece below the least area", SliverLimits{Area: above(4.5)}, pieces, true},
		{"a piece of the least width", SliverLimits{Width: 1}, pieces, false},
		{"a piece below the least width", SliverLimits{Width: above(1)}, pieces, true},
	} {
		if got := c.got(c.limits); got != c.want {
			t.Errorf("%s is a sliver: %v", c.name, got)
		}
	}
}

// TestContractCeiling: strips thinner than the limit are left out as long as
// they come to no more than 10 m², or a ten thousandth of the changed land.
func TestContractCeiling(t *testing.T) {
	for _, c := range []struct {
		name          string
		length, width float64 // of each of three strips that changes share
		listed        int
	}{
		{"9.9 m² in all", 100, 0.0330, 0}, {"10.5 m² in all", 100, 0.0350, 3},
		{"59.4 m² of 600 000 m²", 1500, 0.0132, 0}, {"63 m² of 600 000 m²", 1500, 0.0140, 3},
	} {
		var changes []plan.Change
		for i := range 4 {
			x := 100 * float64(i)
			changes = append(changes, changeAt(domain.LandUseChange, i+1, rect(x, 0, x+100+c.width, c.length), "0103"))
		}
		l := build(t, &plan.Plan{CRS: zone37, Changes: changes}, memoryBase{}, 1)
		if len(l.Overlaps) != c.listed {
			t.Errorf("%s: %d overlaps, want %d; the ceiling is %.2f m²", c.name, len(l.Overlaps), c.listed, l.Ceiling())
		}
	}
}

// TestContractLongEdges: an edge of more than 70 m is cut into ⌊length/70⌋ + 1
// parts before it is measured, one of 70 m is not. Triangles, since in a square
// what the north edge adds the south edge takes; areas in m², computed with 40
// digits from the formula and the forward projection, without this code.
func TestContractLongEdges(t *testing.T) {
	for _, c := range []struct{ base, apex, height, area float64 }{
		{69.9999, 34.9999, 40, 1399.9418934553},
		{70, 35, 40, 1399.9438933834},
		{70.0001, 35, 40, 1399.9429551972},
		{100, 50, 45, 2249.9042693353},
		{139.9999, 69.9999, 1, 70.003059781179},
		{140, 70, 1, 69.998757048828},
		{140.0001, 70, 1, 69.998807050112},
		{209.9999, 104.9999, 1, 105.00093480241},
		{210, 105, 1, 104.99584313058},
	} {
		ring := orb.Ring{{east, north}, {east + c.apex, north + c.height}, {east + c.base, north}, {east, north}}
		l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.LandUseChange, 1, orb.MultiPolygon{{ring}}, "0103")}}, memoryBase{}, 1)
		if len(l.Faces) != 1 || math.Abs(l.Faces[0].Area-c.area) > 1e-5 || l.Changed != l.Faces[0].Area {
			t.Errorf("base %v m: %.6f m², want %.6f", c.base, l.Changed, c.area)
		}
	}
}

// TestContractTiling: where the faces of a change do not add up to it the run
// stops with an internal error, which blames no input.
func TestContractTiling(t *testing.T) {
	for _, c := range []struct {
		name  string
		wrong float64 // m² that the change is measured wrong by
		fails bool
	}{
		{"as they are", 0, false},
		{"short by less than a millionth and the strip of noding, 0.0108", 0.0107, false}, {"over by less", -0.0107, false},
		{"short by more", 0.011, true}, {"over by more", -0.011, true},
	} {
		w := cutting(t.Context(), t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changed(domain.LandUseChange, 1, 0, 100, field)}})
		w.ledger.Features[0].Planar += c.wrong
		_, err := w.cut(t.Context(), 0)
		if failed := err != nil; failed != c.fails || failed && !strings.Contains(err.Error(), "land_use_change.shp record 1 add up to 10000.0000 m²") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// cutting is a build that has measured its changes and cuts them next.
func cutting(ctx context.Context, t *testing.T, p *plan.Plan) *cutter {
	s, err := geo.NewSurveyor(p.CRS, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	w := &builder{ledger: &Ledger{Plan: p, CRS: p.CRS, Present: map[domain.Role]bool{}}, base: memoryBase{}, surveyor: s, jobs: 1}
	if err := w.prepare(ctx); err != nil {
		t.Fatal(err)
	}
	w.prepareReadings()
	if err := w.gather(ctx); err != nil {
		t.Fatal(err)
	}
	return &cutter{builder: w}
}
