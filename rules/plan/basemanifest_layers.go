package plan

import (
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// readLayer reads what base.yaml says of a role or, under its own name, of a layer:
// its file, what its columns are called, in which system its codes are written.
func (m *BaseManifest) readLayer(key string, k, v strictyaml.Node) error {
	a := assignment{role: RoleOf(key, domain.BaseRoles()), layer: key}
	if a.role == "" || slices.Contains(domain.BaseRoles(), domain.Role(key)) {
		role, err := baseRole(k, key)
		if err != nil {
			return err
		}
		a.role, a.layer = role, ""
	}
	if v.Null() {
		return nil
	}
	add := func(n strictyaml.Node) error {
		a := a
		a.fields, a.marks, a.where = map[domain.Field]string{}, map[domain.Field]strictyaml.Node{}, n
		var err error
		if n.Scalar() {
			err = intoFile(&a.file, n)
		} else {
			keys := []strictyaml.Field{fileField("file", &a.file), {Name: "fields", Read: func(n strictyaml.Node) error { return n.Entries(a.readBaseField) }}}
			if columns(a.role, domain.ClassField) != nil {
				keys = append(keys, strictyaml.Field{Name: "classes", Read: a.readClasses})
			}
			err = n.Fields(keys...)
		}
		m.layers = append(m.layers, a)
		return err
	}
	if v.List() {
		return v.Items(add)
	}
	return add(v)
}

func (a *assignment) readBaseField(key string, k, v strictyaml.Node) error {
	var known []string
	for _, f := range BaseFields() {
		if columns(a.role, f) != nil {
			known = append(known, string(f))
		}
	}
	if !slices.Contains(known, key) {
		return k.UnknownKey(key, known)
	}
	name, err := v.Text()
	if err == nil {
		a.fields[domain.Field(key)], a.marks[domain.Field(key)] = name, v
	}
	return err
}

// take gives a layer what an entry of base.yaml says of it. A column that is not
// there is an input error.
func (f *foundLayers) take(l geo.Layer, a assignment) error {
	var wrong []error
	for _, field := range slices.Sorted(maps.Keys(a.fields)) {
		if _, ok := findColumn(l, a.fields[field]); !ok {
			wrong = append(wrong, a.marks[field].InputError(
				geo.Textf("图层 %s 没有字段“%s”", "layer %s has no field %q", l.File(), a.fields[field]),
				geo.Textf("该图层的字段：%s", "Its fields are %s", columnNames(l))))
		}
	}
	f.override[l], f.classes[l] = a.fields, a.classes
	return strictyaml.Gather(nil, wrong...)
}

// takeByName gives the layers that play a role by their names what base.yaml says
// of the role or of the layer itself, which wins. An entry that speaks of no layer
// is an input error: what it says would be passed over.
func (f *foundLayers) takeByName(all []geo.Layer, named map[geo.Layer]bool) error {
	var wrong []error
	spoken := make([]bool, len(f.manifest.layers))
	for _, own := range []bool{false, true} {
		for i, a := range f.manifest.layers {
			if a.file != "" || own != (a.layer != "") {
				continue
			}
			for _, l := range f.layers[a.role] {
				if !named[l] && a.of(l, a.role, all) {
					wrong, spoken[i] = append(wrong, f.take(l, a)), true
				}
			}
			if !spoken[i] {
				wrong = append(wrong, a.where.InputError(
					geo.Textf("底图中没有这里所说的图层（%s）", "the base has no layer that this speaks of (%s)", accepted([]domain.Role{a.role})),
					geo.Textf("请写明 file。现有图层：%s", "Name its file. The layers there are %s", fileList(all))))
			}
		}
	}
	return strictyaml.Gather(nil, wrong...)
}
