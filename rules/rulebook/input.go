package rulebook

import (
	"landcheck/rules/domain"
)

// The kinds of constraints on what is handed in: papers, files, layers, and how
// the plan stands to the base data and to the approved plan.

// Documents: the package holds these papers. One finding for each that is missing.
//
//	documents:
//	  need:
//	    - {kind: village-consent, per: village}                # one for each village the project area touches
//	    - {kind: opinion, from: [发展改革, 财政, 自然资源]}       # one from each
//	    - {kind: league-opinion}
//	    - {one_of: [league-opinion, province-review]}
//	    - {kind: subproject-acceptance, per: subproject}       # one for each XMBH of the plan, or those up for acceptance
//	    - {kind: pbf-region-review, stages: [annual, subproject-acceptance, acceptance]}
//
//	    - {kind: cross-county-approval, when: quota-leaves-county}
//
// A department serves where `from` of the paper contains it (某旗水利局 for
// 水利). A paper that says `agrees: no` is there and fails; with-conditions is
// noted. With `among` the papers are wanted only when such land exists.
// {document} is the paper, {from} the department, village or sub-project, {lack}
// what is wrong with it.
type Documents struct {
	Need []Paper `yaml:"need,required"`
}

// Paper is one wanted document: Kind, or any one of OneOf.
type Paper struct {
	Kind  string   `yaml:"kind"`
	OneOf []string `yaml:"one_of"`
	From  []string `yaml:"from"` // one from each of these
	Per   string   `yaml:"per" oneof:"village,subproject"`
	// Stages at which the paper is due; default all.
	Stages []domain.Stage `yaml:"stages"`
	// When: only of plans whose quota goes to another county.
	When string `yaml:"when" oneof:"quota-leaves-county"`
}

// Within: what (only "project_area") lies in the plan's county but for
// slivers: the area outside ≤ parameters.sliver_area_m2. {area} outside.
//
//	within: {what: project_area}
type Within struct {
	What string `yaml:"what,required" oneof:"project_area"`
}

// Data reports issues of the input. check is one of
//
//	crs geometry codes fields unique-id extent   the reader's findings (plan.Flaw.Check "data-" + check)
//	overlap      land that two features of one layer both claim (beyond slivers)
//	slivers      change features smaller than limit_m2
//	cover        changed land (beyond slivers) outside land_use or townships
//	complete     files of the package that nothing accounts for: not_checked, and the verdict incomplete
//	base         input errors of base data under changed land, with the area that they put in doubt
//
// All but base judge the plan's layers; input errors of base layers are the business
// of base alone, whose rule should be advisory.
// The issue's own message and remedy are used for the reader's findings.
// {role} layer, {limit}. Declared areas are the kind areas.
type Data struct {
	Check string `yaml:"check,required" oneof:"crs,geometry,codes,fields,unique-id,extent,overlap,slivers,cover,complete,base"`
	Limit *Exact `yaml:"limit_m2"` // slivers: 10
}

// Claims lists what changes state of land that the base knows otherwise (grade,
// slope, ridge coefficient, refinement), by change and field, with area, from,
// to and sub-project: pass for what was counted, warn for what was not taken
// (未采用) and for claims without a sub-project number (XMBH). Not applicable
// without claims. {field} {from} {to} {subproject} {why}.
//
//	claims: {}
type Claims struct{}

// Deviation holds the plan against the approved one (an earlier JSON report,
// the approved plan): changes that are not in it, by role and id, and areas that
// differ by more than a share of what was approved. Not applicable without
// one. {approved} {now} {difference} are areas, {why} what is off.
//
//	deviation: {share: 0.05}
type Deviation struct {
	Share Exact `yaml:"share,required"`
}
