package mapsheet

import (
	"fmt"
	"math"
	"strings"

	"landcheck/geo"
	"landcheck/geo/portable"
	"landcheck/geo/svgpath"

	"github.com/paulmach/orb"
)

// margin is the part of the frame that stays free round the land, on every side.
const margin = 0.02

// scaleFor is the scale 1:n of a map of some land, n the smallest round number,
// from 1:500, at which it fits the frame.
func scaleFor(land orb.Bound) int {
	room := 1 - 2*margin
	need := float64(math.Max((land.Max[0]-land.Min[0])/(frameWidth*room), (land.Max[1]-land.Min[1])/(frameHeight*room)) * 1000)
	for power := 100; ; power *= 10 {
		for _, m := range []int{100, 125, 150, 200, 250, 300, 400, 500, 600, 800} {
			if n := m * power / 100; n >= 500 && float64(n) >= need {
				return n
			}
		}
	}
}

// viewOf is the frame at that scale, the land in its middle.
func viewOf(land orb.Bound, scale int) svgpath.View {
	perMM := float64(scale) / 1000
	at, w, h := land.Center(), float64(frameWidth*perMM), float64(frameHeight*perMM)
	return svgpath.View{
		Frame:  orb.Bound{Min: orb.Point{at[0] - float64(w/2), at[1] - float64(h/2)}, Max: orb.Point{at[0] + float64(w/2), at[1] + float64(h/2)}},
		Scale:  unitsPerMM / perMM,
		Detail: detail, Smallest: smallest,
	}
}

// extentOf is the box of the project area and of every change of the plan; an
// input error where there is none.
func extentOf(in Input) (orb.Bound, error) {
	box := geo.Bound(nil)
	add := func(mp orb.MultiPolygon) {
		if b := geo.Bound(mp); !b.IsEmpty() {
			if box.IsEmpty() {
				box = b
			}
			box = box.Union(b)
		}
	}
	if p := in.Ledger.Plan; p != nil {
		for _, f := range p.Project {
			add(f.Geometry)
		}
		for i := range p.Changes {
			add(p.Changes[i].Geometry)
		}
	}
	if box.IsEmpty() {
		return box, &geo.InputError{Message: geo.Text{ZH: "方案没有图形，不能绘制图件", EN: "the plan has no shapes to draw"},
			Advice: geo.Text{ZH: "请检查整治区域图层", EN: "Check the layer of the project area"}}
	}
	return box, nil
}

// grouped is a number with its digits in threes: 25 000.
func grouped(n int) string {
	s := fmt.Sprint(n)
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, parts...), " ")
}

// scaleBar draws four round lengths, 35 to 88 mm together.
func (s *sheet) scaleBar(x, y float64) {
	step := roundStep(float64(float64(s.scale) / 1000 * 22)) // m
	unit, per := " m", 1.
	if step >= 1000 {
		unit, per = " km", 1000
	}
	mm := float64(step / float64(s.scale) * 1000)
	for i := range 4 {
		fill := "#fff"
		if i%2 == 0 {
			fill = ink
		}
		s.rect(x+float64(float64(i)*mm), y, mm, 1.6, fill, ink, .15)
	}
	for i := range 5 {
		label := fmt.Sprintf("%g", float64(step/per*float64(i)))
		if i == 4 {
			label += unit
		}
		s.text(x+float64(float64(i)*mm), y-1, 2.6, "middle", label, "")
	}
}

// roundStep is the largest of 1, 2 and 5 with zeros that is not more than x.
func roundStep(x float64) float64 {
	power := portable.PowerOfTen(x)
	for _, m := range []float64{5, 2} {
		if m*power <= x {
			return float64(m * power)
		}
	}
	return power
}
