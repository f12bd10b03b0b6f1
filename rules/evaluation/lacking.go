package evaluation

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

// planSays looks at what conditions ask of plan.yaml.
func (c *ruleEvaluation) planSays() bool {
	ok := true
	if c.rule.ReadsCounty() && c.l.Plan.County == "" {
		ok = false
		c.lack("", noCounty())
	}
	if c.rule.ReadsYear() && c.l.Plan.Year == 0 {
		ok = false
		c.lack("", geo.Text{ZH: "方案没有写明年度，请在 plan.yaml 中写 project: {year: 四位年份}", EN: "the plan does not say its year: write project: {year: 4 digits} in plan.yaml"})
	}
	if c.rule.ReadsBlock() && c.l.Blocks == nil {
		ok = false
		c.lack("", noBlocks())
	}
	return ok
}

func noBlocks() geo.Text {
	return geo.Text{ZH: "未提供整治区域的耕地图斑，无法计算连片度", EN: "the parcels of the project area were not at hand, so blocks were not measured"}
}

func noCounty() geo.Text {
	return geo.Text{ZH: "方案没有写明旗县代码，请在 plan.yaml 中写 project: {county: 6 位代码}", EN: "the plan does not say its county: write project: {county: 6 digits} in plan.yaml"}
}

// lack notes what is missing. A core role, one that the book requires, or
// something of the plan itself (role "") makes the verdict incomplete.
func (c *ruleEvaluation) lack(role domain.Role, why geo.Text) {
	c.lacking = append(c.lacking, why)
	if role != "" {
		c.wanting = append(c.wanting, wording.RoleTitle(role))
	}
	if role == "" || role.Core() || slices.Contains(c.book.Require, role) {
		c.vital = true
	}
}
