package rulebook

import "landcheck/geo"

// Input is what beside plan and base data a rule is judged by, or "": handbook
// pages say how it is given.
func (r *Rule) Input() geo.Input {
	switch {
	case r.Deviation != nil:
		return geo.ApprovedInput
	case r.Require != nil && r.Require.SubProjects:
		return geo.SubProjectInput
	case r.Data != nil && r.Data.Check == "crs":
		return geo.SystemInput
	}
	return ""
}
