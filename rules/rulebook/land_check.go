package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/condition"
)

func (k *Areas) validate() *geo.Text { return nil }

func (k *Areas) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Where.Expression}
}

func (k *Areas) placeholders() []string {
	return []string{"stated", "computed", "difference", "limit", "hint"}
}

func (k *Forbid) validate() *geo.Text { return nil }

func (k *Forbid) expressions() []*condition.Expression {
	x := []*condition.Expression{&k.Where.Expression}
	if k.Unless != nil {
		x = append(x, &k.Unless.That.Expression)
	}
	for _, t := range k.Tell {
		x = append(x, &t.That.Expression)
	}
	return append(x, &k.Warn.Expression)
}

func (k *Forbid) placeholders() []string { return []string{"share", "total", "told"} }

func (k *List) validate() *geo.Text { return strayTotal(k.Of) }

func (k *List) expressions() []*condition.Expression {
	return []*condition.Expression{&k.Of.Expression, &k.Where.Expression, &k.Warn.Expression}
}

func (k *List) placeholders() []string { return []string{"total"} }

func (k *Require) validate() *geo.Text {
	if len(k.Each) == 0 {
		t := geo.Text{ZH: "each 不能为空", EN: "each must not be empty"}
		return &t
	}
	return nil
}

func (k *Require) expressions() []*condition.Expression {
	x := []*condition.Expression{&k.Where.Expression}
	for _, d := range k.Each {
		x = append(x, &d.That.Expression)
	}
	return x
}

func (k *Require) placeholders() []string { return []string{"lack"} }
