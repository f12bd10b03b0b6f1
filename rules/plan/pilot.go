package plan

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// oneLandUse refuses a package that says twice what land becomes: as changes and
// as the whole land use after the plan. Which of the two holds nobody can tell.
func oneLandUse(sources []layerAssignment) error {
	var changes, after geo.Layer
	for _, s := range sources {
		switch {
		case s.role == domain.LandUseChange && changes == nil:
			changes = s.layer
		case s.role == domain.LandUseAfter && after == nil:
			after = s.layer
		}
	}
	if changes == nil || after == nil {
		return nil
	}
	return &geo.InputError{File: after.File(),
		Message: geo.Textf("方案包中既有整治后地类图斑，又有地类变更图层 %s，无法确定以哪个为准",
			"the package has the whole land use after the plan and the layer of land-use changes %s as well, and only one can hold", changes.File()),
		Advice: geo.Textf("请只保留一个；另一个请移出，或在 plan.yaml 中写 ignore: [%[1]q]",
			"Keep one of them; take the other out, or write in plan.yaml ignore: [%[1]q]", changes.Name())}
}
