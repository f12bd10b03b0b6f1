package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// layerAssignment is a layer in a role.
type layerAssignment struct {
	role     domain.Role
	layer    geo.Layer
	override map[domain.Field]string
	values   map[domain.Field]map[string]string
	classes  Classification
	crs      geo.CRS
	origin   origin
}

// take gives a source what the manifest says of it.
func (s *layerAssignment) take(a assignment) {
	if a.role != "" {
		s.role = a.role
	}
	s.override, s.values, s.classes = a.fields, a.values, a.classes
}

// unusedLayer is a polygon layer of the package that plays no role; role is the one
// that its name says although the manifest names another file for it.
type unusedLayer struct {
	layer geo.Layer
	role  domain.Role
}

// assign gives layers their roles: those that the manifest names, then the
// rest by their names; several of one role are joined. A role for which the
// manifest names a file takes no layer by name. Sources come by role, then by
// name. roleOf says which role a layer's name, or its container's, means.
func assign(layers []geo.Layer, m *manifest, roleOf func(geo.Layer) domain.Role) ([]layerAssignment, []unusedLayer, error) {
	var sources []layerAssignment
	var rest []unusedLayer
	named := map[domain.Role]bool{}
	used := map[geo.Layer]bool{}
	var wrong []error
	for _, a := range m.layers {
		if a.file == "" {
			continue
		}
		l, err := findLayer(layers, a)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		s := layerAssignment{layer: l}
		s.take(a)
		sources = append(sources, s)
		named[a.role], used[l] = true, true
	}
	if err := strictyaml.Gather(nil, wrong...); err != nil {
		return nil, nil, err
	}
	for _, l := range layers {
		if used[l] {
			continue
		}
		switch role := roleOf(l); {
		case role == "" || named[role]:
			rest = append(rest, unusedLayer{layer: l, role: role})
		default:
			s := layerAssignment{role: role, layer: l}
			for _, a := range m.layers {
				if a.layer == "" && a.of(l, role, layers) {
					s.take(a)
				}
			}
			for _, a := range m.layers { // what is said of the layer itself wins
				if a.layer != "" && a.of(l, role, layers) {
					s.take(a)
				}
			}
			sources = append(sources, s)
		}
	}
	slices.SortStableFunc(sources, func(a, b layerAssignment) int {
		return cmp.Or(cmp.Compare(slices.Index(domain.PlanRoles(), a.role), slices.Index(domain.PlanRoles(), b.role)),
			strings.Compare(a.layer.Name(), b.layer.Name()), strings.Compare(a.layer.File(), b.layer.File()))
	})
	if err := checkColumns(sources, m); err != nil {
		return nil, nil, err
	}
	return sources, rest, nil
}

// of reports whether an entry without a file speaks of a layer of that role. A
// layer's own name means the layer that is called exactly so, where there is
// one, and else its copies and parts.
func (a assignment) of(l geo.Layer, role domain.Role, all []geo.Layer) bool {
	called := func(l geo.Layer) bool { return strings.EqualFold(a.layer, l.Name()) }
	switch {
	case a.file != "":
		return false
	case a.layer == "":
		return a.role == role || a.role == bothWays(role)
	case slices.ContainsFunc(all, called):
		return called(l)
	}
	return BareName(a.layer) == BareName(l.Name())
}

