package deliver

import (
	"context"
	"strings"

	"landcheck/geo"
)

// Kind is one deliverable, by the word of --to.
type Kind string

// The deliverables.
const (
	PBFUpdate       Kind = "pbf-update"
	CroplandBalance Kind = "cropland-balance"
	Linkage         Kind = "linkage"
	LandTrade       Kind = "land-trade"
	RedLineUpdate   Kind = "red-line-update"
)

// KindInfo is what people are told of a deliverable.
type KindInfo struct {
	Kind   Kind
	Title  geo.Text
	System geo.Text // for which it is made
	Holds  geo.Text
	Clause string // of the opinion
	stem   string // of the files that are about all of it
	make   func(*delivery, context.Context) error
}

// Kinds is the one table of deliverables: the command line, the service with its
// description of itself, and the page read it.
func Kinds() []KindInfo {
	return []KindInfo{
		{PBFUpdate, geo.Text{ZH: "永久基本农田更新成果", EN: "update of the PBF database"},
			geo.Text{ZH: "永久基本农田数据库", EN: "database of permanent basic farmland"},
			geo.Text{ZH: "调整后的永久基本农田图斑（原图层扣除调出、加入补划）、保护结束图斑", EN: "the layer of permanent basic farmland after the plan (before, without what leaves, with what enters), and the parcels that leave"},
			"三（二）", "永久基本农田更新", (*delivery).pbfUpdate},
		{CroplandBalance, geo.Text{ZH: "补充耕地指标入库成果", EN: "supplementary cropland quota"},
			geo.Text{ZH: "耕地占补平衡动态监管系统", EN: "monitoring system of the cropland balance"},
			geo.Text{ZH: "满足自行平衡需要后剩余的补充耕地指标、新增耕地地块及其坐标文件", EN: "the new-cropland quota that is left after the county's own needs, its parcels and their coordinate text"},
			"三（一）", "占补平衡", (*delivery).croplandBalance},
		{Linkage, geo.Text{ZH: "增减挂钩项目区成果", EN: "linkage of demolition and building"},
			geo.Text{ZH: "城乡建设用地增减挂钩", EN: "linkage of urban and rural construction land"},
			geo.Text{ZH: "拆旧地块、建新地块、面积和指标流向", EN: "parcels demolished and built on, areas, and where the quota goes"},
			"三（四）", "增减挂钩", (*delivery).linkage},
		{LandTrade, geo.Text{ZH: "节余建设用地指标流转成果", EN: "tradable construction quota"},
			geo.Text{ZH: "公共资源交易平台", EN: "public resource trading platform"},
			geo.Text{ZH: "满足本地需要后可流转的节余建设用地指标及其地块", EN: "the construction quota that is left for trade after local needs, and its parcels"},
			"三（四）", "指标流转", (*delivery).landTrade},
		{RedLineUpdate, geo.Text{ZH: "新增生态空间成果", EN: "new ecological space"},
			geo.Text{ZH: "生态保护红线", EN: "ecological red line"},
			geo.Text{ZH: "红线外新产生的、可按程序划入红线的生态空间", EN: "new ecological space outside the red line, to be entered by its procedure"},
			"三（三）", "新增生态空间", (*delivery).redLineUpdate},
	}
}

// KindNames are the words of --to.
func KindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k.Kind))
	}
	return names
}

// ByName finds a deliverable; a *geo.InputError lists the names when there is none.
func ByName(name string) (KindInfo, error) {
	for _, k := range Kinds() {
		if string(k.Kind) == name {
			return k, nil
		}
	}
	list := strings.Join(KindNames(), ", ")
	return KindInfo{}, &geo.InputError{
		Message: geo.Textf("没有名为 %q 的交付成果", "there is no deliverable %q", name),
		Advice:  geo.Textf("可用的有：%s", "Use one of %s", list),
	}
}
