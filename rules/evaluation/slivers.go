package evaluation

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/ledger"
)

// slivers lists those of faces (ascending) whose piece, made of them alone, is
// a sliver.
func (b *evaluation) slivers(faces []int) (slivers []int, pieces int) {
	if !b.dusty || len(faces) == 0 {
		return nil, 0
	}
	return b.pieces().Slivers(faces)
}

// hasDust reports whether any face is small or thin by itself: without one no
// piece is a sliver.
func hasDust(l *ledger.Ledger) bool {
	return slices.ContainsFunc(l.Faces, func(f ledger.Face) bool { return f.Sliver })
}

// solid is what of faces is no sliver. The rule leaves the rest out,
// and once that exceeds the ceiling nothing (see judge).
func (c *ruleEvaluation) solid(faces []int) []int {
	if c.keepAll {
		return faces
	}
	slivers, pieces := c.slivers(faces)
	if len(slivers) == 0 {
		return faces
	}
	c.leave(slivers, pieces)
	return without(faces, slivers)
}

// kernel is what of faces is no sliver, of which nothing is noted yet.
func (c *ruleEvaluation) kernel(faces []int) []int {
	slivers, _ := c.slivers(faces)
	return without(faces, slivers)
}

// leave notes faces that the rule leaves out.
func (c *ruleEvaluation) leave(faces []int, pieces int) {
	fresh := false
	for _, i := range faces {
		if !c.left[i] {
			c.left[i], fresh = true, true
			c.leftM2.add(c.l.Faces[i].Area)
		}
	}
	if fresh {
		c.sliverPieces += pieces
	}
}

// there reports whether a side has any land but slivers; what has none is left
// out once the rule takes that for an answer (skip).
func (c *ruleEvaluation) there(faces []int) bool {
	if len(faces) == 0 || c.keepAll {
		return len(faces) > 0
	}
	slivers, _ := c.slivers(faces)
	return len(slivers) < len(faces)
}

// skip leaves out land that is a sliver altogether.
func (c *ruleEvaluation) skip(faces []int) {
	slivers, pieces := c.slivers(faces)
	c.leave(slivers, pieces)
}

// townshipsThere splits faces by township, in order of code, without townships
// that have nothing but slivers of it: boundaries of layers of different vintage
// meet there, so the width alone decides, whatever it adds up to.
func (c *ruleEvaluation) townshipsThere(faces []int) ([]string, map[string][]int) {
	all, by := c.byTownship(faces)
	var codes []string
	for _, code := range all {
		slivers, pieces := c.slivers(by[code])
		if len(slivers) < len(by[code]) {
			codes = append(codes, code)
			continue
		}
		c.setAside(slivers, pieces)
	}
	return codes, by
}

// broad is what of faces is no sliver, where boundaries of layers meet.
func (c *ruleEvaluation) broad(faces []int) []int {
	slivers, pieces := c.slivers(faces)
	if len(slivers) == 0 {
		return faces
	}
	c.setAside(slivers, pieces)
	return without(faces, slivers)
}

func (c *ruleEvaluation) setAside(slivers []int, pieces int) {
	for _, i := range slivers {
		c.aside[i] = true
	}
	c.asides += pieces
}

// only is for a rule with nothing but slivers to judge: it passes.
func (c *ruleEvaluation) only() {
	c.note(geo.Text{ZH: "所涉地块均为细碎图斑", EN: "all land that the rule is about is slivers"})
}
