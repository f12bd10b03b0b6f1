package check

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// up refuses a sub-project that is up for acceptance and that the plan does not
// know: by a slip of one digit nothing at all would be asked of it, and what is
// not asked passes. A plan knows those of its changes (XMBH) and of its papers.
// At other stages all sub-projects are asked, whatever is up.
func up(o Request) error {
	p := o.Plan
	if cmp.Or(o.Stage, p.Stage) != domain.SubprojectAcceptance {
		return nil
	}
	var known []string
	for i := range p.Changes {
		known = append(known, p.Changes[i].SubProject)
	}
	for i := range p.Documents {
		known = append(known, p.Documents[i].SubProject)
	}
	slices.Sort(known)
	known = slices.DeleteFunc(slices.Compact(known), func(n string) bool { return n == "" })
	for _, n := range o.SubProjects {
		if _, ok := slices.BinarySearch(known, n); ok {
			continue
		}
		const few = 10
		list := geo.Text{ZH: "方案的变更和文件都没有写子项目编号（XMBH）", EN: "No change and no paper of the plan states a sub-project (XMBH)"}
		if len(known) > 0 {
			shown := strings.Join(known[:min(few, len(known))], ", ")
			list = geo.Textf("方案有 %[1]d 个子项目：%[2]s", "The plan has %[1]d: %[2]s", len(known), shown)
			if len(known) > few {
				list.ZH, list.EN = list.ZH+" …", list.EN+" …"
			}
		}
		return &geo.InputError{Wants: geo.SubProjectInput,
			Message: geo.Textf("方案中没有子项目“%[1]s”", "the plan has no sub-project %[1]q", n), Advice: list}
	}
	return nil
}
