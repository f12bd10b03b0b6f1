package domain

import "landcheck/geo"

// planLayers are the roles of a plan's layers. The manual lists them
// (go generate ./api/manual).
func planLayers() []Layer {
	return []Layer{
		{Role: ProjectArea, Title: geo.Text{ZH: "整治区域", EN: "project area"},
			Holds: geo.Text{ZH: "整治区域的范围，必须有", EN: "the area that is consolidated; required"},
			Names: []string{"ZZQY", "ZZFW", "整治区域"}, Fields: []FieldInfo{idField("BSM", "TBBH")}},
		{Role: PBFOut, Change: true, Title: geo.Text{ZH: "永久基本农田调出", EN: "PBF out"},
			Holds: geo.Text{ZH: "调出永久基本农田的土地", EN: "land that leaves permanent basic farmland"},
			Names: []string{"YJJBNTTC", "TCTB", "调出", "永久基本农田调出"}, Fields: with(changeFields(), dateField("DCRQ"))},
		{Role: PBFIn, Change: true, Title: geo.Text{ZH: "永久基本农田补划", EN: "PBF in"},
			Holds: geo.Text{ZH: "补划为永久基本农田的土地", EN: "land that enters permanent basic farmland in its place"},
			Names: []string{"YJJBNTBH", "BHTB", "DRTB", "补划", "调入", "永久基本农田补划"}, Fields: with(changeFields(), dateField("YSRQ"))},
		{Role: PBFChange, Title: geo.Text{ZH: "永久基本农田调整", EN: "PBF out and in"},
			Holds: geo.Text{ZH: "调出和补划在同一图层中", EN: "both in one layer"},
			Names: []string{"JBNTHRHC"},
			Fields: append(with(changeFields(), idField("BSM", "TBBH", "HRHCTBBH")), kindField("HRHCLXDM", []string{"0", "1", "2"},
				geo.Text{ZH: "1 补划，2 调出，0 不变", EN: "1 in, 2 out, 0 as it was"}))},
		{Role: PBFAdjusted, Title: geo.Text{ZH: "永久基本农田调整图斑", EN: "PBF adjustment"},
			Holds: geo.Text{ZH: "国家试点标准：调出和补划在同一图层中，并说明调整后的地类", EN: "national pilot's schema: both in one layer, with the class after"},
			Names: []string{"YJJBNTTZTB", "永久基本农田调整图斑"}, Fields: adjustmentFields()},
		{Role: LandUseChange, Change: true, Title: geo.Text{ZH: "地类变更", EN: "land-use change"},
			Holds: geo.Text{ZH: "地类改变的土地", EN: "land whose class changes"},
			Names: []string{"DLBG", "DLBGTB", "地类变更"}, Fields: with(changeFields(), required(classAfter()))},
		{Role: LandUseAfter, Title: geo.Text{ZH: "整治后地类图斑", EN: "land use after"},
			Holds: geo.Text{ZH: "国家试点标准：整治区域整治后的全部地类，代替地类变更", EN: "national pilot's schema: the whole land use of the project area after the plan, in place of land-use change"},
			Names: []string{"SDQYZZHDLTB", "ZZHDLTB", "整治后地类图斑"}, Fields: afterFields()},
		{Role: UrbanChange, Title: geo.Text{ZH: "城镇开发边界调整", EN: "urban boundary change"},
			Holds: geo.Text{ZH: "划入、划出城镇开发边界的土地", EN: "land that enters or leaves the urban boundary"},
			Names: []string{"CZKFBJTZ"}, Fields: append(changeFields(), kindField("TZLX", []string{"1", "2"}, addedRemoved))},
		{Role: UrbanAdded, Change: true, Title: geo.Text{ZH: "城镇开发边界增加", EN: "urban boundary added"}, Fields: changeFields()},
		{Role: UrbanRemoved, Change: true, Title: geo.Text{ZH: "城镇开发边界减少", EN: "urban boundary removed"}, Fields: changeFields()},
		{Role: RedChange, Title: geo.Text{ZH: "生态保护红线调整", EN: "red line change"},
			Holds: geo.Text{ZH: "划入、划出生态保护红线的土地", EN: "land that enters or leaves the red line"},
			Names: []string{"STBHHXTZ"}, Fields: append(changeFields(), kindField("TZLX", []string{"1", "2"}, addedRemoved))},
		{Role: RedAdded, Change: true, Title: geo.Text{ZH: "生态保护红线增加", EN: "red line added"}, Fields: changeFields()},
		{Role: RedRemoved, Change: true, Title: geo.Text{ZH: "生态保护红线减少", EN: "red line removed"}, Fields: changeFields()},
	}
}

var addedRemoved = geo.Text{ZH: "1 增加，2 减少", EN: "1 added, 2 removed"}

