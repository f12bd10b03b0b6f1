package evaluation

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// due leaves out, at sub-project acceptance, what belongs to sub-projects that
// are not up for it. A change without a number belongs to none and is asked.
func (k requireEvaluator) due(c *ruleEvaluation, faces []int) []int {
	if !k.SubProjects || c.o.Stage != domain.SubprojectAcceptance || len(c.o.SubProjects) == 0 {
		return faces
	}
	var rest []string
	out := slices.DeleteFunc(slices.Clone(faces), func(i int) bool {
		ch := changeOf(&c.l.Faces[i], k.Change)
		if ch == nil || ch.SubProject == "" || slices.Contains(c.o.SubProjects, ch.SubProject) {
			return false
		}
		rest = append(rest, ch.SubProject)
		return true
	})
	if slices.Sort(rest); len(rest) > 0 {
		rest = slices.Compact(rest)
		c.note(geo.Textf("子项目 %[1]s 不在本次验收之内，未核查", "sub-projects that are not up for acceptance were left out: %[1]s", strings.Join(rest, ", ")))
	}
	return out
}
