package plan

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"landcheck/geo"
)

// readLayers reads the part of the manifest that says which file plays which
// role and what its columns are called. A role may list several files.
func (m *manifest) readLayers(n node) error {
	return n.entries(func(key string, k, v node) error {
		role := Role(key)
		if !slices.Contains(PlanRoles(), role) {
			return unknownRole(k, role)
		}
		if v.Kind == yaml.SequenceNode {
			return v.items(func(item node) error { return m.readAssignment(role, item) })
		}
		return m.readAssignment(role, v)
	})
}

func unknownRole(k node, role Role) error {
	if slices.Contains(BaseRoles(), role) {
		return k.fault(
			geo.Textf("“%s”是底图图层，不属于方案", "%q is a base layer, not part of a plan", role),
			geo.Textf("请在 --base 的数据中把图层命名为 %s", "Name the layer %s in the data of --base", names(role)[0]))
	}
	var known []string
	for _, r := range PlanRoles() {
		known = append(known, string(r))
	}
	return k.unknown(string(role), known)
}

func (m *manifest) readAssignment(role Role, n node) error {
	a := assignment{role: role, fields: map[Field]string{}, marks: map[Field]node{}, where: n}
	if n.Kind == yaml.ScalarNode && !n.null() { // pbf_out: 调出地块.shp
		if err := intoFile(&a.file, n); err != nil {
			return err
		}
		m.layers = append(m.layers, a)
		return nil
	}
	err := n.fields(map[string]func(node) error{
		"file":   func(n node) error { return intoFile(&a.file, n) },
		"fields": a.readFields,
	}, []string{"file", "fields"})
	m.layers = append(m.layers, a)
	return err
}

func (a *assignment) readFields(n node) error {
	var known []string
	for _, f := range planFields() {
		if columns(a.role, f) != nil {
			known = append(known, string(f))
		}
	}
	return n.entries(func(key string, k, v node) error {
		if !slices.Contains(known, key) {
			return k.unknown(key, known)
		}
		if v.null() {
			return nil
		}
		var name string
		if err := into(&name, v); err != nil {
			return err
		}
		a.fields[Field(key)], a.marks[Field(key)] = name, v
		return nil
	})
}
