package repair

import (
	"math/bits"

	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// step is a face that keeps fewer changes than before.
type step struct {
	face     int
	from, to uint8
}

// take makes steps.
func (s *sketch) take(steps []step) {
	for i := range s.limits {
		s.limits[i].now = s.limits[i].now.plus(s.deltas(&s.limits[i], [][]step{steps})[0])
	}
	for _, t := range steps {
		s.keeps[t.face] = t.to
	}
}

// lesser is the set with the most changes within one that breaks no rule about
// single faces which the plan's own did not, nor any of broken; of equals, one
// without drop goes first.
func (s *sketch) lesser(face int, within uint8, broken map[*rulebook.Rule]bool, drop uint8) uint8 {
	best, found := uint8(0), false
	for _, set := range subsets(within) {
		if found && bits.OnesCount8(set) < bits.OnesCount8(best) {
			break
		}
		if !s.allowed(face, set, broken) {
			continue
		}
		if !found || set&drop == 0 && best&drop != 0 {
			best, found = set, true
		}
	}
	return best
}

// allowed tells whether a face may keep a set of its changes.
func (s *sketch) allowed(face int, set uint8, broken map[*rulebook.Rule]bool) bool {
	for i := range s.demands.Forbidden {
		f := &s.demands.Forbidden[i]
		if f.Meets[s.place(face, set)] && (broken[f.Rule] || !f.Meets[face]) {
			return false
		}
	}
	return true
}

// leaving are the steps that leave a change out: on each face it takes the
// other changes along that could not stay without it.
func (s *sketch) leaving(c *plan.Change, broken map[*rulebook.Rule]bool) (steps []step) {
	for _, i := range s.of[c] {
		bit := s.bit(i, c)
		if s.keeps[i]&bit == 0 {
			continue
		}
		steps = append(steps, step{i, s.keeps[i], s.lesser(i, s.keeps[i]&^bit, broken, 0)})
	}
	return steps
}

// cutting are the steps that take the land of forbidding rules out of the changes
// that make it so.
func (s *sketch) cutting(rules map[*rulebook.Rule]bool) (steps []step) {
	drop := map[int]uint8{}
	var faces []int
	for i := range s.demands.Forbidden {
		f := &s.demands.Forbidden[i]
		if !rules[f.Rule] {
			continue
		}
		for _, face := range f.Bad {
			if _, seen := drop[face]; !seen {
				faces = append(faces, face)
			}
			drop[face] |= s.named(face, f.Change)
		}
	}
	for _, face := range faces {
		if to := s.lesser(face, s.keeps[face], rules, drop[face]); to != s.keeps[face] {
			steps = append(steps, step{face, s.keeps[face], to})
		}
	}
	return steps
}

// named is the bit of the change that a rule is about, as rulebooks name it.
func (s *sketch) named(face int, name string) uint8 {
	f := &s.ledger.Faces[face]
	of := map[string]*plan.Change{"pbf_out": f.Out, "pbf_in": f.In, "use": f.Use, "urban_change": f.Urban, "red_line_change": f.Line}[name]
	if of == nil {
		return 0
	}
	return s.bit(face, of)
}
