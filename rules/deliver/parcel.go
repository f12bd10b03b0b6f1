package deliver

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// parcel is land that is handed in as one: the faces of one change in one village.
type parcel struct {
	id       string
	change   *plan.Change
	faces    []*ledger.Face
	village  string // 12 digits, "" where none is known
	township string
	geometry orb.MultiPolygon
	gross    int64 // 0.01 m²
	figure   int64 // what the deliverable is about, 0.01 m²
	share    int64 // its part of what is left to hand in, 0.01 m²
	sheet    string
}

// parcelKey tells parcels apart.
type parcelKey struct {
	file            string
	record          int
	village, county string
}

// parcels gathers faces into parcels, in the order of their first faces; figure is
// the area of a face that counts, m². Figures of parcels add up to those of faces
// to 0.01 m².
func (d *delivery) parcels(ctx context.Context, keep func(*ledger.Face) bool, figure func(*ledger.Face) float64) ([]*parcel, error) {
	var all []*parcel
	of := map[parcelKey]*parcel{}
	for i := range d.Ledger.Faces {
		f := &d.Ledger.Faces[i]
		if !keep(f) {
			continue
		}
		change := changeOf(f)
		key := parcelKey{change.File, change.Record, f.Village, f.Township}
		p := of[key]
		if p == nil {
			p = &parcel{change: change, village: f.Village, township: f.Township}
			of[key], all = p, append(all, p)
		}
		p.faces = append(p.faces, f)
	}
	gross, figures := make([]float64, len(all)), make([]float64, len(all))
	used := map[string]bool{}
	for i, p := range all {
		cells := make([]orb.Polygon, len(p.faces))
		for k, f := range p.faces {
			cells[k] = f.Geometry
			gross[i] += f.Area
			figures[i] += figure(f)
		}
		var err error
		if p.geometry, err = overlay.Dissolve(ctx, cells); err != nil {
			return nil, err
		}
		p.id = unusedID(used, p.change.ID)
		p.sheet = d.sheetOf(p.geometry)
	}
	grossShares, figureShares := balance(gross), balance(figures)
	for i, p := range all {
		p.gross, p.figure = grossShares[i], figureShares[i]
	}
	return all, nil
}

// changeOf is the change that makes a face what it is after the plan.
func changeOf(f *ledger.Face) *plan.Change {
	for _, c := range []*plan.Change{f.Use, f.In, f.Out} {
		if c.Exists {
			return c
		}
	}
	return plan.NoChange
}

// unusedID is an id that no parcel has yet: one of a change that lies in two
// villages gets a number.
func unusedID(used map[string]bool, id string) string {
	free := id
	for n := 2; used[free]; n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	used[free] = true
	return free
}

// mostly is what the largest part of a parcel is.
func (p *parcel) mostly(of func(*ledger.Face) string) string { return mostly(p.faces, of) }

func mostly(faces []*ledger.Face, of func(*ledger.Face) string) string {
	sums := map[string]float64{}
	for _, f := range faces {
		sums[of(f)] += f.Area
	}
	return slices.MaxFunc(slices.Sorted(maps.Keys(sums)), func(a, b string) int { return cmp.Compare(sums[a], sums[b]) })
}

// classes lists the land classes of a parcel with their areas, the largest first,
// as "0203 果园 120.50；…"; one class is its name alone.
func (p *parcel) classes(of func(*ledger.Face) string) string {
	sums := map[string]float64{}
	for _, f := range p.faces {
		sums[of(f)] += f.Area
	}
	codes := slices.SortedFunc(maps.Keys(sums), func(a, b string) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	var parts []string
	for _, code := range codes {
		if text := code + className(code); len(codes) == 1 {
			parts = append(parts, text)
		} else {
			parts = append(parts, text+" "+area(centi(sums[code])))
		}
	}
	return remarks(false, parts...)
}

// sheetOf is the 1:10 000 map sheet (GB/T 13989) of the middle of a shape.
func (d *delivery) sheetOf(shape orb.MultiPolygon) string {
	degrees, err := geo.NewTransform(d.Ledger.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return ""
	}
	at, err := degrees.Point(geo.Bound(shape).Center())
	if err != nil {
		return ""
	}
	return geo.MapSheet(at)
}

func classBefore(f *ledger.Face) string { return f.Before.Class }
func classAfter(f *ledger.Face) string  { return f.After.Class }

// sum adds a figure of faces up, m².
func (d *delivery) sum(keep func(*ledger.Face) bool, figure func(*ledger.Face) float64) (sum float64) {
	for i := range d.Ledger.Faces {
		if f := &d.Ledger.Faces[i]; keep(f) {
			sum += figure(f)
		}
	}
	return sum
}

func gross(f *ledger.Face) float64 { return f.Area }

// mostlyGrades are the quality grades of a parcel before and after, "" unknown.
func (p *parcel) mostlyGrades() (before, after string) {
	return p.mostly(func(f *ledger.Face) string { return level(f.Before.Grade) }), p.mostly(func(f *ledger.Face) string { return level(f.After.Grade) })
}
