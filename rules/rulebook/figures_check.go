package rulebook

import (
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
)

func (k *Balance) validate() *geo.Text {
	t := geo.Text{ZH: "scope: date 须有 plus_when 与 minus_when，且只有它能有；它不能与 surplus、yearly 并用",
		EN: "scope date needs plus_when and minus_when, which no other scope takes; it does not go with surplus or yearly"}
	dated := k.Scope == "date"
	if dated != (k.PlusWhen != "") || dated != (k.MinusWhen != "") || dated && (k.Surplus != nil || k.Yearly != nil) {
		return &t
	}
	if k.Scope == "date" || k.Yearly != nil || k.Also != "" {
		if problem := strayTotal(k.Plus.Of, k.Minus.Of); problem != nil {
			return problem
		}
	}
	if k.Also != "" && k.Scope != "project" {
		t := geo.Text{ZH: "also 只与 scope: project 连用", EN: "also goes with scope project, and only with it"}
		return &t
	}
	if k.Surplus != nil && (k.Surplus.Of.Sum != nil || k.Surplus.Of.Name == "designated") {
		t := geo.Text{ZH: "surplus.of 应为 project_pbf、project_area、urban_area 或 project_cropland",
			EN: "surplus.of must be project_pbf, project_area, urban_area or project_cropland"}
		return &t
	}
	return nil
}

func (k *Balance) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Plus.Of.Expression, &k.Plus.Where.Expression, &k.Minus.Of.Expression, &k.Minus.Where.Expression}
}

func (k *Balance) placeholders() []string {
	return []string{"plus", "minus", "required", "margin", "date"}
}

func (k *Mean) validate() *geo.Text {
	pair := k.Better != nil && k.Than != nil
	if (k.Better != nil) != (k.Than != nil) || pair == (len(k.Measures) > 0) {
		return &geo.Text{ZH: "须有 better 与 than，或者有 measures", EN: "takes better and than, or else measures"}
	}
	for _, m := range k.Comparisons() {
		if m.Better.Trait() != m.Than.Trait() {
			return &geo.Text{ZH: "better 与 than 须比较同一种数值", EN: "better and than compare values of one kind"}
		}
	}
	return nil
}

// Comparisons are the means that are compared; the only one has no label.
func (k *Mean) Comparisons() []Comparison {
	if k.Better != nil && k.Than != nil {
		return []Comparison{{Better: *k.Better, Than: *k.Than}}
	}
	return k.Measures
}

// Trait is what the value is about: grade or slope.
func (g *Graded) Trait() string {
	_, name, _ := strings.Cut(g.Value, ".")
	return name
}

func (k *Mean) expressions() []*condition.Expression {
	var out []*condition.Expression
	for _, m := range k.Comparisons() {
		out = append(out, &m.Better.Of.Expression, &m.Better.Where.Expression, &m.Than.Of.Expression, &m.Than.Where.Expression)
	}
	return out
}

func (k *Mean) placeholders() []string { return []string{"value", "limit", "margin", "label"} }

func (k *Quota) validate() *geo.Text { return strayTotal(k.Released.Of, k.Used.Of) }

func (k *Quota) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Released.Of.Expression, &k.Released.Where.Expression, &k.Used.Of.Expression, &k.Used.Where.Expression}
}

func (k *Quota) placeholders() []string {
	return []string{"value", "limit", "margin", "document", "county"}
}

func (k *Compare) validate() *geo.Text {
	for _, hold := range k.Hold {
		if hold != "total_within" { // patches are of faces
			if problem := strayTotal(k.Of.Of, k.Against.Of); problem != nil {
				return problem
			}
		}
	}
	if len(k.Hold) == 0 {
		t := geo.Text{ZH: "hold 不能为空", EN: "hold must not be empty"}
		return &t
	}
	return nil
}

func (k *Compare) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Of.Of.Expression, &k.Of.Where.Expression, &k.Against.Of.Expression, &k.Against.Where.Expression}
}

func (k *Compare) placeholders() []string { return []string{"value", "limit", "hold"} }

func (k *Blocks) validate() *geo.Text { return nil }

func (k *Blocks) expressions() []*condition.Expression { return nil }

func (k *Blocks) placeholders() []string { return []string{"value", "limit", "margin"} }

func (k *Ratio) validate() *geo.Text {
	if problem := (Sum{k.Of, k.Where}).shape(); problem != nil {
		return problem
	}
	if k.Of.Total != "" && k.Scope == "township" {
		return strayTotal(k.Of)
	}
	if k.Over.Name == "project_pbf" && k.Scope == "township" || k.Over.Sum != nil && k.Scope == "township" {
		t := geo.Text{ZH: "按乡镇计算时 over 只能是 designated", EN: "with scope township, over can only be designated"}
		return &t
	}
	return nil
}

func (k *Ratio) expressions() []*condition.Expression {
	return append(k.Over.expressions(), &k.Of.Expression, &k.Where.Expression)
}

func (o Over) expressions() []*condition.Expression {
	if o.Sum == nil {
		total := condition.OfTotal(o.Name)
		return []*condition.Expression{&total}
	}
	return []*condition.Expression{&o.Sum.Of.Expression, &o.Sum.Where.Expression}
}

func (k *Ratio) placeholders() []string {
	return []string{"value", "limit", "numerator", "denominator", "margin"}
}

func (k *Share) validate() *geo.Text { return strayTotal(k.Of.Of, k.Than.Of) }

func (k *Share) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Of.Of.Expression, &k.Of.Where.Expression, &k.Of.Part.Expression,
		&k.Than.Of.Expression, &k.Than.Where.Expression, &k.Than.Part.Expression}
}

func (k *Share) placeholders() []string {
	return []string{"value", "limit", "numerator", "denominator"}
}
