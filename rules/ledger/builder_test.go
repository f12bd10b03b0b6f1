package ledger

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// memoryBase is base data without files.
type memoryBase map[domain.Role][]plan.Parcel

func (b memoryBase) Has(role domain.Role) bool { return len(b[role]) > 0 }

func (b memoryBase) HasField(domain.Role, domain.Field) bool { return true }

func (b memoryBase) Survey(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, _ func(*plan.Parcel) bool) ([]*plan.Parcel, error) {
	near, err := b.Near(ctx, role, work, boxes)
	return pointers(near), err
}

func (memoryBase) SetAreas(domain.Role, geo.CRS, []plan.Measured) {}

func (b memoryBase) Near(_ context.Context, role domain.Role, _ geo.CRS, boxes []orb.Bound) ([]plan.Parcel, error) {
	var near []plan.Parcel
	for _, p := range b[role] {
		if boxes == nil || slices.ContainsFunc(boxes, p.Geometry.Bound().Intersects) {
			near = append(near, p)
		}
	}
	return near, nil
}

func (b memoryBase) Designated(context.Context, geo.CRS) (plan.Designated, error) {
	d := plan.Designated{Townships: map[string]plan.Designation{}}
	for _, p := range b[domain.PBF] {
		if p.Net.Known && len(p.Unit) >= 9 {
			sum := d.Townships[p.Unit[:9]]
			d.Townships[p.Unit[:9]] = plan.Designation{Area: sum.Area + p.Net.Value, Features: sum.Features + 1}
		} else {
			d.Rest = append(d.Rest, p)
		}
	}
	return d, nil
}

func (b memoryBase) Units(_ context.Context, role domain.Role) (map[string]string, error) {
	units := map[string]string{}
	for _, p := range b[role] {
		units[p.Code] = p.Name
	}
	return units, nil
}

func (b memoryBase) Issues() []plan.Issue {
	return []plan.Issue{{Check: "data-codes", Role: domain.LandUse, File: "land_use.shp", Record: 1}, {Check: "data-codes", Role: domain.LandUse, File: "land_use.shp", Record: 99}}
}

func (memoryBase) Manifest() *plan.BaseManifest { return &plan.BaseManifest{} }

func (memoryBase) Unsure() map[domain.Role][]string { return nil }

func (b memoryBase) Notices() []geo.Notice { return nil }

// Places are metres from this corner of zone 37.
const east, north = 37540000, 4562900

var zone37 = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}

func rect(x0, y0, x1, y1 float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{
		{east + x0, north + y0}, {east + x1, north + y0}, {east + x1, north + y1}, {east + x0, north + y1}, {east + x0, north + y0},
	}}}
}

func parcelAt(role domain.Role, record int, mp orb.MultiPolygon, class, unit string) plan.Parcel {
	return plan.Parcel{
		Feature: plan.Feature{Role: role, File: string(role) + ".shp", Record: record, ID: fmt.Sprint(role, record), Geometry: mp, Traits: plan.Traits{Class: class}},
		Unit:    unit, Code: unit,
	}
}

func changeAt(role domain.Role, record int, mp orb.MultiPolygon, class string) plan.Change {
	return plan.Change{Exists: true, Feature: plan.Feature{Role: role, File: string(role) + ".shp", Record: record, ID: fmt.Sprint(role, record), Geometry: mp, Traits: plan.Traits{Class: class}}}
}

