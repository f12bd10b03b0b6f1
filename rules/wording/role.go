package wording

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// GradesRole stands in needs and require for quality grades, which are fields
// and no layer.
const GradesRole domain.Role = "grades"

// RoleTitle names a role for a person, with the layer's name.
func RoleTitle(r domain.Role) geo.Text {
	if r == GradesRole {
		return geo.Text{ZH: "质量等别", EN: "quality grades"}
	}
	return r.TitleWithName()
}
