package trial

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/strictyaml"
)

func (d *draft) readMissing(n strictyaml.Node) error {
	d.missing = map[string]bool{}
	names, err := n.Texts()
	for _, name := range names {
		d.missing[name] = true
	}
	return err
}

func (d *draft) readSystems(n strictyaml.Node) error {
	return n.Entries(func(_ string, k, v strictyaml.Node) error {
		role, err := role(k, slices.Concat(domain.PlanRoles(), domain.BaseRoles()))
		if err != nil {
			return err
		}
		s, err := v.Text()
		if err != nil {
			return err
		}
		crs, err := geo.ParseCRS(s)
		if f, ok := geo.AsInputError(err); ok {
			return v.At(f)
		}
		d.systems[role] = crs
		return err
	})
}

func (d *draft) readStage(n strictyaml.Node) error {
	s, err := n.Text()
	if err != nil {
		return err
	}
	_, err = plan.ParseStage(s)
	if f, ok := geo.AsInputError(err); ok {
		return n.At(f)
	}
	d.manifest["project"] = merged(d.manifest["project"], mapping("stage", scalar(s)))
	return err
}

func (d *draft) readApproved(n strictyaml.Node) error {
	d.approved = map[domain.Role][]feature{}
	return n.Entries(func(_ string, k, v strictyaml.Node) error {
		role, err := role(k, domain.PlanRoles())
		if err == nil {
			d.approved[role], err = features(v)
		}
		return err
	})
}

func (d *draft) readBase(n strictyaml.Node) error {
	return n.Entries(func(key string, k, v strictyaml.Node) error {
		role, err := role(k, domain.BaseRoles())
		if err != nil {
			return err
		}
		d.base[role], err = features(v)
		return err
	})
}

func (d *draft) readWithout(n strictyaml.Node) error {
	d.without = map[domain.Role]bool{}
	return n.Items(func(item strictyaml.Node) error {
		role, err := role(item, slices.Concat(domain.PlanRoles(), domain.BaseRoles()))
		d.without[role] = true
		return err
	})
}

func (d *draft) readExpect(n strictyaml.Node) error {
	s, err := n.Text()
	d.Expect = domain.Status(s)
	known := []string{string(domain.Pass), string(domain.Fail), string(domain.Warn), string(domain.Justified), string(domain.NotApplicable), string(domain.NotChecked)}
	if err == nil && !slices.Contains(known, s) {
		err = n.Unknown("结论", "status", s, known)
	}
	return err
}

// role is the layer that a word names.
func role(n strictyaml.Node, among []domain.Role) (domain.Role, error) {
	var names []string
	for _, r := range among {
		if len(r.Names()) > 0 {
			names = append(names, string(r))
		}
	}
	if !n.Scalar() || !slices.Contains(names, n.Value) {
		return "", n.Unknown("图层", "layer", n.Value, names)
	}
	return domain.Role(n.Value), nil
}

// decimal reads a figure; with an exponent its decimals would not show.
func decimal(n strictyaml.Node) (*Figure, error) {
	x, err := n.Number()
	if err == nil && strings.ContainsAny(n.Value, "eE") {
		err = n.Wrong("不带指数的小数", "a plain decimal")
	}
	_, decimals, _ := strings.Cut(strings.TrimSpace(n.Value), ".")
	return &Figure{x, len(decimals)}, err
}

// both reads {zh, en}.
func both(n strictyaml.Node) (t geo.Text, err error) {
	into := func(s *string) func(strictyaml.Node) error {
		return func(v strictyaml.Node) (err error) { *s, err = v.Text(); return err }
	}
	err = n.Fields(strictyaml.Field{Name: "zh", Required: true, Read: into(&t.ZH)}, strictyaml.Field{Name: "en", Required: true, Read: into(&t.EN)})
	return t, err
}

func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
