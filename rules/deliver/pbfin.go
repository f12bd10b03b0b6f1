package deliver

import (
	"cmp"
	"context"
	"strings"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// enters tells land that becomes PBF.
func enters(f *ledger.Face) bool { return !f.Before.PBF && f.After.PBF }

// leaves tells land that stops being PBF.
func leaves(f *ledger.Face) bool { return f.Before.PBF && !f.After.PBF }

// entry is land that enters as one parcel: what of one change is alike in all that a
// record states of it.
type entry struct {
	change     *plan.Change
	village    string
	township   string
	class      string
	refinement string
	ridge      float64 // to 4 decimals
}

// entries makes the records of land that enters: a record a polygon. Net areas add
// up to those of the faces to 0.01 m².
func (c *pbfCutter) entries(ctx context.Context) ([]*pbfRow, error) {
	var order []entry
	of := map[entry][]*ledger.Face{}
	var boxes []orb.Bound
	for i := range c.Ledger.Faces {
		f := &c.Ledger.Faces[i]
		if !enters(f) {
			continue
		}
		e := entry{f.In, f.Village, f.Township, f.After.Class, f.After.Refinement, max(0, round(1-f.After.PBFNet/f.Area, 4))}
		if of[e] == nil {
			order = append(order, e)
		}
		of[e] = append(of[e], f)
		boxes = append(boxes, f.Geometry.Bound())
	}
	under, err := c.landUnder(ctx, boxes)
	if err != nil {
		return nil, err
	}
	var rows []*pbfRow
	var nets, grosses []float64
	for _, e := range order {
		faces := of[e]
		var cells []orb.Polygon
		whole, net := 0.0, 0.0
		for _, f := range faces {
			cells = append(cells, f.Geometry)
			whole, net = whole+f.Area, net+f.After.PBFNet
		}
		union, err := overlay.Dissolve(ctx, cells)
		if err != nil {
			return nil, err
		}
		for _, polygon := range union {
			a := c.surveyor.Polygon(polygon)
			p := piece{polygon: polygon, area: a}
			if c.countHair(p); isHair(p) {
				continue
			}
			c.tell(p)
			rows = append(rows, c.enter(e, faces, polygon, under))
			grosses, nets = append(grosses, a), append(nets, net*a/whole)
		}
	}
	grossShares, netShares := balance(grosses), balance(nets)
	for i, row := range rows {
		row.gross, row.net = grossShares[i], netShares[i]
		if ridge, _ := c.layer.own(row, fieldKCXS); ridge == 0 {
			row.gross = row.net // rounded apart they may differ by 0.01 m²
		}
		c.layer.setAreas(row)
		c.layer.set(row, fieldKCMJ, area(row.gross-row.net))
	}
	return rows, nil
}

// enter makes one record of land that enters.
func (c *pbfCutter) enter(e entry, faces []*ledger.Face, polygon orb.Polygon, under landUnder) *pbfRow {
	l := c.layer
	row := &pbfRow{values: make([]string, len(l.fields)), geometry: orb.MultiPolygon{polygon}, change: changedIn, of: e.change.ID, renumber: true}
	l.set(row, fieldDLBM, e.class)
	l.set(row, fieldDLMC, className(e.class))
	for _, name := range plan.LandColumns() {
		if _, ok := l.at[name]; ok {
			l.set(row, name, mostly(faces, func(f *ledger.Face) string { return under.of(f, name) }))
		}
	}
	unit := mostly(faces, func(f *ledger.Face) string { return under.of(f, fieldZLDWDM) })
	if home := cmp.Or(e.village, e.township); !strings.HasPrefix(unit, home) {
		unit = home + strings.Repeat("0", max(0, 19-len(home)))
		l.set(row, fieldZLDWMC, cmp.Or(c.Ledger.Villages[e.village], c.Ledger.Townships[e.township]))
	}
	l.set(row, fieldZLDWDM, unit)
	l.set(row, fieldSlope, mostly(faces, func(f *ledger.Face) string { return level(f.After.Slope) }))
	for _, g := range l.grades {
		l.set(row, g, mostly(faces, func(f *ledger.Face) string { return level(f.After.Grade) }))
	}
	l.refine(row, e.refinement)
	l.deduct(row, e.ridge)
	l.set(row, fieldYear, level(c.yearOfFaces(faces)))
	l.set(row, fieldFrom, c.day(e.change))
	l.remark(row, c.planName()+changedIn+within(" "+e.change.ID, 60))
	return row
}

// landUnder is what a parcel that enters takes over from the land use under it, by
// that parcel's id; the land use after the plan is surveyed later.
type landUnder map[string][]string

func (u landUnder) of(f *ledger.Face, name string) string {
	for _, ref := range f.Refs {
		if values, ok := u[ref.ID]; ok && ref.Role == domain.LandUse {
			for i, n := range plan.LandColumns() {
				if n == name {
					return values[i]
				}
			}
		}
	}
	return ""
}

func (c *pbfCutter) landUnder(ctx context.Context, boxes []orb.Bound) (landUnder, error) {
	if len(boxes) == 0 {
		return nil, nil
	}
	raw, err := c.Base.Attributes(ctx, domain.LandUse, c.Ledger.CRS, boxes, plan.LandColumns())
	if err != nil {
		return nil, err
	}
	parcels, err := c.Base.Near(ctx, domain.LandUse, c.Ledger.CRS, boxes)
	if err != nil {
		return nil, err
	}
	under := landUnder{}
	for _, p := range parcels {
		if values, ok := raw[plan.RecordOf{File: p.File, Record: p.Record}]; ok && under[p.ID] == nil {
			under[p.ID] = values
			for i := range values {
				values[i] = geo.Printable(strings.TrimSpace(values[i]))
			}
		}
	}
	return under, nil
}
