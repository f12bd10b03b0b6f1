package sample

import (
	"math"

	"landcheck/geo/portable"
)

// corridor is what a whole column or row of cells is used for.
type corridor byte

const (
	fields corridor = iota
	highway
	track
	ditch
	belt
	river
)

// pitch is the size of an ordinary cell, m: a cell is just under 4 mu.
const pitch = 50.0

// width of a lane, m.
func (l corridor) width() float64 {
	switch l {
	case highway:
		return 14
	case track:
		return 5
	case ditch:
		return 4
	case belt:
		return 18
	case river:
		return 70
	}
	return pitch
}

// axis is one side of the mesh: its grid lines in metres from the county's
// south-west corner, the lanes between them, and by how far each line pushes
// the other axis, so that nothing in the county runs dead straight.
type axis struct {
	at      []float64
	lanes   []corridor
	offsets []float64
}

func newAxis(lanes []corridor, phase float64) axis {
	a := axis{at: make([]float64, len(lanes)+1), lanes: lanes, offsets: make([]float64, len(lanes)+1)}
	for i, l := range lanes {
		a.at[i+1] = a.at[i] + l.width()
	}
	for i, p := range a.at {
		// Slopes stay under 0.37: the two sways together cannot fold the mesh.
		a.offsets[i] = float64(120*portable.Sin(2*math.Pi*p/4300+phase)) + float64(40*portable.Sin(2*math.Pi*p/1370+float64(2.3*phase)))
	}
	return a
}

// thin is the width of the thinner lane beside a grid line.
func (a *axis) thin(line int) float64 {
	w := math.Inf(1)
	if line > 0 {
		w = a.lanes[line-1].width()
	}
	if line < len(a.lanes) {
		w = math.Min(w, a.lanes[line].width())
	}
	return w
}

// length of the whole axis, m.
func (a *axis) length() float64 { return a.at[len(a.at)-1] }

// runs are the stretches of ordinary cells between from and to.
func (a *axis) runs(from, to int) []span {
	var out []span
	for i := from; i < to; i++ {
		if a.lanes[i] != fields {
			continue
		}
		if n := len(out); n > 0 && out[n-1].to == i {
			out[n-1].to++
		} else {
			out = append(out, span{i, i + 1})
		}
	}
	return out
}

// span is a half-open stretch of columns or rows.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

func (s span) holds(t span) bool { return s.from <= t.from && t.to <= s.to }

func (s span) meets(t span) bool { return s.from < t.to && t.from < s.to }

func (s span) clip(t span) span { return span{max(s.from, t.from), min(s.to, t.to)} }
