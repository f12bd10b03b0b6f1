package domain

import (
	"slices"
	"strings"

	"landcheck/geo"
)

// purposes are the codes of YT.
var purposes = []Term[string]{
	{Code: "NMZZ", Title: geo.Text{ZH: "农牧民住宅", EN: "housing of farmers and herders"}},
	{Code: "NCGL", Title: geo.Text{ZH: "农村公路", EN: "rural road"}},
	{Code: "NCFZ", Title: geo.Text{ZH: "农村牧区发展", EN: "rural development"}},
	{Code: "CKYD", Title: geo.Text{ZH: "采矿用地", EN: "mining"}},
	{Code: "JYXJS", Title: geo.Text{ZH: "集体经营性建设", EN: "collective commercial construction"}},
	{Code: "FHL", Title: geo.Text{ZH: "防护林", EN: "shelterbelt"}},
	{Code: "QT", Title: geo.Text{ZH: "其他", EN: "other"}},
}

// surveyMethods are the codes of SCFF.
var surveyMethods = []Term[string]{
	{Code: "RTK", Title: geo.Text{ZH: "RTK 实测", EN: "RTK"}},
	{Code: "WLRTK", Title: geo.Text{ZH: "网络 RTK 实测", EN: "network RTK"}},
	{Code: "QZY", Title: geo.Text{ZH: "全站仪实测", EN: "total station"}},
	{Code: "SC", Title: geo.Text{ZH: "实测", EN: "field survey"}},
	{Code: "TSZY", Title: geo.Text{ZH: "图上作业", EN: "drawn on a map"}, Means: geo.Text{ZH: "不是实测", EN: "no survey"}},
	{Code: "XSCS", Title: geo.Text{ZH: "系数测算", EN: "by coefficient"}, Means: geo.Text{ZH: "不是实测", EN: "no survey"}},
}

// refinements are the codes of TBXHDM; the first six mark cropland of unstable
// use. Source: TD/T 1055, annex of codes.
var refinements = []Term[string]{
	{Code: "HDGD", Title: geo.Text{ZH: "河道耕地", EN: "cropland in a river bed"}},
	{Code: "HQGD", Title: geo.Text{ZH: "湖区耕地", EN: "cropland by a lake"}},
	{Code: "LQGD", Title: geo.Text{ZH: "林区耕地", EN: "cropland in forest"}},
	{Code: "MQGD", Title: geo.Text{ZH: "牧区耕地", EN: "cropland in pasture"}},
	{Code: "SHGD", Title: geo.Text{ZH: "沙荒耕地", EN: "cropland on sand"}},
	{Code: "SMGD", Title: geo.Text{ZH: "石漠化耕地", EN: "cropland on karst"}},
	{Code: "LQYD", Title: geo.Text{ZH: "林区园地", EN: "plantation in forest"}},
	{Code: "GCCD", Title: geo.Text{ZH: "灌丛草地", EN: "shrub grassland"}},
	{Code: "HDGY", Title: geo.Text{ZH: "火电工业用地", EN: "thermal power"}},
	{Code: "GTGY", Title: geo.Text{ZH: "钢铁工业用地", EN: "steel"}},
	{Code: "MTGY", Title: geo.Text{ZH: "煤炭工业用地", EN: "coal"}},
	{Code: "SNGY", Title: geo.Text{ZH: "水泥工业用地", EN: "cement"}},
	{Code: "BLGY", Title: geo.Text{ZH: "玻璃工业用地", EN: "glass"}},
	{Code: "DLGY", Title: geo.Text{ZH: "电解铝工业用地", EN: "aluminium"}},
	{Code: "FQ", Title: geo.Text{ZH: "废弃", EN: "disused"}},
}

const unstableRefinements = 6

// ownerships are the codes of QSXZ. Source: TD/T 1055, annex of codes.
var ownerships = []Term[string]{
	{Code: "10", Title: geo.Text{ZH: "国有土地所有权", EN: "state ownership"}},
	{Code: "20", Title: geo.Text{ZH: "国有土地使用权", EN: "right to use state land"}},
	{Code: "21", Title: geo.Text{ZH: "国有无居民海岛使用权", EN: "right to use a state island without inhabitants"}},
	{Code: "30", Title: geo.Text{ZH: "集体土地所有权", EN: "collective ownership"}},
	{Code: "31", Title: geo.Text{ZH: "村民小组", EN: "ownership of a villagers' group"}},
	{Code: "32", Title: geo.Text{ZH: "村集体经济组织", EN: "ownership of a village collective"}},
	{Code: "33", Title: geo.Text{ZH: "乡集体经济组织", EN: "ownership of a township collective"}},
	{Code: "34", Title: geo.Text{ZH: "其他农民集体经济组织", EN: "ownership of another farmers' collective"}},
	{Code: "40", Title: geo.Text{ZH: "集体土地使用权", EN: "right to use collective land"}},
	{Code: "41", Title: geo.Text{ZH: "集体无居民海岛使用权", EN: "right to use a collective island without inhabitants"}},
}

// OwnershipTitle names a kind of ownership (QSXZ); a code that is unknown stands for itself.
func OwnershipTitle(code string) geo.Text { return titleOf(ownerships, code) }

// Purposes are the codes of YT.
func Purposes() []string { return codesOf(purposes) }

// PurposeTitle names a purpose (YT).
func PurposeTitle(code string) geo.Text { return titleOf(purposes, code) }

// SurveyMethods are the codes of SCFF.
func SurveyMethods() []string { return codesOf(surveyMethods) }

// Refinements are the codes of TBXHDM, those of unstable cropland first.
func Refinements() []string { return codesOf(refinements) }

// RefinementTitle names a refinement code (TBXHDM).
func RefinementTitle(code string) geo.Text { return titleOf(refinements, code) }

// Unstable reports whether a refinement code (TBXHDM) marks cropland of
// unstable use 不稳定利用耕地: by a river, by a lake, in forest, in pasture, on
// sand, on karst.
func Unstable(refinement string) bool {
	code := strings.ToUpper(strings.TrimSpace(refinement))
	return slices.ContainsFunc(refinements[:unstableRefinements], func(t Term[string]) bool { return t.Code == code })
}
