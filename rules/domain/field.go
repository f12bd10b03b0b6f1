package domain

import "landcheck/geo"

// Field is what a column says, whatever it is called. The values are the keys
// of fields: in plan.yaml.
type Field string

// The fields of plan and base layers.
const (
	ID           Field = "id"
	ClassField   Field = "class" // land class; after the change in a plan layer
	ClassBefore  Field = "class_before"
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

// FieldType is how a field's values are written.
type FieldType string

// The types. A number stored as text is read as a number.
const (
	TextType    FieldType = "text"
	CodeType    FieldType = "code"    // one of Codes, or of a classification
	IntegerType FieldType = "integer" // of Min to Max
	NumberType  FieldType = "number"  // of Min to Max
	DateType    FieldType = "date"    // YYYYMMDD, YYYY-MM-DD or a DBF date
)

// FieldInfo is a field in the layers of one role.
type FieldInfo struct {
	Field    Field
	Columns  []string // accepted names, the first that a layer has wins
	Title    geo.Text
	Type     FieldType
	Unit     string   // "m²", "" none
	Codes    []string // nil: no list of its own
	Min, Max float64  // both 0: no bounds of its own
	Required bool     // a layer without it cannot be judged
	Note     geo.Text // what the title does not say
}

// FieldsOf are the fields of a role's layers. Not to be changed.
func FieldsOf(r Role) []FieldInfo { return layers[r].Fields }

// FieldOf is a field in the layers of a role; false when they have none such.
func FieldOf(r Role, f Field) (FieldInfo, bool) {
	for _, info := range layers[r].Fields {
		if info.Field == f {
			return info, true
		}
	}
	return FieldInfo{}, false
}

// PlanFields are the fields that some plan layer may have.
func PlanFields() []Field {
	var all []Field
	for _, info := range changeFields() {
		all = append(all, info.Field)
	}
	return append(all, ClassBefore, Kind)
}
