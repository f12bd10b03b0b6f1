package rulebook

import (
	"reflect"

	"landcheck/geo"
	"landcheck/rules/condition"

	"go.yaml.in/yaml/v4"
)

// decode reads a sum: of with its where, or a whole-area total without one.
func (s *Sum) decode(d decoder, n *yaml.Node) error {
	type plain Sum
	if err := d.mapping(n, reflect.ValueOf((*plain)(s)).Elem()); err != nil {
		return err
	}
	if problem := s.shape(); problem != nil {
		return d.place(n).fault(*problem, geo.Text{})
	}
	return nil
}

// decode reads land with a grade: of must be a quantity of faces.
func (g *Graded) decode(d decoder, n *yaml.Node) error {
	type plain Graded
	if err := d.mapping(n, reflect.ValueOf((*plain)(g)).Elem()); err != nil {
		return err
	}
	if problem := strayTotal(g.Of); problem != nil {
		return d.place(n).fault(*problem, geo.Text{})
	}
	return nil
}

// shape is what is wrong with of and where together.
func (s Sum) shape() *geo.Text {
	switch {
	case s.Of.Text == "": // told already
	case s.Of.Total == "" && !s.Where.Given():
		return &geo.Text{ZH: "缺少键：where", EN: "missing keys: where"}
	case s.Of.Total != "" && s.Where.Given():
		t := geo.Textf("合计“%s”不带 where", "the total %q takes no where", s.Of.Total)
		return &t
	}
	return nil
}

// strayTotal is a total where only sums over faces have a meaning.
func strayTotal(amounts ...condition.Amount) *geo.Text {
	for _, a := range amounts {
		if a.Total != "" {
			t := geo.Textf("此处不能用合计“%s”，只能对变更地块求和", "the total %q cannot stand here, only sums over changed land", a.Total)
			return &t
		}
	}
	return nil
}
