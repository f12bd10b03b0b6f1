package ledger

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// TestContradictions: columns of touched parcels that contradict each other or
// the shape, told once for a layer with the number of records; those that the
// plan leaves alone, and those within the tolerances, are not.
func TestContradictions(t *testing.T) {
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	hectare := s.MultiPolygon(rect(0, 0, 100, 100))
	pbf := func(record int, net, gross float64, unit string) plan.Parcel {
		x := float64(record-1) * 100
		p := parcelAt(domain.PBF, record, rect(x, 0, x+100, 100), "0103", unit)
		p.Net, p.Gross = plan.Number{Value: net, Known: net > 0}, plan.Number{Value: gross, Known: gross > 0}
		return p
	}
	base := memoryBase{
		domain.Townships: {parcelAt(domain.Townships, 1, rect(0, -10, 950, 200), "", "150123101"), parcelAt(domain.Townships, 2, rect(950, -10, 3000, 200), "", "150123102")},
		domain.PBF: {
			pbf(1, 9000, hectare, "150123101"),        // right
			pbf(2, 1, hectare, "150123101"),           // in hectares
			pbf(3, 6.667e6, 0, "150123101"),           // a slip
			pbf(4, 9950, 9800, "150123101"),           // more than gross, and gross is off
			pbf(5, 9000, hectare*1.0098, "150123101"), // within 1 %
			pbf(6, 9000, hectare*1.012, "150123101"),  // beyond
			pbf(7, 9000, hectare, "150123102201"),     // of another township
			pbf(8, 9000, hectare, "15"),               // no township said
			pbf(10, 9000, hectare, "150123101"),       // across the border, more of it in its own
			pbf(12, 1, 1, "150123101"),                // not touched
		},
	}
	p := &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.PBFOut, 1, rect(0, 0, 800, 50), ""), changeAt(domain.PBFOut, 2, rect(960, 0, 990, 50), ""), changeAt(domain.PBFOut, 3, rect(1300, 0, 1700, 50), "")}}
	for record := 14; record < 18; record++ { // or most of the layer would be wrong
		base[domain.PBF] = append(base[domain.PBF], pbf(record, 9000, hectare, "150123102"))
	}
	l := build(t, p, base, 2)
	want := map[string]struct {
		first, records int
		area           float64
	}{
		"shape cannot have":  {2, 2, 10000},
		"declare more PBF":   {4, 1, 5000},
		"an area YJJBNTTBMJ": {4, 2, 10000},
		"another township":   {7, 1, 5000},
	}
	if len(l.BaseIssues) != len(want) {
		t.Errorf("%d faults", len(l.BaseIssues))
	}
	for _, f := range l.BaseIssues {
		found := false
		for text, w := range want {
			if !strings.Contains(f.Message.EN, text) {
				continue
			}
			found = true
			if f.Check != "base-data" || f.Record != w.first || f.Records != w.records || math.Abs(f.Area-w.area) > 5 || len(f.With) != w.records-1 {
				t.Errorf("%s: record %d, %d of them, %v m²", text, f.Record, f.Records, f.Area)
			}
		}
		if !found {
			t.Errorf("fault %+v", f)
		}
	}
	for _, f := range l.Issues {
		if f.Role == domain.PBF {
			t.Errorf("flaw of the plan: %+v", f)
		}
	}
	// What cannot be is not shared out: the shape counts instead.
	for _, f := range l.Faces {
		if net := f.Before.PBFNet; net < 0.85*f.Area || net > f.Area*1.001 {
			t.Errorf("face %d of %v m² has %v m² of PBF", f.ID, f.Area, net)
		}
	}
}

// A .dbf sorted apart from its .shp gives most records another's figures.
func TestSortedApart(t *testing.T) {
	base := memoryBase{}
	for i := range 6 {
		side := 20 + 10*float64(i)
		p := parcelAt(domain.LandUse, i+1, rect(float64(i)*100, 0, float64(i)*100+side, side), "0103", "")
		swapped := 20 + 10*float64(5-i)
		p.Gross = plan.Number{Value: swapped * swapped, Known: true}
		base[domain.LandUse] = append(base[domain.LandUse], p)
	}
	l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.LandUseChange, 1, rect(0, 0, 700, 100), "0301")}}, base, 1)
	told := false
	for _, f := range l.BaseIssues {
		told = told || strings.Contains(f.Message.EN, "sorted apart") && f.Records == 6
	}
	if !told {
		t.Errorf("faults %+v", l.BaseIssues)
	}
}

