package rules

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/wording"
)

// Formula is what a rule computes as its rulebook has it, one line each: the
// land it is about, the constraint, and when and from what it is judged. The
// names are those of conditions (see Rule), so a book of one's own that
// changes a limit is explained with its own figure.
func (r *Rule) Formula() []geo.Text {
	var out []geo.Text
	if r.Among.Given() {
		out = append(out, geo.Textf("范围：%s", "On land with: %s", r.Among.Text))
	}
	if p := r.Patches; p != nil {
		out = append(out, wording.Textf("patch_area：满足 %[1]s 的图块，%[2]s", "patch_area: pieces of land with %[1]s; %[2]s", p.Of.Text, joining(p.Gap)))
	}
	if r.asksBlock {
		out = append(out, geo.Textf("sloped_block：地块所在坡耕地（坡度级别 ≥ sloped_class）现状连片面积", "sloped_block: area of the block of sloped cropland (slope class ≥ sloped_class) that the land is part of, as it stands"))
	}
	if kind, err := r.theKind(); err == nil {
		out = append(out, kind.formula()...)
	}
	for _, s := range r.Show {
		line := s.sum().String()
		if s.Over != nil {
			line += " ÷ " + s.Over.String()
		}
		out = append(out, geo.Textf("另列、不作判定：%s", "Shown, not judged: %s", line))
	}
	if len(r.Known) > 0 {
		line := geo.Textf("须已知：%s", "Must be known: %s", strings.Join(r.Known, ", "))
		if r.KnownOn.Given() {
			line = wording.Textf("%[1]s（%[2]s）", "%[1]s (where %[2]s)", line, r.KnownOn.Text)
		}
		out = append(out, line)
	}
	if len(r.Stages) > 0 {
		out = append(out, wording.Textf("检查阶段：%s", "Stages: %s", stagesText(r.Stages)))
	}
	if needs := append(append([]plan.Role{}, r.Needs...), r.PartNeeds...); len(needs) > 0 {
		var titles []geo.Text
		for _, role := range needs {
			titles = append(titles, wording.RoleTitle(role))
		}
		out = append(out, wording.Textf("需要底图：%s", "Base layers needed: %s", wording.List(titles)))
	}
	return out
}

func stagesText(list []plan.Stage) geo.Text {
	var out []geo.Text
	for _, s := range list {
		out = append(out, s.Title())
	}
	return wording.List(out)
}

// lineOf is a line that reads alike in both languages.
func lineOf(s string) []geo.Text { return []geo.Text{wording.Same(s)} }

// joining says when pieces of land are one patch.
func joining(gap float64) geo.Text {
	if gap == 0 {
		return geo.Text{ZH: "有公共边的连为一片", EN: "those that share a border are one patch"}
	}
	return geo.Textf("相接或相距不足 %s m 的连为一片", "those that touch or are nearer than %s m are one patch", wording.Number(gap))
}

func (s Shown) sum() Sum { return Sum{Of: s.Of, Where: s.Where} }

// String is Σ amount [condition].
func (s Sum) String() string { return "Σ " + factorOf(s.Of) + where(s.Where) }

// factorOf puts parentheses round an amount that is no plain name.
func factorOf(a condition.Amount) string {
	if strings.ContainsAny(a.Text, " +-*/") {
		return "(" + a.Text + ")"
	}
	return a.Text
}

func where(c condition.Condition) string {
	if c.Text == "true" || !c.Given() {
		return ""
	}
	return " [" + c.Text + "]"
}

func (o Over) String() string {
	if o.Sum != nil {
		return o.Sum.String()
	}
	return o.Name
}

func (k *Ratio) formula() []geo.Text {
	op := "≤"
	if k.Op == ">=" {
		op = "≥"
	}
	line := Sum{k.Of, k.Where}.String() + " ÷ " + k.Over.String() + " " + op + " " + k.Limit.Text
	if k.Scope == "township" {
		return []geo.Text{geo.Textf("%s，逐乡镇", "%s, for each township", line)}
	}
	return lineOf(line)
}