func build(t testing.TB, p *plan.Plan, b Base, jobs int) *Ledger {
	t.Helper()
	l, err := Build(context.Background(), p, b, Options{Sliver: SliverLimits{Area: 1, Width: 0.05}, Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestFacesByHand is a plan small enough to work out on paper: 100 × 100 m
// fields, half of one leaves PBF and is built over, a corner of it in the red line.
func TestFacesByHand(t *testing.T) {
	base := memoryBase{
		domain.Townships: {parcelAt(domain.Townships, 1, rect(0, 0, 500, 500), "", "150123101")},
		domain.LandUse: {
			parcelAt(domain.LandUse, 1, rect(0, 0, 100, 100), "0103", "150123101201"),
			parcelAt(domain.LandUse, 2, rect(100, 0, 200, 100), "0401", "150123101201"),
		},
		domain.PBF:     {parcelAt(domain.PBF, 1, rect(0, 0, 100, 100), "0103", "150123101201")},
		domain.RedLine: {parcelAt(domain.RedLine, 1, rect(90, 90, 300, 300), "", "")},
	}
	base[domain.PBF][0].Net = plan.Number{Value: 9000, Known: true}
	base[domain.LandUse][0].Traits.Ridge = plan.Number{Value: 0.08, Known: true}
	p := &plan.Plan{CRS: zone37, County: "150123",
		Project: []plan.Feature{{Geometry: rect(0, 0, 200, 80)}},
		Changes: []plan.Change{
			changeAt(domain.PBFOut, 1, rect(50, 0, 100, 100), ""),
			changeAt(domain.LandUseChange, 1, rect(50, 0, 150, 100), "0702"),
		},
	}
	l := build(t, p, base, 1)
	s, _ := geo.NewSurveyor(zone37, orb.Point{east, north})
	scale := s.MultiPolygon(rect(0, 0, 100, 100)) / 10000
	type row struct {
		area            float64
		class           string
		pbf, red, inPrj bool
	}
	got := map[row]int{}
	for _, f := range l.Faces {
		got[row{math.Round(f.Area / scale), f.Before.Class, f.Before.PBF, f.Before.RedLine, f.InProject}]++
		if f.Township != "150123101" || f.Village != "150123101201" || f.County != "150123" {
			t.Errorf("face %d: township %q, village %q, county %q", f.ID, f.Township, f.Village, f.County)
		}
		if !f.After.Construction || f.After.PBF {
			t.Errorf("face %d: after %+v", f.ID, f.After)
		}
	}
	want := map[row]int{
		{4000, "0103", true, false, true}: 1, {900, "0103", true, false, false}: 1, {100, "0103", true, true, false}: 1,
		{4000, "0401", false, false, true}: 1, {500, "0401", false, false, false}: 1, {500, "0401", false, true, false}: 1,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("faces\n got %v\nwant %v", got, want)
	}
	out, lost := 0.0, 0.0
	for _, f := range l.Faces {
		out += f.Before.PBFNet
		lost += f.Before.CroplandNet - f.After.CroplandNet
	}
	if math.Abs(out-4500) > 1e-3 { // half of the declared 9 000 m²
		t.Errorf("net out %v, want 4500", out)
	}
	if want := 5000 * scale * 0.92; math.Abs(lost-want) > 1e-3 {
		t.Errorf("net cropland lost %v, want %v", lost, want)
	}
	if math.Abs(l.ProjectPBF-9000*0.8) > 1e-3 {
		t.Errorf("project PBF %v, want 7200", l.ProjectPBF)
	}
	for _, r := range l.LandUse {
		want := map[string][2]float64{"0103": {8000, 4000}, "0401": {8000, 4000}, "0702": {0, 8000}}[r.Code]
		if math.Abs(r.Before/scale-want[0]) > 0.01 || math.Abs(r.After/scale-want[1]) > 0.01 {
			t.Errorf("land use %s: %v → %v, want %v", r.Code, r.Before/scale, r.After/scale, want)
		}
	}
	if l.Designated["150123101"].Area != 9000 || math.Abs(l.Outside) > 1e-3 {
		t.Errorf("designated %v, outside %v", l.Designated, l.Outside)
	}
}

func TestOverlapGoesToTheLowerRecord(t *testing.T) {
	p := &plan.Plan{CRS: zone37, Changes: []plan.Change{
		changeAt(domain.LandUseChange, 1, rect(0, 0, 100, 100), "0103"),
		changeAt(domain.LandUseChange, 2, rect(90, 0, 190, 100), "0702"),
		changeAt(domain.LandUseChange, 3, rect(189.97, 0, 290, 100), "0702"), // a sliver 3 cm wide
	}}
	l := build(t, p, memoryBase{}, 1)
	if len(l.Overlaps) != 1 || l.Overlaps[0].Keeps.Record != 1 || l.Overlaps[0].Loses.Record != 2 || math.Abs(l.Overlaps[0].Area-1000) > 1 {
		t.Errorf("overlaps %+v, want 1 000 m² between records 1 and 2", l.Overlaps)
	}
	cropland := 0.0
	for _, f := range l.Faces {
		if f.After.Cropland {
			cropland += f.Area
		}
	}
	if math.Abs(cropland-10000) > 1 {
		t.Errorf("cropland %v, want all of record 1", cropland)
	}
}

// world draws a random base and plan: wiggly blocks that overlap at random.
func world(t *rapid.T) (*plan.Plan, memoryBase) {
	base := memoryBase{}
	blob := func(name string) orb.MultiPolygon {
		x, y := rapid.Float64Range(0, 300).Draw(t, name+"x"), rapid.Float64Range(0, 300).Draw(t, name+"y")
		n := rapid.IntRange(3, 15).Draw(t, name+"n")
		var r orb.Ring
		for i := range n {
			a, d := 2*math.Pi*float64(i)/float64(n), rapid.Float64Range(10, 120).Draw(t, name+"r")
			r = append(r, orb.Point{east + x + d*math.Cos(a), north + y + d*math.Sin(a)})
		}
		return orb.MultiPolygon{{append(r, r[0])}}
	}
	for i := range 4 { // fields in a grid that share their edges
		for j := range 4 {
			x, y := float64(i)*100-50, float64(j)*100-50
			class := rapid.SampledFrom([]string{"0103", "0301", "0702", "9999"}).Draw(t, "class")
			base[domain.LandUse] = append(base[domain.LandUse], parcelAt(domain.LandUse, i*4+j+1, rect(x, y, x+100, y+100), class, "150123101201"))
		}
	}
	for i := range 2 {
		x := float64(i)*200 - 50
		base[domain.Townships] = append(base[domain.Townships], parcelAt(domain.Townships, i+1, rect(x, -50, x+200, 350), "", fmt.Sprintf("15012310%d", i)))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "pbf") {
		base[domain.PBF] = append(base[domain.PBF], parcelAt(domain.PBF, i+1, blob("p"), "0103", "150123101201"))
	}
	base[domain.RedLine] = []plan.Parcel{parcelAt(domain.RedLine, 1, blob("red"), "", "")}
	p := &plan.Plan{CRS: zone37, County: "150123", Project: []plan.Feature{{Geometry: blob("project")}}}
	for _, role := range []domain.Role{domain.PBFOut, domain.PBFIn, domain.LandUseChange} {
		for i := range rapid.IntRange(0, 3).Draw(t, string(role)) {
			p.Changes = append(p.Changes, changeAt(role, i+1, blob("c"), "0702"))
		}
	}
	return p, base
}

// TestFacesTileChangedLand holds random plans against GEOS: the union of the
// changes, and what of them lies in each township and in the red line.
func TestFacesTileChangedLand(t *testing.T) {
	k := geo.NewKernel()
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p, base := world(t)
		l, err := Build(context.Background(), p, base, Options{Sliver: SliverLimits{1, 0.05}, Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		var changes []orb.MultiPolygon
		for _, c := range p.Changes {
			changes = append(changes, c.Geometry)
		}
		union, err := k.Union(changes, 0)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, "changed land", l.Changed, s.MultiPolygon(union))
		for i := range l.Faces {
			for j := i + 1; j < len(l.Faces); j++ {
				common, err := k.Intersection(orb.MultiPolygon{l.Faces[i].Geometry}, orb.MultiPolygon{l.Faces[j].Geometry}, 0)
				if err != nil {
					t.Fatal(err)
				}
				if a := s.MultiPolygon(common); a > 1e-3 {
					t.Fatalf("faces %d and %d overlap by %v m²", i+1, j+1, a)
				}
			}
		}
		for _, township := range base[domain.Townships] {
			inside, err := k.Intersection(union, township.Geometry, 0)
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for _, f := range l.Faces {
				if f.Township == township.Code {
					sum += f.Area
				}
			}
			agree(t, "township "+township.Code, sum, s.MultiPolygon(inside))
		}
		inside, err := k.Intersection(union, base[domain.RedLine][0].Geometry, 0)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, f := range l.Faces {
			if f.Before.RedLine {
				sum += f.Area
			}
		}
		agree(t, "red line", sum, s.MultiPolygon(inside))
	})
}

// agree allows 1e-6 relative, and what rounding inputs to 0.1 mm moves.
func agree(t *rapid.T, what string, got, want float64) {
	if math.Abs(got-want) > 1e-6*want+0.05 {
		t.Fatalf("%s: %.4f m², GEOS has %.4f", what, got, want)
	}
}

// TestOrderAndJobs: neither the order of features and layers nor the number of
// workers changes a total, and workers do not change a byte.
func TestOrderAndJobs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, base := world(t)
		o := Options{Sliver: SliverLimits{1, 0.05}, Jobs: 1}
		one, err := Build(context.Background(), p, base, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Jobs = 4
		four, err := Build(context.Background(), p, base, o)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(one.Faces, four.Faces) || one.Changed != four.Changed {
			t.Fatal("four workers give other faces than one")
		}
		slices.Reverse(p.Changes)
		for _, parcels := range base {
			slices.Reverse(parcels)
		}
		back, err := Build(context.Background(), p, base, o)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := totalsOf(one), totalsOf(back); math.Abs(a[0]-b[0]) > 1e-3 || math.Abs(a[1]-b[1]) > 1e-3 || math.Abs(a[2]-b[2]) > 1e-3 {
			t.Fatalf("totals %v, in reverse order %v", a, b)
		}
	})
}

