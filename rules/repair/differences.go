package repair

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"

	"github.com/paulmach/orb"
)

// changeKey names a change of a plan.
type changeKey struct {
	role   domain.Role
	file   string
	record int
}

func keyOf(c *plan.Change) changeKey { return changeKey{c.Role, c.File, c.Record} }

// altered pairs the changes of a plan that another has not, or has otherwise,
// with those of the other; nil where it has none. Added are those that only the
// other has.
func altered(from, to *plan.Plan) (pairs [][2]*plan.Change, added []*plan.Change) {
	there := map[changeKey]*plan.Change{}
	for i := range to.Changes {
		there[keyOf(&to.Changes[i])] = &to.Changes[i]
	}
	for i := range from.Changes {
		c := &from.Changes[i]
		other := there[keyOf(c)]
		delete(there, keyOf(c))
		if other == nil || !sameShape(c.Geometry, other.Geometry) {
			pairs = append(pairs, [2]*plan.Change{c, other})
		}
	}
	for i := range to.Changes {
		if c := &to.Changes[i]; there[keyOf(c)] != nil {
			added = append(added, c)
		}
	}
	return pairs, added
}

func sameShape(a, b orb.MultiPolygon) bool {
	return slices.EqualFunc(a, b, func(p, q orb.Polygon) bool {
		return slices.EqualFunc(p, q, func(r, t orb.Ring) bool { return slices.Equal(r, t) })
	})
}

// alteredKey tells changed plans of one plan apart.
func alteredKey(from, to *plan.Plan) string {
	pairs, added := altered(from, to)
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "%v", keyOf(p[0]))
		if p[1] != nil {
			fmt.Fprintf(&b, "%v", p[1].Geometry)
		}
	}
	for _, c := range added {
		fmt.Fprintf(&b, "+%v%v", keyOf(c), c.Geometry)
	}
	return b.String()
}

// describer tells what was done to a plan.
type describer struct {
	surveyor *geo.Surveyor
	degrees  *geo.Transform
}

func newDescriber(p *plan.Plan, at orb.Point) (*describer, error) {
	d := &describer{}
	var err error
	if d.surveyor, err = geo.NewSurveyor(p.CRS, at); err != nil {
		return nil, err
	}
	d.degrees, err = geo.NewTransform(p.CRS, geo.CRS{Kind: geo.Geographic})
	return d, err
}

// differences are what has to be done to a plan to make another of it.
func (d *describer) differences(ctx context.Context, from, to *plan.Plan) ([]Change, error) {
	pairs, added := altered(from, to)
	var out []Change
	for _, p := range pairs {
		c, err := d.change(ctx, p[0], p[1])
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	for _, a := range added {
		c, err := d.of(a, Add, a.Geometry)
		if err != nil {
			return nil, err
		}
		c.Left = c.Area
		when := wording.Same(a.Date)
		if a.Date == "" {
			when = wording.Same(strconv.Itoa(a.Year))
		}
		c.Say = geo.Textf("增加补划 %[1]s，%[2]v，按 %[3]v 验收计", "bring %[1]s into PBF as well, %[2]v, accepted in %[3]v", a.ID, wording.Area(c.Area), when)
		if a.Date == "" && a.Year == 0 {
			c.Say = geo.Textf("增加补划 %[1]s，%[2]v", "bring %[1]s into PBF as well, %[2]v", a.ID, wording.Area(c.Area))
		}
		out = append(out, c)
	}
	return out, nil
}

func (d *describer) change(ctx context.Context, from, to *plan.Change) (Change, error) {
	title := wording.RoleTitle(from.Role)
	if to == nil {
		if from.Role == domain.PBFOut {
			c, err := d.of(from, Keep, from.Geometry)
			c.Say = geo.Textf("不调出 %[1]s（%[2]s），保留为永久基本农田", "do not take %[1]s out (%[2]s): it stays PBF", from.ID, wording.Area(c.Area))
			return c, err
		}
		c, err := d.of(from, Drop, from.Geometry)
		c.Say = geo.Textf("取消%[3]s %[1]s（%[2]s）", "leave out %[1]s of %[3]s (%[2]s)", from.ID, wording.Area(c.Area), title)
		return c, err
	}
	var cells []orb.Polygon
	cells = append(cells, to.Geometry...)
	land, err := without(ctx, from.Geometry, cells)
	if err != nil {
		return Change{}, err
	}
	c, err := d.of(from, Cut, land)
	c.Left = geo.RoundArea(d.surveyor.MultiPolygon(to.Geometry))
	c.Say = geo.Textf("从%[3]s %[1]s 中裁去 %[2]s，余 %[4]s", "cut %[2]s off %[1]s of %[3]s; %[4]s are left", from.ID, wording.Area(c.Area), title, wording.Area(c.Left))
	return c, err
}

// of is a change with the land that it is about.
func (d *describer) of(c *plan.Change, a Action, land orb.MultiPolygon) (Change, error) {
	out := Change{Action: a, Role: string(c.Role), ID: c.ID, File: c.File, Record: c.Record,
		Area: geo.RoundArea(d.surveyor.MultiPolygon(overlay.Rounded(land))), land: land}
	degrees, err := d.degrees.MultiPolygon(land)
	out.Geometry = &result.Geometry{Polygons: degrees}
	return out, err
}

// union is the area of the land of all changes, counted once, m² to 0.01.
func (d *describer) union(ctx context.Context, changes []Change) (float64, error) {
	var cells []orb.Polygon
	for _, c := range changes {
		for _, part := range overlay.Rounded(c.land) {
			cells = append(cells, part)
		}
	}
	land, err := overlay.Dissolve(ctx, cells)
	return geo.RoundArea(d.surveyor.MultiPolygon(land)), err
}
