package domain

import "landcheck/geo"

// The words of TZLX in the national pilot's layer of adjusted farmland.
const (
	AdjustedOut  = "调出"
	AdjustedIn   = "调入"
	AdjustedInto = "补划" // as AdjustedIn
)

// adjustmentFields are those of the national pilot's YJJBNTTZTB (README of
// rules/plan, The national pilot's layers).
func adjustmentFields() []FieldInfo {
	kind := kindField("TZLX", []string{AdjustedOut, AdjustedIn, AdjustedInto}, geo.Text{
		ZH: "其他写法在 plan.yaml 的 values: 中说明", EN: "values: in plan.yaml says what other words mean"})
	fields := with(changeFields(),
		idField("TZYNDKBH", "BSM", "TBBH"),
		field(classAfter(), "TZHDLBM", "BGHDLBM", "GHDLBM"),
		FieldInfo{Field: Area, Columns: []string{"TZYNDKMJ", "MJ"}, Type: NumberType, Unit: "m²", Title: geo.Text{ZH: "申报面积", EN: "declared area"},
			Note: geo.Text{ZH: "椭球面积", EN: "ellipsoidal"}})
	return append(fields, kind, FieldInfo{Field: ClassBefore, Columns: []string{"TZQDLBM"}, Type: CodeType,
		Title: geo.Text{ZH: "调整前地类编码", EN: "land class before"}, Note: geo.Text{ZH: "与底图核对", EN: "held against the base data"}})
}

// afterFields are those of the national pilot's SDQYZZHDLTB: a DLTB with what a
// change may say beside.
func afterFields() []FieldInfo {
	return with(changeFields(),
		required(field(classAfter(), "DLBM", "GHDLBM")),
		FieldInfo{Field: ClassName, Columns: []string{"DLMC", "GHDLMC"}, Type: TextType, Title: geo.Text{ZH: "地类名称", EN: "name of the class"},
			Note: geo.Text{ZH: "与编码核对", EN: "held against the code"}},
		FieldInfo{Field: Area, Columns: []string{"TBMJ", "MJ"}, Type: NumberType, Unit: "m²", Title: geo.Text{ZH: "图斑面积", EN: "area of the parcel"},
			Note: geo.Text{ZH: "椭球面积；只有部分变更的图斑按比例计", EN: "ellipsoidal; a parcel that changes in part counts by its share"}},
		gradeField("XZGDDB", "ZLDB"),
		FieldInfo{Field: SubProject, Columns: []string{"XMBH", "XZGDLYXM"}, Type: TextType, Title: geo.Text{ZH: "子项目编号", EN: "number of the sub-project"}})
}

// field is a field under other columns.
func field(f FieldInfo, columns ...string) FieldInfo {
	f.Columns = columns
	return f
}
