package together

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

func itoa(n int) string { return strconv.Itoa(n) }

// mostMeetings is how many pairs of features are searched for in one run: plans
// that all lie on the same land share it pair by pair, and nobody reads more.
const mostMeetings = 10_000

// meeting is land that two features of two plans share.
type meeting struct {
	rule string
	a, b int // features; a's plan comes first
}

// shared is what was found of one meeting.
type shared struct {
	meeting
	cells    []orb.Polygon // in the system of a's plan
	polygons orb.MultiPolygon
	area     float64
}

// search looks for land that features of different projects share.
type search struct {
	*checker
	features []planFeature
	index    *geo.Index
	sort     func(a, b []int) (rule string, i, j int) // what cells mean that features a of one plan and b of another cover
	arranger overlay.Arranger
	shapes   map[shapeKey]*overlay.Shape
	found    map[meeting]*shared
	order    []*shared
}

// shapeKey is a feature in a system: neighbours may lie in another zone.
type shapeKey struct {
	at  int
	crs geo.CRS
}

// run cuts every feature by those of later plans whose boxes meet it. The search
// ends early, and says so, once more was found than anybody reads.
func (s *search) run(ctx context.Context) (whole bool, err error) {
	boxes := make([]orb.Bound, len(s.features))
	for i := range s.features {
		boxes[i] = s.features[i].box
	}
	s.index, s.shapes, s.found = geo.NewIndex(boxes), map[shapeKey]*overlay.Shape{}, map[meeting]*shared{}
	defer func() { s.spent += s.arranger.Spent() }()
	for i := range s.features {
		if err := ctx.Err(); err != nil {
			return false, context.Cause(ctx)
		}
		if len(s.order) >= mostMeetings {
			return false, nil
		}
		if err := s.cut(ctx, i); err != nil {
			return false, err
		}
	}
	return true, nil
}

// near are the features about one: first its own plan's, then those of later plans
// that are other projects.
func (s *search) near(i int) (own, others []int) {
	t := &s.features[i]
	s.index.Search(t.box, func(j int) bool {
		s.spent++
		switch o := &s.features[j]; {
		case o.plan == t.plan && j != i:
			own = append(own, j)
		case o.plan > t.plan && s.project[o.plan] != s.project[t.plan]:
			others = append(others, j)
		}
		return true
	})
	slices.Sort(own)
	slices.Sort(others)
	return own, others
}

// cut finds the land of feature i that other plans use. Land that an earlier feature
// of the same plan covers too is that one's, so none is found twice.
func (s *search) cut(ctx context.Context, i int) error {
	own, others := s.near(i)
	if len(others) == 0 {
		return nil
	}
	inputs := slices.Concat([]int{i}, own, others)
	shapes := make([]*overlay.Shape, len(inputs))
	for k, j := range inputs {
		var err error
		if shapes[k], err = s.shape(ctx, j, s.plans[s.features[i].plan].crs); err != nil {
			return err
		}
	}
	first := int32(1 + len(own))
	cells, err := s.arranger.CellsWithin(ctx, shapes, func(cover []int32) bool {
		return cover[0] == 0 && cover[len(cover)-1] >= first
	})
	if err != nil {
		return s.tooMuch(err, inputs)
	}
	for _, cell := range cells {
		s.take(i, inputs, cell)
	}
	return nil
}

// take notes what a cell means for each of the other plans.
func (s *search) take(i int, inputs []int, cell overlay.Cell) {
	var mine []int
	theirs := map[int][]int{}
	var plans []int
	for _, k := range cell.Cover {
		j := inputs[k]
		p := s.features[j].plan
		if p == s.features[i].plan {
			if j < i {
				return
			}
			mine = append(mine, j)
			continue
		}
		if theirs[p] == nil {
			plans = append(plans, p)
		}
		theirs[p] = append(theirs[p], j)
	}
	for _, p := range plans {
		rule, a, b := s.sort(mine, theirs[p])
		m := meeting{rule, a, b}
		if s.found[m] == nil {
			s.found[m] = &shared{meeting: m}
			s.order = append(s.order, s.found[m])
		}
		s.found[m].cells = append(s.found[m].cells, cell.Polygon)
	}
}

// shape is a feature on the grid of a system. Of what comes from another zone the
// vertices are carried over: a border that two plans share stays one.
func (s *search) shape(ctx context.Context, j int, crs geo.CRS) (*overlay.Shape, error) {
	key := shapeKey{j, crs}
	if shape := s.shapes[key]; shape != nil {
		return shape, nil
	}
	t := &s.features[j]
	way, err := geo.NewTransform(s.plans[t.plan].crs, crs)
	if err != nil {
		return nil, err
	}
	mp, err := way.MultiPolygon(t.feature.Geometry)
	if err != nil {
		return nil, err
	}
	s.shapes[key], err = overlay.PrepareContext(ctx, mp)
	return s.shapes[key], err
}

// tooMuch names the two features that cross too often to be overlaid.
func (s *search) tooMuch(err error, inputs []int) error {
	var e *overlay.Excess
	if !errors.As(err, &e) {
		return err
	}
	a, b := &s.features[inputs[e.Crossed[0].Inputs[0]]], &s.features[inputs[e.Crossed[0].Inputs[1]]]
	return &geo.InputError{Err: err, File: s.plans[a.plan].Name + ": " + a.feature.File, Record: a.feature.Record,
		Message: geo.Textf("这个图形与%[1]s的%[2]s（%[3]s 第 %[4]d 条记录）相互交叉过多，无法比对两个方案",
			"this shape and %[2]s of %[1]s (record %[4]d of %[3]s) cross too often for the two plans to be held against each other",
			s.plans[b.plan].label(), named(b.feature), b.feature.File, b.feature.Record),
		Advice: geo.Text{ZH: "请检查这两个图形是否画成锯齿状或重复绘制，改正后再核查", EN: "See whether the two shapes are drawn as teeth or many times over; correct them, and check again"}}
}

// byRole is the first feature of each plan, in the order of roles.
func (s *search) byRole(at []int) int {
	for _, role := range domain.ChangeRoles() {
		if k, ok := firstOf(s.features, at, role); ok {
			return k
		}
	}
	if len(at) == 0 {
		panic(fmt.Sprintf("together: a cell that no feature covers, of %d", len(s.features)))
	}
	return at[0]
}
