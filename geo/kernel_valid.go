package geo

import (
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"

	"landcheck/geo/wkb"
)

// Invalidity is what makes a polygon invalid, and where, in the coordinates of the
// shape.
type Invalidity struct {
	Reason   Text
	Location orb.Point
}

// invalidityNames are GEOS's reasons for people.
var invalidityNames = map[string]Text{
	"Self-intersection":                    {ZH: "边界自相交", EN: "the boundary crosses itself"},
	"Ring Self-intersection":               {ZH: "环自相接", EN: "a ring touches itself"},
	"Hole lies outside shell":              {ZH: "内环在外环之外", EN: "a hole lies outside its outer ring"},
	"Holes are nested":                     {ZH: "内环互相嵌套", EN: "a hole lies inside another hole"},
	"Interior is disconnected":             {ZH: "内部不连通", EN: "the interior is cut apart"},
	"Nested shells":                        {ZH: "外环互相嵌套", EN: "a part lies inside another part"},
	"Duplicate Rings":                      {ZH: "环重复", EN: "a ring is there twice"},
	"Too few points in geometry component": {ZH: "环的点数不足", EN: "a ring has too few points"},
	"Invalid Coordinate":                   {ZH: "坐标无效", EN: "a coordinate is no number"},
	"Ring is not closed":                   {ZH: "环未闭合", EN: "a ring is not closed"},
}

// Validate looks for an invalidity and reports whether there is one: the first that
// GEOS meets, with its place. A shape without parts has none.
func (k *Kernel) Validate(mp orb.MultiPolygon) (Invalidity, bool) {
	invalidity, bad, err := k.Examine(mp)
	if f, ok := AsInputError(err); ok {
		return Invalidity{Reason: f.Message}, true
	}
	return invalidity, bad
}

// Examine is Validate for shapes that nobody vouches for: one whose rings are
// nested or strung out beyond what GEOS can look at in seconds is a *InputError.
func (k *Kernel) Examine(mp orb.MultiPolygon) (Invalidity, bool, error) {
	for _, p := range mp {
		for i, r := range p {
			if !wkb.Encloses(r) && (len(r) > 0 || i == 0) {
				f := Invalidity{Reason: invalidityNames["Too few points in geometry component"]}
				if len(r) > 0 {
					f.Location = r[0]
				}
				return f, true, nil
			}
			for _, v := range r {
				if !finite(v) {
					return Invalidity{Reason: invalidityNames["Invalid Coordinate"], Location: v}, true, nil
				}
			}
		}
	}
	if len(mp) == 1 && len(mp[0]) == 1 && k.simpleChecker.isSimple(mp[0][0]) {
		return Invalidity{}, false, nil
	}
	if sound, err := validRings(mp); sound || err != nil {
		return Invalidity{}, false, err
	}
	var reason string
	err := k.guard("validity", func() error {
		g, err := k.enter(mp)
		if err == nil && !g.IsValid() {
			reason = g.IsValidReason()
		}
		return err
	})
	if err != nil {
		return Invalidity{Reason: Textf("几何错误：%s", "broken geometry: %s", err.Error())}, true, nil
	}
	if reason == "" {
		return Invalidity{}, false, nil
	}
	return parseInvalidity(reason), true, nil
}

// parseInvalidity reads "Self-intersection[1.5 2]".
func parseInvalidity(reason string) Invalidity {
	name, place, _ := strings.Cut(strings.TrimSuffix(reason, "]"), "[")
	name = strings.TrimSpace(name)
	f := Invalidity{Reason: Text{ZH: name, EN: name}}
	if known, ok := invalidityNames[name]; ok {
		f.Reason = known
	}
	xs, ys, _ := strings.Cut(place, " ")
	x, errX := strconv.ParseFloat(xs, 64)
	y, errY := strconv.ParseFloat(ys, 64)
	if errX == nil && errY == nil {
		f.Location = orb.Point{x, y}
	}
	return f
}

// Repair makes a shape valid by the structure method: rings are repaired one
// by one, outer rings joined, holes cut out. A bow-tie keeps both wings;
// duplicate rings count once; a hole that lies outside becomes a part; what
// collapses to lines is dropped, so nothing may be left.
func (k *Kernel) Repair(mp orb.MultiPolygon) (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	err := k.guard("repair", func() error {
		g, err := k.enter(mp)
		if err != nil {
			return err
		}
		out, err = k.leave(g.MakeValidWithParams(geos.MakeValidStructure, geos.MakeValidDiscardCollapsed), g)
		return err
	})
	return out, err
}
