package repair

import (
	"math/bits"
	"slices"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// states are the faces of a ledger as the plan has them and as they would be
// with fewer of their changes. A face's changes are bits of a set, by
// Face.Changes; the whole set is the face as it is.
type states struct {
	ledger  *ledger.Ledger
	changes [][]*plan.Change
	more    []ledger.Face // behind the ledger's own
	first   []int         // place in more of a face's set 1; its sets follow
	of      map[*plan.Change][]int
}

// gone is the place of land that no change covers: the ledger has no such face.
const gone = -1

func statesOf(l *ledger.Ledger) *states {
	s := &states{ledger: l, changes: make([][]*plan.Change, len(l.Faces)), first: make([]int, len(l.Faces)), of: map[*plan.Change][]int{}}
	r := ledger.NewReverter(l)
	for i := range l.Faces {
		all := l.Faces[i].Changes()
		s.changes[i], s.first[i] = all, len(s.more)
		for _, c := range all {
			s.of[c] = append(s.of[c], i)
		}
		for set := uint8(1); set < s.whole(i); set++ {
			f, _ := r.Face(i, func(c *plan.Change) bool { return set&s.bit(i, c) == 0 })
			s.more = append(s.more, f)
		}
	}
	return s
}

// whole is the set of all changes of a face.
func (s *states) whole(face int) uint8 { return 1<<len(s.changes[face]) - 1 }

// bit is a change's in the sets of a face; 0 where it does not cover it.
func (s *states) bit(face int, c *plan.Change) uint8 {
	if k := slices.Index(s.changes[face], c); k >= 0 {
		return 1 << k
	}
	return 0
}

// place is where the demands have a face with a set of its changes.
func (s *states) place(face int, set uint8) int {
	switch set {
	case 0:
		return gone
	case s.whole(face):
		return face
	}
	return len(s.ledger.Faces) + s.first[face] + int(set) - 1
}

// subsets lists the sets within one, those with more changes first.
func subsets(of uint8) []uint8 {
	var list []uint8
	for set := of; ; set = (set - 1) & of {
		list = append(list, set)
		if set == 0 {
			break
		}
	}
	slices.SortStableFunc(list, func(a, b uint8) int { return bits.OnesCount8(b) - bits.OnesCount8(a) })
	return list
}

// face is a face with a set of its changes, which is not empty.
func (s *states) face(i int, set uint8) ledger.Face {
	if set == s.whole(i) {
		return s.ledger.Faces[i]
	}
	return s.more[s.first[i]+int(set)-1]
}
