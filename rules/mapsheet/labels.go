package mapsheet

import (
	"math"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// label is a name to be written on the map, about a point of the paper, mm.
type label struct {
	words string
	at    orb.Point
	size  float64
	style string
}

// box is the room that it takes.
func (l label) box() orb.Bound {
	w := float64(widthOf(l.words, l.size)/2) + .6
	return orb.Bound{Min: orb.Point{l.at[0] - w, l.at[1] - l.size}, Max: orb.Point{l.at[0] + w, l.at[1] + float64(l.size*.35)}}
}

// labels writes the names of townships and the numbers of sub-projects. Each
// steps aside for those before it, within the frame; one that finds no room is
// left out rather than written over another.
func (s *sheet) labels() {
	var wanted []label
	if s.kind == SubProjects {
		for _, p := range subProjectsOf(s.in) {
			if at, ok := s.middle(largest(p.shapes)); ok {
				wanted = append(wanted, label{p.code, at, 3, `class="halo" font-weight="700"`})
			}
		}
	}
	for i := range s.in.Land.Townships {
		t := &s.in.Land.Townships[i]
		if at, ok := s.middle(t.Geometry); ok && t.Name != "" {
			wanted = append(wanted, label{shortened(t.Name), at, 4.4, `class="halo" fill="#4a4a4a" letter-spacing=".6"`})
		}
	}
	// North arrow and grid labels keep their place.
	taken := []orb.Bound{{Min: orb.Point{frameX + frameWidth - 20, frameY}, Max: orb.Point{frameX + frameWidth, frameY + 24}}}
	for _, l := range wanted {
		if l, ok := placed(l, taken); ok {
			taken = append(taken, l.box())
			s.text(l.at[0], l.at[1], l.size, "middle", l.words, l.style)
		}
	}
}

// placed finds a label a place, in rings of growing distance round its own.
func placed(l label, taken []orb.Bound) (label, bool) {
	own := l.at
	for ring := range 7 {
		for turn := range 12 {
			angle, r := float64(turn)*math.Pi/6, float64(float64(ring)*l.size*.8)
			l.at = orb.Point{own[0] + float64(r*portable.Cos(angle)), own[1] - float64(r*portable.Sin(angle))}
			if free(l.box(), taken) {
				return l, true
			}
			if ring == 0 {
				break
			}
		}
	}
	return l, false
}

// free reports whether a box is in the frame and clear of others.
func free(b orb.Bound, taken []orb.Bound) bool {
	if b.Min[0] < frameX+1 || b.Min[1] < frameY+1 || b.Max[0] > frameX+frameWidth-1 || b.Max[1] > frameY+frameHeight-1 {
		return false
	}
	for _, t := range taken {
		if b.Intersects(t) {
			return false
		}
	}
	return true
}

// middle is the middle of a shape on the paper, mm.
func (s *sheet) middle(mp orb.MultiPolygon) (orb.Point, bool) {
	at, ok := s.view.Middle(mp)
	return orb.Point{frameX + float64(at[0]/unitsPerMM), frameY + float64(at[1]/unitsPerMM)}, ok
}

// largest is the shape with the largest box.
func largest(shapes []orb.MultiPolygon) orb.MultiPolygon {
	var best orb.MultiPolygon
	most := -1.0
	for _, mp := range shapes {
		b := mp.Bound()
		if a := float64((b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1])); a > most {
			best, most = mp, a
		}
	}
	return best
}

func shortened(name string) string {
	if r := []rune(name); len(r) > 18 {
		return string(r[:17]) + "…"
	}
	return name
}