func (k *Balance) formula() []geo.Text {
	line := k.Plus.String() + " − "
	if k.Factor != nil {
		line += k.Factor.Text + " × "
	}
	line += k.Minus.String() + " ≥ "
	if k.Surplus != nil {
		line += k.Surplus.Share.Text + " × " + k.Surplus.Of.String()
	} else {
		line += "0"
	}
	var out []geo.Text
	switch k.Scope {
	case "project":
		if k.Also == "plan" {
			out = append(out, geo.Textf("%s，整治区域内，以及全部变更地块", "%s, in the project area, and over all faces", line))
			break
		}
		out = append(out, geo.Textf("%s，整治区域内", "%s, in the project area", line))
	case "date":
		out = append(out, geo.Textf("%[1]s，自第一日累计至每一日期（增 %[2]s，减 %[3]s）", "%[1]s, cumulated to every date (plus by %[2]s, minus by %[3]s)", line, k.PlusWhen, k.MinusWhen))
	default:
		out = lineOf(line)
	}
	switch y := k.Yearly; {
	case y == nil:
	case len(y.Stages) > 0:
		out = append(out, wording.Textf("并累计至每年年底（年度取自 %[1]s；阶段：%[2]s）", "And cumulated to the end of every year (the year of %[1]s; stages: %[2]s)", y.When, stagesText(y.Stages)))
	default:
		out = append(out, wording.Textf("并累计至每年年底（年度取自 %s）", "And cumulated to the end of every year (the year of %s)", y.When))
	}
	return out
}

func (g Graded) String() string {
	return "Σ " + g.Value + " × " + factorOf(g.Of) + where(g.Where) + " ÷ " + Sum{g.Of, g.Where}.String()
}

func (k *Mean) formula() []geo.Text {
	var out []geo.Text
	for _, m := range k.comparisons() {
		line := m.Better.String() + " ≤ " + m.Than.String()
		if m.Label.IsZero() {
			out = append(out, wording.Same(line))
			continue
		}
		out = append(out, wording.Textf("%[1]s：%[2]s", "%[1]s: %[2]s", m.Label, line))
	}
	return out
}

func (k *Claims) formula() []geo.Text {
	return []geo.Text{{ZH: "列出变更图斑所报、与底图不同的质量等别、坡度、扣除系数和图斑细化；未采用的和没有子项目编号的提示",
		EN: "Grades, slopes, ridge coefficients and refinements that changes state and the base data has otherwise; those not counted, and those without a sub-project, are warned of"}}
}

func (k *Deviation) formula() []geo.Text {
	return []geo.Text{geo.Textf("对照批准的方案的报告：图层和编号相同的图斑，面积相差 ≤ %[1]s × 批准面积；没有批准过的图斑个数 = 0",
		"Against the report of the approved plan: features of one layer and id, areas off by ≤ %[1]s × the area approved; features that were not approved: 0", k.Share.Text)}
}