// Two counties' files may have one name, and their records one number: what is told
// of them comes in one order.
func TestContradictionsInOrder(t *testing.T) {
	base := memoryBase{}
	for i := range 12 {
		p := parcelAt(domain.LandUse, i%6+1, rect(float64(i)*100, 0, float64(i)*100+50, 50), "0103", "")
		p.ID = fmt.Sprintf("%d%d", 9-i/6, i)
		p.Gross = plan.Number{Value: 100, Known: true}
		base[domain.LandUse] = append(base[domain.LandUse], p)
		p.Role, p.File = domain.PBF, "other"
		base[domain.PBF] = append(base[domain.PBF], p)
	}
	var first []BaseIssue
	for range 20 {
		l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.LandUseChange, 1, rect(0, 0, 1200, 100), "0301")}}, base, 1)
		if first == nil {
			first = l.BaseIssues
		}
		if len(first) < 4 || !reflect.DeepEqual(l.BaseIssues, first) {
			t.Fatalf("%+v\n%+v", first, l.BaseIssues)
		}
	}
}

// TestCover: changed land that the land use does not cover is the plan's where
// it lies beyond the layer, and the base's in its holes, gaps and along its edge.
func TestCover(t *testing.T) {
	ring := func(x0, y0, x1, y1, width float64) []orb.MultiPolygon {
		return []orb.MultiPolygon{rect(x0, y0, x1, y0+width), rect(x0, y1-width, x1, y1), rect(x0, y0+width, x0+width, y1-width), rect(x1-width, y0+width, x1, y1-width)}
	}
	for name, c := range map[string]struct {
		land       []orb.MultiPolygon
		change     orb.MultiPolygon
		bare       float64 // m², the plan's
		inputError float64 // m², the base's
	}{
		"covered":                     {[]orb.MultiPolygon{rect(0, 0, 100, 100)}, rect(10, 10, 20, 20), 0, 0},
		"beyond":                      {[]orb.MultiPolygon{rect(0, 0, 100, 100)}, rect(90, 10, 120, 20), 200, 0},
		"far beyond":                  {[]orb.MultiPolygon{rect(0, 0, 100, 100)}, rect(1000, 10, 1010, 20), 100, 0},
		"0.9 m beyond the edge":       {[]orb.MultiPolygon{rect(0, 0, 100, 100)}, rect(50, 10, 100.9, 90), 0, 72},
		"1.2 m beyond the edge":       {[]orb.MultiPolygon{rect(0, 0, 100, 100)}, rect(50, 10, 101.2, 90), 96, 0},
		"over a gap of 0.5 m":         {[]orb.MultiPolygon{rect(0, 0, 50, 100), rect(50.5, 0, 100, 100)}, rect(10, 10, 90, 90), 0, 40},
		"beyond by a rounding":        {[]orb.MultiPolygon{rect(0, 0, 100, 100)}, rect(50, 10, 100.002, 90), 0, 0},
		"over a gap of 2 cm":          {[]orb.MultiPolygon{rect(0, 0, 50, 100), rect(50.02, 0, 100, 100)}, rect(10, 10, 90, 90), 0, 1.6},
		"over a gap of 5 m":           {[]orb.MultiPolygon{rect(0, 0, 50, 100), rect(55, 0, 100, 100)}, rect(10, 10, 90, 90), 400, 0},
		"in a hole of one":            {[]orb.MultiPolygon{{{rect(0, 0, 100, 100)[0][0], rect(20, 20, 60, 60)[0][0]}}}, rect(10, 10, 90, 90), 0, 1600},
		"in a hole, touching nothing": {ring(0, 0, 500, 500, 10), rect(200, 200, 240, 220), 0, 800},
		"in a hole far round it":      {ring(-1500, -1500, 1500, 1500, 10), rect(200, 200, 240, 220), 0, 800},
		"in an open frame":            {ring(0, 0, 500, 500, 10)[:3], rect(200, 200, 240, 220), 800, 0},
		"in a hole and beyond":        {ring(0, 0, 100, 100, 10), rect(50, 40, 150, 50), 500, 400},
	} {
		base := memoryBase{}
		for i, mp := range c.land {
			base[domain.LandUse] = append(base[domain.LandUse], parcelAt(domain.LandUse, i+1, mp, "0103", ""))
			base[domain.Townships] = append(base[domain.Townships], parcelAt(domain.Townships, i+1, mp, "", "150123101"))
		}
		l := build(t, &plan.Plan{CRS: zone37, Changes: []plan.Change{changeAt(domain.LandUseChange, 1, c.change, "0301")}}, base, 1)
		for _, role := range []domain.Role{domain.LandUse, domain.Townships} {
			bare, inputErr := 0.0, 0.0
			for _, i := range l.Bare[role] {
				bare += l.Faces[i].Area
			}
			for _, f := range l.BaseIssues {
				if f.Role == role && strings.Contains(f.Message.EN, "not covered") {
					inputErr += f.Area
				}
			}
			if math.Abs(bare-c.bare) > 0.1 || math.Abs(inputErr-c.inputError) > 0.1 {
				t.Errorf("%s, %s: %v m² are the plan's, %v the base's; want %v and %v", name, role, bare, inputErr, c.bare, c.inputError)
			}
		}
	}
}
