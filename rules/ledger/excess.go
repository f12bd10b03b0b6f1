package ledger

import (
	"errors"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// naming gives the feature of an input of a cut; nil where it has none.
type naming func(input int) *plan.Feature

// named turns the excess of a cut into an input error about the two features that
// cross; any other error stays as it is.
func named(err error, of naming) error {
	var e *overlay.Excess
	if !errors.As(err, &e) {
		return err
	}
	a, b := mostToBlame(e.Crossed, of)
	return tooMuch(e.Why, a, b, err)
}

// mostToBlame is the two features that cross most, or two of the plan that
// cross half as often: those can be mended by whoever reads it.
func mostToBlame(crossed []overlay.Crossed, of naming) (a, b *plan.Feature) {
	for _, c := range crossed {
		a, b = of(c.Inputs[0]), of(c.Inputs[1])
		if a != nil && b != nil && a.Role != domain.ProjectArea && b.Role != domain.ProjectArea && ofPlan(a) && ofPlan(b) && 2*c.Times >= crossed[0].Times {
			return a, b
		}
	}
	return of(crossed[0].Inputs[0]), of(crossed[0].Inputs[1])
}

// tooMuch is the input error of land that is drawn so that cutting it would cost more
// than it may, and the two features that are most to blame. Either may be nil.
func tooMuch(why overlay.ExcessReason, a, b *plan.Feature, err error) error {
	switch {
	case a == nil:
		a, b = b, a
	case b != nil && !ofPlan(a) && ofPlan(b):
		a, b = b, a // the plan's own first: whoever reads it can mend that
	}
	f := &geo.InputError{Err: err}
	if a == nil {
		f.Message = geo.Text{ZH: "图形之间相互交叉过多，无法叠加", EN: "shapes cross each other too often to be overlaid"}
		f.Advice = geo.Text{ZH: "请检查各图层是否有重复或画乱的图形", EN: "Look for shapes that are there twice or drawn wildly"}
		return f
	}
	f.File, f.Record = a.File, a.Record
	of := idOf(a)
	if b == nil || keyOf(a.Role, a.File, a.Record) == keyOf(b.Role, b.File, b.Record) {
		f.Message = geo.Textf("图形%[1]s自身交叉或与周围图形交叉过多（%[3]s），无法叠加",
			"the shape%[2]s crosses itself or what lies about it too often to be overlaid (%[4]s)", of.ZH, of.EN, whys[why].ZH, whys[why].EN)
	} else {
		where := geo.Textf("%[1]s 第 %[2]d 条记录", "record %[2]d of %[1]s", b.File, b.Record)
		f.Message = geo.Textf("图形%[1]s与%[3]s的图形%[5]s相互交叉或重叠过多（%[7]s），无法叠加",
			"the shape%[2]s and that of %[4]s%[6]s cross or overlap each other too often to be overlaid (%[8]s)",
			of.ZH, of.EN, where.ZH, where.EN, idOf(b).ZH, idOf(b).EN, whys[why].ZH, whys[why].EN)
	}
	f.Advice = geo.Text{ZH: "请检查这些图形是否重复绘制、呈锯齿状或画乱，改正边界或删去重复的图形后再核查",
		EN: "See whether these shapes are there many times over, drawn as teeth or otherwise wildly; correct their boundaries or delete the copies, and check again"}
	return f
}

// whys are the reasons of an excess for people.
var whys = map[overlay.ExcessReason]geo.Text{
	overlay.TooManySteps:  {ZH: "边线互相靠近的次数超过限度", EN: "too many edges lie by each other"},
	overlay.TooManySplits: {ZH: "交点数超过限度", EN: "too many crossings"},
	overlay.TooManyCovers: {ZH: "同一地块上重叠的图形过多", EN: "too many shapes on the same land"},
	overlay.NotSettled:    {ZH: "边线几乎重合而方向略有不同，交点无法确定", EN: "edges run so nearly alike that their crossings cannot be settled"},
	tooManyTogether:       {ZH: "全部图形的交叉总数超过限度", EN: "too much crosses in all"},
}

// tooManyTogether is the reason where no cut costs too much but all do.
const tooManyTogether overlay.ExcessReason = "together"

// ofPlan tells whether a feature is the plan's.
func ofPlan(f *plan.Feature) bool { return !slices.Contains(domain.BaseRoles(), f.Role) }

// feature is the first change that covers a face.
func (f *Face) feature() *plan.Feature {
	for _, c := range []*plan.Change{f.Out, f.In, f.Use, f.Urban, f.Line} {
		if c.Exists {
			return &c.Feature
		}
	}
	return nil
}

func idOf(f *plan.Feature) geo.Text {
	if f.ID == "" {
		return geo.Text{}
	}
	id := geo.Printable(f.ID)
	return geo.Text{ZH: fmt.Sprintf("（编号 %s）", id), EN: fmt.Sprintf(" (id %s)", id)}
}

// featureOf finds what a shape was prepared from, among the project area, the
// changes and the large parcels; nil for any other.
func (w *builder) featureOf(s *overlay.Shape) *plan.Feature {
	for i := range w.project {
		if w.project[i] == s {
			return &w.ledger.Plan.Project[i]
		}
	}
	for i := range w.changes {
		if w.changes[i] == s {
			return &w.ledger.Plan.Changes[i].Feature
		}
	}
	return nil
}

// firstThen names the inputs of a cut of one feature by known shapes.
func (w *builder) firstThen(first *plan.Feature, shapes []*overlay.Shape) naming {
	return func(input int) *plan.Feature {
		if input == 0 {
			return first
		}
		return w.featureOf(shapes[input])
	}
}

// projectFeature names the inputs of a cut of the project area by itself.
func (w *builder) projectFeature(input int) *plan.Feature {
	if input < len(w.ledger.Plan.Project) {
		return &w.ledger.Plan.Project[input]
	}
	return nil
}
