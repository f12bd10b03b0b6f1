package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// assignment is what the manifest says of a role or of one layer: its file, its
// columns, what their values mean.
type assignment struct {
	role    domain.Role
	layer   string // the layer's own name, when the entry stands under that
	file    string // "" when the layer goes by its name
	fields  map[domain.Field]string
	values  map[domain.Field]map[string]string // value in capitals → code
	classes Classification
	where   strictyaml.Node                  // the role's entry
	marks   map[domain.Field]strictyaml.Node // each field's entry
}

// Classification is which system the codes of a layer belong to; "" leaves it
// to be told from the layer.
type Classification string

// The classifications of land that plans are drawn in.
const (
	SurveyCodes   Classification = "survey"   // 三调工作分类
	PlanningCodes Classification = "planning" // 用地用海分类
)

// readLayers reads the part of the manifest that says which file plays which
// role and what its columns are called. A role may list several files, and an
// entry may stand under a layer's own name.
func (m *manifest) readLayers(n strictyaml.Node) error {
	return n.Entries(func(key string, k, v strictyaml.Node) error {
		a := assignment{role: domain.Role(key)}
		if !slices.Contains(domain.PlanRoles(), a.role) {
			if a.role = RoleOf(key, domain.PlanRoles()); a.role == "" {
				return unknownRole(k, domain.Role(key))
			}
			a.layer = key
		}
		if len(m.layers)+len(v.Content) > maxNamed {
			return tooManyNamed(v)
		}
		if v.List() {
			return v.Items(func(item strictyaml.Node) error { return m.readAssignment(a, item) })
		}
		return m.readAssignment(a, v)
	})
}

func unknownRole(k strictyaml.Node, role domain.Role) error {
	if slices.Contains(domain.BaseRoles(), role) {
		return k.InputError(
			geo.Textf("“%s”是底图图层，不属于方案", "%q is a base layer, not part of a plan", role),
			geo.Textf("请在底图中把图层命名为 %s", "Name the layer %s in the base data", role.Names()[0]))
	}
	var known []string
	for _, r := range domain.PlanRoles() {
		known = append(known, string(r))
	}
	return k.UnknownKey(string(role), known)
}

func (m *manifest) readAssignment(a assignment, n strictyaml.Node) error {
	a.fields, a.values, a.marks, a.where = map[domain.Field]string{}, map[domain.Field]map[string]string{}, map[domain.Field]strictyaml.Node{}, n
	if n.Scalar() && !n.Null() { // pbf_out: 调出地块.shp
		if err := intoFile(&a.file, n); err != nil {
			return err
		}
		m.layers = append(m.layers, a)
		return nil
	}
	var values strictyaml.Node
	err := n.Fields(
		fileField("file", &a.file),
		strictyaml.Field{Name: "fields", Read: a.readFields},
		strictyaml.Field{Name: "values", Read: func(n strictyaml.Node) error { values = n; return nil }},
		strictyaml.Field{Name: "classes", Read: a.readClasses},
	)
	if values.Given() { // after the columns that it may speak of
		err = strictyaml.Gather(nil, err, a.readValues(values))
		if _, told := a.fields[domain.Kind]; told {
			a.role = bothWays(a.role)
		}
	}
	m.layers = append(m.layers, a)
	return err
}

func (a *assignment) readClasses(n strictyaml.Node) error {
	var word string
	if err := into(&word, n); err != nil {
		return err
	}
	switch c := Classification(strings.ToLower(word)); c {
	case SurveyCodes, PlanningCodes:
		a.classes = c
		return nil
	}
	return n.Wrong(" survey（三调工作分类）或 planning（用地用海分类）", "survey (三调 working classification) or planning (用地用海 classification)")
}

func (a *assignment) readFields(n strictyaml.Node) error {
	known := a.known()
	return n.Entries(func(key string, k, v strictyaml.Node) error {
		if !slices.Contains(known, key) {
			return k.UnknownKey(key, known)
		}
		if v.Null() {
			return nil
		}
		var name string
		if err := into(&name, v); err != nil {
			return err
		}
		a.fields[domain.Field(key)], a.marks[domain.Field(key)] = name, v
		return nil
	})
}

// known are the fields of the assignment's role.
func (a *assignment) known() []string {
	var known []string
	for _, f := range domain.PlanFields() {
		if columns(a.role, f) != nil {
			known = append(known, string(f))
		}
	}
	return known
}