// findLayer is the layer that a manifest's file names: the path inside the
// package, a part of its end, or without the ending.
func findLayer(layers []geo.Layer, a assignment) (geo.Layer, error) {
	var found []geo.Layer
	depth := 0
	for _, l := range layers {
		extra, ok := matches(l, a.file)
		switch {
		case !ok || len(found) > 0 && extra > depth:
		case len(found) > 0 && extra == depth:
			found = append(found, l)
		default:
			found, depth = []geo.Layer{l}, extra
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	list := fileList(layers)
	if len(found) > 1 {
		return nil, a.where.InputError(
			geo.Textf("“%s”对应多个图层", "%q means several layers", shorten(a.file)),
			geo.Textf("请写出完整路径：%s", "Write the whole path: %s", fileList(found)))
	}
	return nil, a.where.InputError(
		geo.Textf("没有图层“%s”", "there is no layer %q", shorten(a.file)),
		geo.Textf("现有图层：%s", "The layers there are %s", list))
}

func fileList(layers []geo.Layer) string {
	const max = 20
	var all []string
	for i, l := range layers {
		if i == max {
			all = append(all, fmt.Sprintf("… (%d)", len(layers)))
			break
		}
		all = append(all, l.File())
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, ", ")
}

// matches compares a path with the end of a layer's, case and ending aside,
// and counts the folders that the path leaves out.
func matches(l geo.Layer, file string) (extra int, ok bool) {
	slashed := fold(strings.NewReplacer(`\`, "/", "!", "/").Replace(l.File()))
	file = fold(strings.ReplaceAll(file, "!", "/"))
	container, _, _ := cutLast(slashed, "/")
	candidates := []string{slashed, trimEnding(slashed)}
	if trimEnding(container) != container { // the one table of a .gpkg
		candidates = append(candidates, container)
	}
	for _, c := range candidates {
		if c == file {
			return 0, true
		}
		if strings.HasSuffix(c, "/"+file) {
			return strings.Count(c[:len(c)-len(file)-1], "/") + 1, true
		}
	}
	return 0, false
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

func trimEnding(s string) string {
	for _, end := range catalog.Endings() {
		if strings.HasSuffix(s, end) {
			return strings.TrimSuffix(s, end)
		}
	}
	return s
}

// checkColumns sees that every column that the manifest names is there, and
// that no layer lacks a column without which it cannot be judged.
func checkColumns(sources []layerAssignment, m *manifest) error {
	var wrong []error
	for _, a := range m.layers {
		for _, f := range domain.PlanFields() {
			name, ok := a.fields[f]
			if !ok {
				continue
			}
			for _, s := range sources {
				if s.role != a.role || s.override[f] != name || s.layer.Len() == 0 && len(s.layer.Fields()) == 0 {
					continue
				}
				if _, ok := findColumn(s.layer, name); !ok {
					wrong = append(wrong, a.marks[f].InputError(
						geo.Textf("图层 %s 没有字段“%s”", "layer %s has no field %q", s.layer.File(), name),
						geo.Textf("该图层的字段：%s", "Its fields are %s", columnNames(s.layer))))
				}
			}
		}
	}
	if err := strictyaml.Gather(nil, wrong...); err != nil {
		return err
	}
	for _, s := range sources {
		if err := checkRequired(s.layer, s.role, s.override); err != nil {
			return err
		}
	}
	return nil
}

func checkRequired(l geo.Layer, r domain.Role, override map[domain.Field]string) error {
	if l.Len() == 0 {
		return nil
	}
	for _, f := range []domain.Field{domain.ClassField, domain.Kind, domain.CodeField} {
		if !required(r, f) || len(mapFields(l, r, []domain.Field{f}, override)) > 0 {
			continue
		}
		want := columns(r, f)[0]
		inputErr := &geo.InputError{
			File: l.File(), Field: want,
			Message: geo.Textf("缺少必填字段 %s（%s），该图层无法核查", "the required field %s (%s) is missing, so the layer cannot be judged", want, f),
			Advice:  geo.Textf("该图层的字段：%s。请补上字段 %s", "Its fields are %s. Add the field %s", columnNames(l), want),
		}
		if len(l.Fields()) == 0 {
			inputErr.Message = geo.Textf("图层没有任何属性字段，缺少必填的 %s（%s），该图层无法核查", "the layer has no attributes at all, so the required field %s (%s) is missing and it cannot be judged", want, f)
			inputErr.Advice = geo.Text{ZH: "Shapefile 须连同 .dbf 一起提供；请重新导出该图层", EN: "A Shapefile needs its .dbf beside it: export the layer again, whole"}
			return inputErr
		}
		if slices.Contains(domain.PlanRoles(), r) {
			inputErr.Advice.ZH += fmt.Sprintf("，或在 plan.yaml 中写 layers: {%s: {fields: {%s: 字段名}}}", r, f)
			inputErr.Advice.EN += fmt.Sprintf(", or write in plan.yaml layers: {%s: {fields: {%s: COLUMN}}}", r, f)
		}
		return inputErr
	}
	return nil
}
