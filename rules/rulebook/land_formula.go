package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

func (k *Forbid) formula() []geo.Text {
	out := []geo.Text{geo.Textf("不得有满足此条件的地块（细碎图斑除外）：%s", "No land, slivers aside, with: %s", k.Where.Text)}
	if k.Scope == "township" {
		out[0] = geo.Textf("各乡镇不得有满足此条件的地块（细碎图斑除外）：%s", "In no township any land, slivers aside, with: %s", k.Where.Text)
	}
	if k.Unless != nil {
		out = append(out, geo.Textf("除非：%[1]s，且有文件“%[2]s”（%[3]s）", "Unless: %[1]s, with the %[2]s (%[3]s)", k.Unless.That.Text, domain.DocumentTitle(k.Unless.Document), k.Unless.Document))
	}
	if k.Warn.Given() {
		out = append(out, geo.Textf("提示：%s", "Warned about: %s", k.Warn.Text))
	}
	if len(k.With) > 0 {
		out = append(out, geo.Textf("且这些规则没有不通过：%s", "And these rules do not fail: %s", strings.Join(k.With, ", ")))
	}
	return out
}

func (k *Require) formula() []geo.Text {
	out := []geo.Text{geo.Textf("每个涉及 [%s] 的变更图斑须满足：", "Every change of land with [%s] satisfies:", k.Where.Text)}
	for _, d := range k.Each {
		line := wording.Same("· " + d.That.Text)
		if len(d.Stages) > 0 {
			line = geo.Textf("%[1]s（阶段：%[2]s）", "%[1]s (stages: %[2]s)", line, stagesText(d.Stages))
		}
		if d.Warn {
			line = geo.Textf("%s（只提示）", "%s (a warning only)", line)
		}
		out = append(out, line)
	}
	if k.SubProjects {
		out = append(out, geo.Text{ZH: "子项目验收时只查本次验收的子项目", EN: "At sub-project acceptance: of the sub-projects up for it"})
	}
	return out
}

func (k *List) formula() []geo.Text {
	out := []geo.Text{geo.Textf("列出、不作判定：%s", "Shown, not judged: %s", Sum{k.Of, k.Where})}
	if k.Warn.Given() {
		out = append(out, geo.Textf("提示：%s", "Warned about: %s", k.Warn.Text))
	}
	return out
}

func (k *Areas) formula() []geo.Text {
	field := "MJ"
	if k.Stated == "surveyed" {
		field = "SCMJ"
	}
	out := []geo.Text{geo.Textf("|%[1]s − S| ≤ max(%[2]s m²，%[3]s × S)，S 为图斑椭球面积", "|%[1]s − S| ≤ max(%[2]s m², %[3]s × S), S the ellipsoidal area of the feature", field, k.Absolute.Text, k.Share.Text)}
	if k.Where.Given() {
		out = append(out, geo.Textf("图斑范围：%s", "Features with land: %s", k.Where.Text))
	}
	return out
}