func totalsOf(l *Ledger) (sums [3]float64) {
	for _, f := range l.Faces {
		sums[0] += f.Area
		if f.Before.PBF {
			sums[1] += f.Area
		}
		if f.After.PBF {
			sums[2] += f.Area
		}
	}
	return sums
}

// TestIssuesOfBaseParcels: one under changed land is a finding, one elsewhere a
// notice; a self-overlapping parcel is found by what it winds round.
func TestIssuesOfBaseParcels(t *testing.T) {
	selfOverlapping := orb.MultiPolygon{{{
		{east, north}, {east + 100, north + 100}, {east + 100, north}, {east, north + 100}, {east, north},
	}}}
	base := memoryBase{domain.LandUse: {parcelAt(domain.LandUse, 1, selfOverlapping, "0103", "")}}
	p := &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.LandUseChange, 1, rect(0, 0, 100, 100), "0301")}}
	l := build(t, p, base, 1)
	var checks []string
	for _, f := range l.Issues {
		checks = append(checks, f.Check)
	}
	if !slices.Equal(checks, []string{"data-codes", "data-geometry"}) || l.Issues[1].Place == nil {
		t.Errorf("flaws %+v", l.Issues)
	}
	if len(l.Notices) != 1 || l.Notices[0].Record != 99 {
		t.Errorf("notices %+v, want the one about record 99", l.Notices)
	}
	cropland := 0.0
	for _, f := range l.Faces {
		if f.Before.Cropland {
			cropland += f.Area
		}
	}
	if math.Abs(cropland-5000) > 1 {
		t.Errorf("cropland %v m², want both wings of the bow-tie", cropland)
	}
}

