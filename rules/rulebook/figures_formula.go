package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/wording"
)

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
		out = append(out, geo.Textf("并累计至每年年底（年度取自 %[1]s；阶段：%[2]s）", "And cumulated to the end of every year (the year of %[1]s; stages: %[2]s)", y.When, stagesText(y.Stages)))
	default:
		out = append(out, geo.Textf("并累计至每年年底（年度取自 %s）", "And cumulated to the end of every year (the year of %s)", y.When))
	}
	return out
}

// String is the weighted mean.
func (g Graded) String() string {
	return "Σ " + g.Value + " × " + factorOf(g.Of) + where(g.Where) + " ÷ " + Sum{g.Of, g.Where}.String()
}

func (k *Mean) formula() []geo.Text {
	var out []geo.Text
	for _, m := range k.Comparisons() {
		line := m.Better.String() + " ≤ " + m.Than.String()
		if m.Label.IsZero() {
			out = append(out, wording.Same(line))
			continue
		}
		out = append(out, geo.Textf("%[1]s：%[2]s", "%[1]s: %[2]s", m.Label, line))
	}
	return out
}

func (k *Compare) formula() []geo.Text {
	out := []geo.Text{
		geo.Textf("A = %[1]s，B = %[2]s；同侧图块%[3]s", "A = %[1]s, B = %[2]s; of the pieces of one side %[3]s", k.Of, k.Against, joining(k.Gap)),
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
		geo.Textf("destination_county 不是本县时：有文件“%[1]s”（%[2]s）", "Where destination_county is another county: the %[1]s (%[2]s)", domain.DocumentTitle(k.Document), k.Document),
	}
}

func (k *Share) formula() []geo.Text {
	side := func(p Portion) string {
		return "Σ " + factorOf(p.Of) + " [" + p.Where.Text + " && " + p.Part.Text + "] ÷ " + Sum{Of: p.Of, Where: p.Where}.String()
	}
	return lineOf(side(k.Of) + " ≥ " + side(k.Than))
}
