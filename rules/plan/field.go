package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// columns are the accepted columns of a field in layers of a role, first wins;
// nil when the role has no such field.
func columns(r domain.Role, f domain.Field) []string {
	info, _ := domain.FieldOf(r, f)
	return info.Columns
}

// required reports whether a layer of the role cannot be judged without the field.
func required(r domain.Role, f domain.Field) bool {
	info, _ := domain.FieldOf(r, f)
	return info.Required
}

// column is a column that a layer has.
type column struct {
	name   string
	number bool // stored as a number: leading zeros are gone, and 0 may mean null
	place  int  // among the columns that a form asks for
}

// schema says where a layer keeps its fields.
type schema map[domain.Field][]column

// mapFields finds the fields of a role among a layer's columns. An override
// (field → column) replaces the accepted names.
func mapFields(l geo.Layer, r domain.Role, fields []domain.Field, override map[domain.Field]string) schema {
	s := schema{}
	for _, f := range fields {
		accepted := columns(r, f)
		if name, ok := override[f]; ok {
			accepted = []string{name}
		}
		for _, name := range accepted {
			if f == domain.ClassName && name == "DLMC" && namesBefore(l) && !classIsDLBM(r, override) {
				continue
			}
			if c, ok := findColumn(l, name); ok {
				s[f] = append(s[f], c)
			}
		}
	}
	return s
}

// namesBefore tells a DLMC that goes with a DLBM, which is what the land was.
func namesBefore(l geo.Layer) bool {
	_, ok := findColumn(l, "DLBM")
	return ok
}

// classIsDLBM tells whether the class of a layer is read from DLBM, so that DLMC
// is its name.
func classIsDLBM(r domain.Role, override map[domain.Field]string) bool {
	if name, ok := override[domain.ClassField]; ok {
		return strings.EqualFold(name, "DLBM")
	}
	return slices.Contains(columns(r, domain.ClassField), "DLBM")
}

func findColumn(l geo.Layer, name string) (column, bool) {
	fields := l.Fields()
	if i := geo.FieldIndex(fields, name); i >= 0 && name != "" {
		return column{name: fields[i].Name, number: fields[i].Type == geo.NumberField}, true
	}
	return column{}, false
}

func columnNames(l geo.Layer) string {
	var all []string
	for _, f := range l.Fields() {
		all = append(all, f.Name)
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, ", ")
}