// TestPlanElsewhere: layers outside every township are named, once each.
func TestPlanElsewhere(t *testing.T) {
	base := memoryBase{domain.Townships: {parcelAt(domain.Townships, 1, rect(0, 0, 500, 500), "", "150123101")}}
	p := &plan.Plan{CRS: zone37, Project: []plan.Feature{{Role: domain.ProjectArea, File: "ZZQY.shp", Geometry: rect(9000, 0, 9500, 500)}},
		Changes: []plan.Change{
			changeAt(domain.PBFOut, 1, rect(9000, 0, 9100, 100), ""),
			changeAt(domain.PBFOut, 2, rect(9100, 0, 9200, 100), ""),
			changeAt(domain.LandUseChange, 1, rect(450, 0, 550, 100), "0301"), // partly in
		}}
	var files []string
	for _, f := range build(t, p, base, 1).Issues {
		if f.Check == "data-extent" {
			files = append(files, f.File)
		}
	}
	if !slices.Equal(files, []string{"ZZQY.shp", "pbf_out.shp"}) {
		t.Errorf("outside: %v, want the project area and pbf_out", files)
	}
}

// TestSameLandInTwoFiles: a file of which every feature is in another as well
// has no face, but lies where the other lies.
func TestSameLandInTwoFiles(t *testing.T) {
	base := memoryBase{domain.Townships: {parcelAt(domain.Townships, 1, rect(0, 0, 500, 500), "", "150123101")}}
	twin := changeAt(domain.PBFOut, 1, rect(0, 0, 100, 100), "")
	twin.File = "twin.shp"
	l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.PBFOut, 1, rect(0, 0, 100, 100), ""), twin}}, base, 1)
	if len(l.Overlaps) != 1 {
		t.Errorf("overlaps %+v, want one", l.Overlaps)
	}
	for _, f := range l.Issues {
		t.Errorf("%s: %s", f.Check, f.Message.EN)
	}
}