// changeFields are what a change may say of its land after the plan.
func changeFields() []FieldInfo {
	return []FieldInfo{
		idField("BSM", "TBBH"),
		classAfter(),
		{Field: ClassName, Columns: []string{"BGHDLMC", "GHDLMC", "TZHDLMC", "DLMC"}, Type: TextType, Title: geo.Text{ZH: "变更后地类名称", EN: "name of the class after"},
			Note: geo.Text{ZH: "与编码核对", EN: "held against the code"}},
		{Field: YearField, Columns: []string{"NF", "SJNF"}, Type: IntegerType, Min: 2000, Max: 2100, Title: geo.Text{ZH: "生效年份", EN: "year in which the change takes effect"}},
		dateField("YSRQ", "DCRQ"),
		{Field: Area, Columns: []string{"MJ"}, Type: NumberType, Unit: "m²", Title: geo.Text{ZH: "申报面积", EN: "declared area"},
			Note: geo.Text{ZH: "椭球面积", EN: "ellipsoidal"}},
		{Field: SurveyedArea, Columns: []string{"SCMJ"}, Type: NumberType, Unit: "m²", Title: geo.Text{ZH: "实测面积", EN: "surveyed area"}},
		{Field: SurveyMethod, Columns: []string{"SCFF"}, Type: CodeType, Codes: SurveyMethods(), Title: geo.Text{ZH: "实测方法", EN: "method of the survey"}},
		{Field: SurveyDate, Columns: []string{"SCRQ"}, Type: DateType, Title: geo.Text{ZH: "实测日期", EN: "date of the survey"}},
		gradeField("ZLDB"),
		slopeField("GDPDJB"),
		ridgeField(),
		refinementField(),
		{Field: Purpose, Columns: []string{"YT"}, Type: CodeType, Codes: Purposes(), Title: geo.Text{ZH: "用途", EN: "purpose of new construction"}},
		{Field: SubProject, Columns: []string{"XMBH"}, Type: TextType, Title: geo.Text{ZH: "子项目编号", EN: "number of the sub-project"}},
	}
}

func idField(columns ...string) FieldInfo {
	return FieldInfo{Field: ID, Columns: columns, Type: TextType, Title: geo.Text{ZH: "标识码", EN: "id"},
		Note: geo.Text{ZH: "图层内唯一；没有时用记录号", EN: "unique in its layer; else the record number serves"}}
}

func classAfter() FieldInfo {
	return FieldInfo{Field: ClassField, Columns: []string{"BGHDLBM", "GHDLBM"}, Type: CodeType, Title: geo.Text{ZH: "变更后地类编码", EN: "land class after"},
		Note: geo.Text{ZH: "三调工作分类；GHDLBM 为用地用海分类", EN: "三调 working classification; in GHDLBM 用地用海分类"}}
}

func dateField(columns ...string) FieldInfo {
	return FieldInfo{Field: DateField, Columns: columns, Type: DateType, Title: geo.Text{ZH: "验收或调出日期", EN: "date of acceptance or of taking out"},
		Note: geo.Text{ZH: "YSRQ 验收，DCRQ 调出", EN: "YSRQ acceptance, DCRQ taking out"}}
}

func kindField(column string, codes []string, note geo.Text) FieldInfo {
	return FieldInfo{Field: Kind, Columns: []string{column}, Type: CodeType, Codes: codes, Required: true,
		Title: geo.Text{ZH: "变更类型", EN: "kind of change"}, Note: note}
}

func gradeField(columns ...string) FieldInfo {
	return FieldInfo{Field: Grade, Columns: columns, Type: IntegerType, Min: 1, Max: 15, Title: geo.Text{ZH: "质量等别", EN: "quality grade"},
		Note: geo.Text{ZH: "1 最好", EN: "1 is best"}}
}

func slopeField(columns ...string) FieldInfo {
	return FieldInfo{Field: Slope, Columns: columns, Type: IntegerType, Min: 1, Max: 5, Title: geo.Text{ZH: "坡度级别", EN: "slope class"},
		Note: geo.Text{ZH: "1 ≤2°，2 ≤6°，3 ≤15°，4 ≤25°，5 >25°", EN: "1 ≤2°, 2 ≤6°, 3 ≤15°, 4 ≤25°, 5 >25°"}}
}

func ridgeField() FieldInfo {
	return FieldInfo{Field: Ridge, Columns: []string{"KCXS"}, Type: NumberType, Max: 1, Title: geo.Text{ZH: "扣除地类系数", EN: "ridge coefficient"},
		Note: geo.Text{ZH: "0 ≤ x < 1", EN: "0 ≤ x < 1"}}
}

func refinementField() FieldInfo {
	return FieldInfo{Field: Refinement, Columns: []string{"TBXHDM"}, Type: CodeType, Codes: Refinements(), Title: geo.Text{ZH: "图斑细化代码", EN: "refinement code"}}
}

func required(f FieldInfo) FieldInfo {
	f.Required = true
	return f
}

// with puts fields in place of those of the same meaning.
func with(list []FieldInfo, own ...FieldInfo) []FieldInfo {
	for _, o := range own {
		for i := range list {
			if list[i].Field == o.Field {
				list[i] = o
			}
		}
	}
	return list
}
