package deliver

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// The fields of YJJBNTTB that the update computes or looks at.
const (
	fieldBSM    = "BSM"
	fieldYSDM   = "YSDM"
	fieldXZQDM  = "XZQDM"
	fieldXZQMC  = "XZQMC"
	fieldNumber = "YJJBNTTBBH"
	fieldTBBH   = "TBBH"
	fieldDLBM   = "DLBM"
	fieldDLMC   = "DLMC"
	fieldZLDWDM = "ZLDWDM"
	fieldZLDWMC = "ZLDWMC"
	fieldGross  = "YJJBNTTBMJ"
	fieldNet    = "YJJBNTMJ"
	fieldYear   = "SJNF"
	fieldFrom   = "BHKSSJ"
	fieldUntil  = "BHJSSJ"
	fieldStable = "WDGD"
	fieldSlope  = "GDPDJB"
	fieldKCDLBM = "KCDLBM"
	fieldKCXS   = "KCXS"
	fieldKCMJ   = "KCMJ"
	fieldTBXHDM = "TBXHDM"
	fieldTBXHMC = "TBXHMC"
	fieldGrade  = "ZLDB"
	fieldRemark = "BZ"
)

// pbfField is a field of YJJBNTTB (schema of 2021) with the columns of base data
// that give it, the first that holds something; those of the schema of 2014 to 2019
// follow.
type pbfField struct {
	geo.Field
	title    geo.Text
	required bool
	sources  []string
}

// pbfSchema is YJJBNTTB: 19 required fields and 14 recommended ones, in their order.
func pbfSchema() []pbfField {
	text := func(name string, width int, required bool, zh, en string, older ...string) pbfField {
		return pbfField{geo.Field{Name: name, Alias: zh, Type: geo.TextField, Width: width}, geo.Text{ZH: zh, EN: en}, required, append([]string{name}, older...)}
	}
	number := func(name string, width, decimals int, required bool, zh, en string, older ...string) pbfField {
		return pbfField{geo.Field{Name: name, Alias: zh, Type: geo.NumberField, Width: width, Decimals: decimals}, geo.Text{ZH: zh, EN: en}, required, append([]string{name}, older...)}
	}
	date := func(name string, required bool, zh, en string) pbfField {
		return pbfField{geo.Field{Name: name, Alias: zh, Type: geo.DateField, Width: 8}, geo.Text{ZH: zh, EN: en}, required, []string{name}}
	}
	return []pbfField{
		text(fieldBSM, 18, true, "标识码", "id"),
		text(fieldYSDM, 10, true, "要素代码", "feature code"),
		text(fieldXZQDM, 12, true, "行政区代码", "administrative code"),
		text(fieldXZQMC, 100, true, "行政区名称", "administrative name"),
		text(fieldNumber, 20, true, "永久基本农田图斑编号", "number of the PBF parcel", "JBNTTBBH"),
		text(fieldTBBH, 8, true, "图斑编号", "number of the land-use parcel"),
		text(fieldDLBM, 5, true, "地类编码", "land class"),
		text(fieldDLMC, 60, true, "地类名称", "name of the class"),
		text("QSXZ", 2, true, "权属性质", "kind of ownership"),
		text("QSDWDM", 19, true, "权属单位代码", "owner's code"),
		text("QSDWMC", 60, true, "权属单位名称", "owner's name"),
		text(fieldZLDWDM, 19, true, "坐落单位代码", "code of the unit it lies in"),
		text(fieldZLDWMC, 60, true, "坐落单位名称", "name of the unit it lies in"),
		number(fieldGross, 18, 2, true, "永久基本农田图斑面积（m²）", "area of the parcel (m²)", "TBMJ"),
		number(fieldNet, 18, 2, true, "永久基本农田面积（m²）", "net area as PBF (m²)", "JBNTMJ"),
		number(fieldYear, 4, 0, true, "数据年份", "year of the data"),
		date(fieldFrom, true, "保护开始时间", "protected from"),
		date(fieldUntil, true, "保护结束时间", "protected until"),
		text(fieldStable, 2, true, "是否稳定利用耕地", "cropland of stable use"),
		text(fieldSlope, 2, false, "耕地坡度级别", "slope class", "PDJB"),
		text(fieldKCDLBM, 5, false, "扣除地类编码", "class deducted"),
		number(fieldKCXS, 6, 4, false, "扣除系数", "ridge coefficient", "TKXS"),
		number(fieldKCMJ, 18, 2, false, "扣除面积（m²）", "area deducted (m²)", "TKMJ"),
		text("GDLX", 2, false, "耕地类型", "kind of cropland"),
		text(fieldTBXHDM, 6, false, "图斑细化代码", "refinement code"),
		text(fieldTBXHMC, 20, false, "图斑细化名称", "name of the refinement"),
		text("GDZZSXDM", 6, false, "耕地种植属性代码", "planting code", "ZZSXDM"),
		text("GDZZSXMC", 20, false, "耕地种植属性名称", "name of the planting", "ZZSXMC"),
		text("CFZR", 20, false, "承包方责任人", "contractor"),
		text("ZRRMC", 20, false, "责任人名称", "responsible person"),
		text("SJBH", 20, false, "数据编号", "data number"),
		text("SJMC", 50, false, "数据名称", "data name"),
		text(fieldRemark, 50, false, "备注", "remarks"),
	}
}

// gradeColumns are the columns of base data that hold the quality grade, which the
// schema lacks.
func gradeColumns() []string {
	info, _ := domain.FieldOf(domain.PBF, domain.Grade)
	return info.Columns
}

// strays are columns that GIS keep for themselves; of a parcel that was cut they
// would be wrong.
var strays = []string{"OBJECTID", "FID", "OID", "SHAPE", "SHAPE_LENG", "SHAPE_AREA", "SHAPE_LENGTH", "GEOM", "GEOMETRY"}