func (k *Forbid) formula() []geo.Text {
	out := []geo.Text{geo.Textf("不得有满足此条件的地块（碎屑除外）：%s", "No land, slivers aside, with: %s", k.Where.Text)}
	if k.Scope == "township" {
		out[0] = geo.Textf("各乡镇不得有满足此条件的地块（碎屑除外）：%s", "In no township any land, slivers aside, with: %s", k.Where.Text)
	}
	if k.Unless != nil {
		out = append(out, wording.Textf("除非：%[1]s，且有文件“%[2]s”（%[3]s）", "Unless: %[1]s, with the %[2]s (%[3]s)", k.Unless.That.Text, domain.DocumentTitle(k.Unless.Document), k.Unless.Document))
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
			line = wording.Textf("%[1]s（阶段：%[2]s）", "%[1]s (stages: %[2]s)", line, stagesText(d.Stages))
		}
		if d.Warn {
			line = wording.Textf("%s（只提示）", "%s (a warning only)", line)
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

func (k *Compare) formula() []geo.Text {
	out := []geo.Text{
		wording.Textf("A = %[1]s，B = %[2]s；同侧图块%[3]s", "A = %[1]s, B = %[2]s; of the pieces of one side %[3]s", k.Of, k.Against, joining(k.Gap)),
	}
	for _, h := range k.Hold {
		switch h {
		case "mean_larger":
			out = append(out, geo.Textf("A ÷ A 的片数 ≥ B ÷ B 的片数", "A ÷ patches of A ≥ B ÷ patches of B"))
		case "fewer":
			out = append(out, geo.Textf("A 的片数 ≤ B 的片数", "patches of A ≤ patches of B"))
		case "total_within":
			out = append(out, lineOf("A ≤ B")...)
		}
	}
	return out
}

func (k *Blocks) formula() []geo.Text {
	out := []geo.Text{geo.Textf("整治区域耕地各片面积 a：整治后 Σa² ÷ Σa ≥ 整治前 Σa² ÷ Σa；相距不足 %[1]s m 的连为一片", "Over blocks of cropland in the project area, of area a: Σa² ÷ Σa after ≥ Σa² ÷ Σa before; pieces nearer than %[1]s m are one block", wording.Number(k.Gap))}
	if len(k.Barriers) > 0 {
		out = append(out, geo.Textf("不跨越地类：%s", "Never across classes: %s", strings.Join(k.Barriers, ", ")))
	}
	return out
}

func (k *Quota) formula() []geo.Text {
	return []geo.Text{
		geo.Textf("腾退 R = %[1]s − %[2]s", "Released R = %[1]s − %[2]s", k.Released, k.Used),
		geo.Textf("rural_housing_m2 + rural_development_m2 + mining_m2 + tradable_m2 ≤ R", "rural_housing_m2 + rural_development_m2 + mining_m2 + tradable_m2 ≤ R"),
		geo.Textf("tradable_m2 > 0 时：rural_housing_m2 + rural_development_m2 + mining_m2 ≤ R", "Where tradable_m2 > 0: rural_housing_m2 + rural_development_m2 + mining_m2 ≤ R"),
		wording.Textf("destination_county 不是本县时：有文件“%[1]s”（%[2]s）", "Where destination_county is another county: the %[1]s (%[2]s)", domain.DocumentTitle(k.Document), k.Document),
	}
}

func (k *Documents) formula() []geo.Text {
	var out []geo.Text
	for _, p := range k.Need {
		kinds := p.OneOf
		if p.Kind != "" {
			kinds = append([]string{p.Kind}, kinds...)
		}
		var papers []geo.Text
		for _, kind := range kinds {
			papers = append(papers, wording.Textf("%[1]s（%[2]s）", "%[1]s (%[2]s)", domain.DocumentTitle(kind), kind))
		}
		what := wording.List(papers)
		if len(papers) > 1 {
			what = wording.Textf("以下之一：%s", "one of %s", what)
		}
		if len(p.Stages) > 0 {
			what = wording.Textf("%[1]s（阶段：%[2]s）", "%[1]s (stages: %[2]s)", what, stagesText(p.Stages))
		}
		if p.When == "quota-leaves-county" {
			what = wording.Textf("%s（指标流转到本县以外时）", "%s (where quota goes to another county)", what)
		}
		switch {
		case p.Per == "subproject":
			out = append(out, wording.Textf("每个子项目一份：%s", "One for every sub-project: %s", what))
		case p.Per == "village":
			out = append(out, wording.Textf("整治区域涉及的每个村一份：%s", "One for every village that the project area touches: %s", what))
		case len(p.From) > 0:
			out = append(out, wording.Textf("%[2]s 各一份：%[1]s", "From each of %[2]s: %[1]s", what, strings.Join(p.From, "、")))
		default:
			out = append(out, wording.Textf("方案包内有：%s", "In the package: %s", what))
		}
	}
	return out
}

func (k *Within) formula() []geo.Text {
	return []geo.Text{{ZH: "整治区域在方案旗县以外的面积 ≤ sliver_area_m2", EN: "The project area outside the plan's county ≤ sliver_area_m2"}}
}

func (k *Data) formula() []geo.Text {
	switch k.Check {
	case "overlap":
		return []geo.Text{{ZH: "同一图层两个图斑共同占有的地块（碎屑除外）的个数 = 0", EN: "Pieces of land, slivers aside, that two features of one layer both claim: 0"}}
	case "slivers":
		return []geo.Text{geo.Textf("面积小于 %s m² 的变更图斑个数 = 0", "Change features below %s m²: 0", k.Limit.Text)}
	case "complete":
		return []geo.Text{{ZH: "方案包中既不是图层、附件或随附文件，也未列入 ignore 的文件个数 = 0", EN: "Files of the package that are no layer, paper or companion and that ignore: does not name: 0"}}
	case "base":
		return []geo.Text{{ZH: "变更地块下的底图问题：列出并给出存疑面积", EN: "Faults of base data under changed land, with the area in doubt"}}
	case "cover":
		return []geo.Text{{ZH: "变更地块落在地类图斑或行政区以外的面积（碎屑除外）= 0", EN: "Changed land, slivers aside, outside the land-use parcels or the townships: 0 m²"}}
	}
	return []geo.Text{geo.Textf("读入时发现的此类问题个数（data-%s）= 0", "Flaws of this sort found on reading (data-%s): 0", k.Check)}
}
