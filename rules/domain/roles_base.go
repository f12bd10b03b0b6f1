package domain

import "landcheck/geo"

// baseLayers are the roles of base layers, core ones first. A layer that land lies in or does not (Flag)
// needs nothing beside its row here and its flag in the ledger's State.
func baseLayers() []Layer {
	flag := func(role Role, title geo.Text, names ...string) Layer {
		return Layer{Role: role, Base: true, Flag: true, Title: title, Names: names, Fields: []FieldInfo{idField("BSM", "TBBH")}}
	}
	return []Layer{
		{Role: Townships, Base: true, Core: true, Title: geo.Text{ZH: "乡镇", EN: "townships"},
			Names: []string{"XZQ", "行政区"},
			Fields: []FieldInfo{idField("BSM", "TBBH"),
				{Field: CodeField, Columns: []string{"XZQDM"}, Type: TextType, Required: true, Title: geo.Text{ZH: "行政区代码", EN: "administrative code"}, Note: geo.Text{ZH: "9 位或更长", EN: "9 digits or more"}},
				{Field: NameField, Columns: []string{"XZQMC"}, Type: TextType, Title: geo.Text{ZH: "行政区名称", EN: "name"}}}},
		{Role: LandUse, Base: true, Core: true, Title: geo.Text{ZH: "地类图斑", EN: "land use"},
			Names:  []string{"DLTB", "地类图斑"},
			Fields: append(parcelFields(required(classBefore())), slopeField("GDPDJB"), gradeField("GDDB"), grossField("TBMJ"))},
		{Role: PBF, Base: true, Core: true, Title: geo.Text{ZH: "永久基本农田", EN: "permanent basic farmland"},
			Names: []string{"YJJBNTTB", "YJJBNTBHTB", "JBNTBHTB", "永久基本农田图斑"},
			Fields: append(parcelFields(classBefore()), slopeField("GDPDJB", "PDJB"), gradeField("ZLDB", "ZLDJDM"), grossField("YJJBNTTBMJ"),
				FieldInfo{Field: NetArea, Columns: []string{"YJJBNTMJ", "JBNTMJ"}, Type: NumberType, Unit: "m²", Title: geo.Text{ZH: "永久基本农田面积", EN: "net area as PBF"}, Note: geo.Text{ZH: "扣除田坎后", EN: "net of ridges"}})},
		{Role: RedLine, Base: true, Core: true, Title: geo.Text{ZH: "生态保护红线", EN: "ecological red line"},
			Names: []string{"STBHHX", "生态保护红线"}, Fields: []FieldInfo{idField("BSM", "TBBH")}},
		{Role: UrbanBoundary, Base: true, Core: true, Title: geo.Text{ZH: "城镇开发边界", EN: "urban boundary"},
			Names:  []string{"CZKFBJ", "CSKFBJ", "城镇开发边界"},
			Fields: []FieldInfo{idField("BSM", "TBBH"), {Field: NameField, Columns: []string{"GHFQMC"}, Type: TextType, Title: geo.Text{ZH: "规划分区名称", EN: "name of the planning zone"}}}},
		{Role: Villages, Base: true, Title: geo.Text{ZH: "嘎查村", EN: "villages"},
			Names: []string{"CJDCQ", "村级调查区"},
			Fields: []FieldInfo{idField("BSM", "TBBH"),
				{Field: CodeField, Columns: []string{"ZLDWDM"}, Type: TextType, Required: true, Title: geo.Text{ZH: "坐落单位代码", EN: "administrative code"}, Note: geo.Text{ZH: "12 位或更长", EN: "12 digits or more"}},
				{Field: NameField, Columns: []string{"ZLDWMC"}, Type: TextType, Title: geo.Text{ZH: "坐落单位名称", EN: "name"}}}},
		flag(BasicGrassland, geo.Text{ZH: "基本草原", EN: "basic grassland"}, "JBCY", "基本草原"),
		flag(Heritage, geo.Text{ZH: "历史文化保护线", EN: "heritage protection"}, "LSWHBHX", "历史文化保护线"),
		flag(Shelterbelt, geo.Text{ZH: "防护林带", EN: "shelterbelts"}, "FHLD", "防护林带"),
		flag(PBFReserve, geo.Text{ZH: "永久基本农田储备区", EN: "PBF reserve"}, "YJJBNTCBQ", "永久基本农田储备区"),
		flag(WaterManagement, geo.Text{ZH: "河湖管理范围", EN: "water management area"}, "HHGLFW", "河湖管理范围"),
	}
}

// parcelFields are what land use and permanent basic farmland both say of a
// parcel.
func parcelFields(class FieldInfo) []FieldInfo {
	return []FieldInfo{idField("BSM", "TBBH"), class,
		{Field: UnitField, Columns: []string{"ZLDWDM"}, Type: TextType, Title: geo.Text{ZH: "坐落单位代码", EN: "code of the village it lies in"}},
		ridgeField(), refinementField()}
}

func classBefore() FieldInfo {
	return FieldInfo{Field: ClassField, Columns: []string{"DLBM"}, Type: CodeType, Title: geo.Text{ZH: "地类编码", EN: "land class"},
		Note: geo.Text{ZH: "三调工作分类", EN: "三调 working classification"}}
}

func grossField(column string) FieldInfo {
	return FieldInfo{Field: GrossArea, Columns: []string{column}, Type: NumberType, Unit: "m²", Title: geo.Text{ZH: "图斑面积", EN: "gross area"},
		Note: geo.Text{ZH: "椭球面积", EN: "ellipsoidal"}}
}
