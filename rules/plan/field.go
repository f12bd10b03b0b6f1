package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
)

// Field is what a column says, whatever it is called. The values are the keys
// of fields: in plan.yaml.
type Field string

// The fields of plan and base layers.
const (
	ID           Field = "id"
	ClassField   Field = "class"      // land class; after the change in a plan layer
	ClassName    Field = "class_name" // the name of the class, beside its code
	YearField    Field = "year"
	DateField    Field = "date"
	Area         Field = "area" // declared, m²
	SurveyedArea Field = "surveyed_area"
	SurveyMethod Field = "survey_method"
	SurveyDate   Field = "survey_date"
	Grade        Field = "grade"
	Slope        Field = "slope"
	Ridge        Field = "ridge"
	Refinement   Field = "refinement"
	Purpose      Field = "purpose"
	SubProject   Field = "subproject"
	Kind         Field = "kind" // in or out, added or removed: HRHCLXDM, TZLX
	UnitField    Field = "unit" // ZLDWDM
	CodeField    Field = "code" // XZQDM
	NameField    Field = "name"
	NetArea      Field = "net_area"   // YJJBNTMJ
	GrossArea    Field = "gross_area" // TBMJ, YJJBNTTBMJ
)

// planFields are the fields that a plan layer may have.
func planFields() []Field {
	return []Field{ID, ClassField, ClassName, YearField, DateField, Area, SurveyedArea, SurveyMethod,
		SurveyDate, Grade, Slope, Ridge, Refinement, Purpose, SubProject, Kind}
}

// columns are the accepted columns of a field in layers of a role, first wins;
// nil when the role has no such field.
func columns(r Role, f Field) []string {
	if r == ProjectArea && f != ID {
		return nil
	}
	if slices.Contains(BaseRoles(), r) {
		return baseColumns(r, f)
	}
	switch f {
	case ID:
		if r == PBFChange {
			return []string{"BSM", "TBBH", "HRHCTBBH"}
		}
		return []string{"BSM", "TBBH"}
	case ClassField:
		return []string{"BGHDLBM", "GHDLBM"}
	case ClassName:
		return []string{"BGHDLMC", "GHDLMC", "TZHDLMC", "DLMC"}
	case YearField:
		return []string{"NF", "SJNF"}
	case DateField:
		switch r {
		case PBFOut:
			return []string{"DCRQ"}
		case PBFIn:
			return []string{"YSRQ"}
		}
		return []string{"YSRQ", "DCRQ"}
	case Area:
		return []string{"MJ"}
	case SurveyedArea:
		return []string{"SCMJ"}
	case SurveyMethod:
		return []string{"SCFF"}
	case SurveyDate:
		return []string{"SCRQ"}
	case Grade:
		return []string{"ZLDB"}
	case Slope:
		return []string{"GDPDJB"}
	case Ridge:
		return []string{"KCXS"}
	case Refinement:
		return []string{"TBXHDM"}
	case Purpose:
		return []string{"YT"}
	case SubProject:
		return []string{"XMBH"}
	case Kind:
		switch r {
		case PBFChange:
			return []string{"HRHCLXDM"}
		case UrbanChange, RedChange:
			return []string{"TZLX"}
		}
	}
	return nil
}

func baseColumns(r Role, f Field) []string {
	if f == ID {
		return []string{"BSM", "TBBH"}
	}
	switch r {
	case Townships:
		switch f {
		case CodeField:
			return []string{"XZQDM"}
		case NameField:
			return []string{"XZQMC"}
		}
	case Villages:
		switch f {
		case CodeField:
			return []string{"ZLDWDM"}
		case NameField:
			return []string{"ZLDWMC"}
		}
	case UrbanBoundary:
		if f == NameField {
			return []string{"GHFQMC"}
		}
	case LandUse, PBF:
		return parcelColumns(r, f)
	}
	return nil
}

func parcelColumns(r Role, f Field) []string {
	switch f {
	case ClassField:
		return []string{"DLBM"}
	case UnitField:
		return []string{"ZLDWDM"}
	case Ridge:
		return []string{"KCXS"}
	case Refinement:
		return []string{"TBXHDM"}
	}
	if r == LandUse {
		switch f {
		case Slope:
			return []string{"GDPDJB"}
		case Grade:
			return []string{"GDDB"}
		case GrossArea:
			return []string{"TBMJ"}
		}
		return nil
	}
	switch f {
	case Slope:
		return []string{"GDPDJB", "PDJB"}
	case Grade:
		return []string{"ZLDB", "ZLDJDM"}
	case NetArea:
		return []string{"YJJBNTMJ", "JBNTMJ"}
	case GrossArea:
		return []string{"YJJBNTTBMJ"}
	}
	return nil
}

// required reports whether a layer of the role cannot be judged without the field.
func required(r Role, f Field) bool {
	switch r {
	case LandUseChange, LandUse:
		return f == ClassField
	case PBFChange, UrbanChange, RedChange:
		return f == Kind
	case Townships, Villages:
		return f == CodeField
	}
	return false
}

// column is a column that a layer has.
type column struct {
	name   string
	number bool // stored as a number: leading zeros are gone, and 0 may mean null
	place  int  // among the columns that a form asks for
}

// schema says where a layer keeps its fields.
type schema map[Field][]column

// mapFields finds the fields of a role among a layer's columns. An override
// (field → column) replaces the accepted names.
func mapFields(l geo.Layer, r Role, fields []Field, override map[Field]string) schema {
	s := schema{}
	for _, f := range fields {
		accepted := columns(r, f)
		if name, ok := override[f]; ok {
			accepted = []string{name}
		}
		for _, name := range accepted {
			if f == ClassName && name == "DLMC" && namesBefore(l) && !strings.EqualFold(override[ClassField], "DLBM") {
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

func findColumn(l geo.Layer, name string) (column, bool) {
	for _, f := range l.Fields() {
		if strings.EqualFold(f.Name, name) {
			return column{name: f.Name, number: f.Type == geo.NumberField}, true
		}
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