// TestProjectAreaInOverlappingParts: land that two features of the project area
// share is one piece of land, not a second one outside the county.
func TestProjectAreaInOverlappingParts(t *testing.T) {
	base := memoryBase{domain.Townships: {parcelAt(domain.Townships, 1, rect(0, 0, 500, 500), "", "150123101")}}
	p := &plan.Plan{CRS: zone37, County: "150123", Changes: []plan.Change{changeAt(domain.PBFOut, 1, rect(0, 0, 100, 100), "")}}
	for i, shape := range []orb.MultiPolygon{rect(0, 0, 300, 300), rect(0, 0, 300, 300), rect(200, 200, 510, 300)} {
		p.Project = append(p.Project, plan.Feature{Role: domain.ProjectArea, File: "ZZQY.shp", Record: i + 1, Geometry: shape})
	}
	l := build(t, p, base, 1)
	if want := 90000 + 21000.0; math.Abs(l.ProjectArea-want) > 1e-4*want { // the ellipsoid takes 4e-5 off
		t.Errorf("project area %v m², want %v", l.ProjectArea, want)
	}
	if math.Abs(l.Outside-1000) > 1 {
		t.Errorf("outside %v m², want 1 000", l.Outside)
	}
}

func pointers(parcels []plan.Parcel) []*plan.Parcel {
	out := make([]*plan.Parcel, len(parcels))
	for i := range parcels {
		out[i] = &parcels[i]
	}
	return out
}

// TestOverlapsOfOneName: the files of several counties may have one name, and
// their records one number; overlaps come in the same order each time.
func TestOverlapsOfOneName(t *testing.T) {
	var rows []plan.Parcel
	for _, id := range []string{"first", "second", "third", "fourth"} {
		p := parcelAt(domain.LandUse, 1, rect(0, 0, 500, 500), "0103", "150123101")
		p.ID, p.Code = id, ""
		rows = append(rows, p)
	}
	base := memoryBase{domain.LandUse: rows, domain.Townships: {parcelAt(domain.Townships, 1, rect(0, 0, 500, 500), "", "150123101")}}
	for range 20 {
		l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.LandUseChange, 1, rect(10, 10, 100, 100), "0702")}}, base, 1)
		var told []string
		for _, o := range l.Overlaps {
			told = append(told, o.Keeps.ID+" "+o.Loses.ID)
		}
		if want := []string{"first second", "first third", "first fourth"}; !slices.Equal(told, want) {
			t.Fatalf("overlaps %q, want %q", told, want)
		}
	}
}
