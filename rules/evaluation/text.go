package evaluation

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// maxNamed is how many features a message names.
const maxNamed = 5

func idList(refs []result.FeatureRef) geo.Text {
	var ids []string
	for _, r := range refs[:min(len(refs), maxNamed)] {
		ids = append(ids, r.ID)
	}
	if rest := len(refs) - maxNamed; rest > 0 {
		return geo.Text{
			ZH: fmt.Sprintf("%s 等 %d 个图斑", strings.Join(ids, "、"), len(refs)),
			EN: fmt.Sprintf("%s and %d more", strings.Join(ids, ", "), rest),
		}
	}
	if len(ids) == 0 {
		return geo.Text{ZH: "（无编号）", EN: "(no feature)"}
	}
	return geo.Text{ZH: strings.Join(ids, "、"), EN: strings.Join(ids, ", ")}
}

func scopeText(s result.Scope) geo.Text {
	switch {
	case s.Kind == "plan":
		return geo.Text{ZH: "全方案", EN: "the whole plan"}
	case s.Kind == "project":
		return geo.Text{ZH: "整治区域", EN: "the project area"}
	case s.Kind == "year":
		return geo.Text{ZH: s.Code + " 年", EN: s.Code}
	case s.Kind == "township" && s.Code == "":
		return geo.Text{ZH: "乡镇界外", EN: "outside every township"}
	case s.Name == "":
		return wording.Same(s.Code)
	case s.Code == "":
		return wording.Same(s.Name)
	}
	return geo.Text{ZH: s.Name + "（" + s.Code + "）", EN: s.Name + " (" + s.Code + ")"}
}

// missingLayer says which base layer is wanted and how to provide it.
func missingLayer(r domain.Role) geo.Text {
	return geo.Textf("缺少底图图层“%[1]s”，请在底图中补上后重新核查", "the base layer “%[1]s” is missing: add it to the base data and check again", wording.RoleTitle(r))
}
