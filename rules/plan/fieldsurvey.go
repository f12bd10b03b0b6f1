package plan

import "slices"

// FieldSurveyed tells whether the record of a change carries a field survey
// 实测: a method on the ground, the area and the day. What was drawn on a map
// (TSZY) or reckoned by a coefficient (XSCS) is none.
func (c *Change) FieldSurveyed() bool {
	return slices.Contains([]string{"RTK", "WLRTK", "QZY", "SC"}, c.SurveyMethod) &&
		c.Surveyed.Known && c.Surveyed.Value > 0 && c.SurveyDate != ""
}
