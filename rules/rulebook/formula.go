package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
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
		out = append(out, geo.Textf("patch_area：满足 %[1]s 的图块，%[2]s", "patch_area: pieces of land with %[1]s; %[2]s", p.Of.Text, joining(p.Gap)))
	}
	if r.asksBlock {
		out = append(out, geo.Textf("sloped_block：地块所在坡耕地（坡度级别 ≥ sloped_class）现状连片面积", "sloped_block: area of the block of sloped cropland (slope class ≥ sloped_class) that the land is part of, as it stands"))
	}
	if kind, err := r.constraint(); err == nil {
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
			line = geo.Textf("%[1]s（%[2]s）", "%[1]s (where %[2]s)", line, r.KnownOn.Text)
		}
		out = append(out, line)
	}
	if len(r.Stages) > 0 {
		out = append(out, geo.Textf("核查阶段：%s", "Stages: %s", stagesText(r.Stages)))
	}
	if needs := append(append([]domain.Role{}, r.Needs...), r.PartNeeds...); len(needs) > 0 {
		var titles []geo.Text
		for _, role := range needs {
			titles = append(titles, wording.RoleTitle(role))
		}
		out = append(out, geo.Textf("需要底图：%s", "Base layers needed: %s", wording.List(titles)))
	}
	return out
}

func stagesText(list []domain.Stage) geo.Text {
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

// String is the name of the total, or the sum.
func (o Over) String() string {
	if o.Sum != nil {
		return o.Sum.String()
	}
	return o.Name
}
