package evaluation

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/ledger"
)

// noise lists those of faces (ascending) whose piece, made of them alone, is
// boundary noise.
func (b *evaluation) noise(faces []int) (noise []int, pieces int) {
	if !b.dusty || len(faces) == 0 {
		return nil, 0
	}
	return b.pieces().Noise(faces)
}

// hasDust reports whether any face is small or thin by itself: without one no
// piece is noise.
func hasDust(l *ledger.Ledger) bool {
	return slices.ContainsFunc(l.Faces, func(f ledger.Face) bool { return f.Sliver })
}

// solid is what of faces is no boundary noise. The rule leaves the rest out,
// and once that exceeds the ceiling nothing (see judge).
func (c *ruleEvaluation) solid(faces []int) []int {
	if c.keepAll {
		return faces
	}
	noise, pieces := c.noise(faces)
	if len(noise) == 0 {
		return faces
	}
	c.leave(noise, pieces)
	return without(faces, noise)
}

// kernel is what of faces is no boundary noise, of which nothing is noted yet.
func (c *ruleEvaluation) kernel(faces []int) []int {
	noise, _ := c.noise(faces)
	return without(faces, noise)
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
		c.slivers += pieces
	}
}

// there reports whether a side has any land but noise; what has none is left
// out once the rule takes that for an answer (skip).
func (c *ruleEvaluation) there(faces []int) bool {
	if len(faces) == 0 || c.keepAll {
		return len(faces) > 0
	}
	noise, _ := c.noise(faces)
	return len(noise) < len(faces)
}

// skip leaves out land that is boundary noise altogether.
func (c *ruleEvaluation) skip(faces []int) {
	noise, pieces := c.noise(faces)
	c.leave(noise, pieces)
}

// townshipsThere splits faces by township, in order of code, without townships
// that have nothing but noise of it: boundaries of layers of different vintage
// meet there, so the width alone decides, whatever it adds up to.
func (c *ruleEvaluation) townshipsThere(faces []int) ([]string, map[string][]int) {
	all, by := c.byTownship(faces)
	var codes []string
	for _, code := range all {
		noise, pieces := c.noise(by[code])
		if len(noise) < len(by[code]) {
			codes = append(codes, code)
			continue
		}
		c.setAside(noise, pieces)
	}
	return codes, by
}

// broad is what of faces is no noise, where boundaries of layers meet.
func (c *ruleEvaluation) broad(faces []int) []int {
	noise, pieces := c.noise(faces)
	if len(noise) == 0 {
		return faces
	}
	c.setAside(noise, pieces)
	return without(faces, noise)
}

func (c *ruleEvaluation) setAside(noise []int, pieces int) {
	for _, i := range noise {
		c.aside[i] = true
	}
	c.asides += pieces
}

// only is for a rule with nothing but boundary noise to judge: it passes.
func (c *ruleEvaluation) only() {
	c.note(geo.Text{ZH: "所涉地块均为碎屑", EN: "all land that the rule is about is boundary noise"})
}
