package report

import (
	"math"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// hostile is a name that a plan could bring: markup, quotes, controls, a
// formula, a right-to-left override.
const hostile = "=<script>alert('x')</script>\"&\x07\u202e\u009b\u200b\u00ad\ufeff\U000e0041]]>|`@all`"

func square(lon, lat, d float64) *result.Geometry {
	east, north := math.Round((lon+d)*1e9)/1e9, math.Round((lat+d)*1e9)/1e9
	return &result.Geometry{Polygons: orb.MultiPolygon{{{{lon, lat}, {east, lat}, {east, north}, {lon, north}, {lon, lat}}}}}
}

func text(zh, en string) geo.Text       { return geo.Text{ZH: zh, EN: en} }
func note(zh, en string) *geo.Text      { t := text(zh, en); return &t }
func of(x float64) *float64             { return &x }
func yearOf(y int) *int                 { return &y }
func scope(k, c, n string) result.Scope { return result.Scope{Kind: k, Code: c, Name: n} }

// sampleReport covers every status, level, scope kind and optional part.
func sampleReport() *result.Report {
	r := &result.Report{
		Schema:  result.Schema,
		Verdict: domain.Violations,
		Plan: result.PlanInfo{Code: "NMG-150123-2025-01", Name: "和林格尔县示例镇全域土地综合整治项目", County: "150123", Stage: "proposal",
			Townships: []result.TownshipInfo{{Code: "150123101", Name: "城关镇"}, {Code: "150123102", Name: "示例镇"}},
			Digest:    "sha256:1f2e3d4c5b6a79880123456789abcdef0123456789abcdef0123456789abcdef", CRS: "EPSG:4525",
			Layers: []result.LayerInfo{
				{Role: "project_area", Name: "ZZQY", File: "plan/ZZQY.shp", Features: 1, Digest: "sha256:aa11"},
				{Role: "pbf_out", Name: "调出 图斑", File: "plan/调出 图斑.shp", Features: 14, Digest: "sha256:bb22"},
				{Role: "pbf_in", Name: "YJJBNTTR", File: "plan.zip!in/YJJBNTTR.shp", Features: 9, Digest: "sha256:cc33"},
			}},
		Base: result.BaseInfo{Source: "files", Layers: []result.LayerInfo{
			{Role: "townships", Name: "XZQ", Features: 8, Digest: "sha256:dd44"},
			{Role: "pbf", Name: "YJJBNTTB", Features: 733, Digest: "sha256:ee55"},
		}},
		Rulebook: result.BookInfo{ID: "nmg-2025", Title: text("内蒙古自治区实施意见（试行）", "Inner Mongolia opinion (trial)"), Digest: "sha256:ff66778899aabbccddeeff00"},
		Engine:   result.EngineInfo{Version: "0.1.0", GEOS: "3.11.1"},
		Summary:  result.Summary{Pass: 4, Fail: 3, Justified: 1, Warn: 1, NotApplicable: 1, NotChecked: 2},
		LandUse: []result.ClassRow{
			{Code: "0102", Name: "水浇地", Title: text("水浇地", "irrigated land"), Group: "cropland", Before: 1234567.89, After: 1250000.01},
			{Code: "0103", Name: "旱地", Title: text("旱地", "dry land"), Group: "cropland", Before: 800000, After: 799000.5},
			{Code: "0404", Name: "其他草地", Title: text("其他草地", "other grassland"), Group: "grassland", Before: 50000, After: 32000},
			{Code: "0702", Name: "农村宅基地", Title: text("农村宅基地", "rural housing"), Group: "construction", Before: 92000.25, After: 81000},
		},
		Years: []result.YearRow{
			{Year: yearOf(2025), Flow: result.Flow{PBFOut: 61200, PBFIn: 30000, CroplandGained: 42000, CroplandLost: 12000, ConstructionGained: 1000, ConstructionLost: 5000},
				PBFOutCumulative: 61200, PBFInCumulative: 30000, CroplandGainedCumulative: 42000, CroplandLostCumulative: 12000},
			{Year: yearOf(2026), Flow: result.Flow{PBFOut: 0, PBFIn: 40000, CroplandGained: 22000, ConstructionLost: 6000.25},
				PBFOutCumulative: 61200, PBFInCumulative: 70000, CroplandGainedCumulative: 64000, CroplandLostCumulative: 12000},
			{Flow: result.Flow{PBFOut: 12.5}, PBFOutCumulative: 61212.5, PBFInCumulative: 70000, CroplandGainedCumulative: 64000, CroplandLostCumulative: 12000},
		},
		SubProjects: []result.SubProjectRow{
			{Code: "ZXM01", Changes: 14, Years: []int{2025, 2026}, Flow: result.Flow{PBFOut: 61200, PBFIn: 30000, CroplandGained: 64000, CroplandLost: 12000, ConstructionGained: 1000, ConstructionLost: 11000.25}},
			{Code: hostile, Changes: 3, Flow: result.Flow{PBFIn: 40000}},
			{Changes: 1, Flow: result.Flow{PBFOut: 12.5}},
		},
		Papers: []result.Paper{
			{Rule: "village-consent", Title: text("嘎查村同意纳入整治区域的文件", "village's consent to being included"), Of: text("示例村", "示例村"), File: "docs/同意书.pdf", State: result.HandedIn},
			{Rule: "village-consent", Title: text("村民支持材料", "record of the villagers' support"), Of: text("示例村", "示例村"), State: result.Missing},
			{Rule: "department-opinions", Title: text("部门意见", "department's opinion"), Of: text("水利", "water (水利)"), File: "docs/水利.pdf", State: result.WithConditions},
			{Rule: "department-opinions", Title: text("部门意见", "department's opinion"), Of: text("林草", "forestry and grassland (林草)"), File: "docs/林草.pdf", State: result.Against},
			{Title: text(hostile, hostile), File: hostile + ".pdf", State: result.NotCounted, Note: note("文件不在方案包内", "the file is not in the package")},
		},
		Ledger: result.LedgerInfo{Faces: 128, Changed: 345678.9, Slivers: result.SliverInfo{Count: 12, Area: 10.37}},
		Form: &result.Form{
			Project: "和林格尔县示例镇全域土地综合整治项目", Townships: []string{"示例镇", "城关镇", hostile}, ProjectPBF: 512.3456,
			Out: result.FormSide{Area: 6.12125, ProjectShare: of(0.011948), MeanGrade: of(9.3), Parcels: 14, MeanParcel: of(0.4372),
				Irrigated: 5, Dry: 1.12125, Slope: [3]float64{6, 0.1, 0.02125}, Patches: [4]float64{1, 2, 1.5, 1.62125}},
			In: result.FormSide{Area: 7, Parcels: 9, MeanParcel: of(0.7778), Irrigated: 7, Slope: [3]float64{7, 0, 0},
				Patches: [4]float64{0, 0.5, 1.5, 5}, NewCropland: 2.2},
			MoreMu: 13.18125, MoreRatio: of(0.14356), LayoutRatio: of(0.779),
		},
		Inputs: []geo.Notice{
			{Severity: geo.Warning, File: "plan/调出 图斑.dbf", Record: 7, Message: text("字段 DLBM 里有无法解码的字节", "field DLBM holds bytes that cannot be decoded")},
			{Severity: geo.Info, File: "base/XZQ.shp", Message: text("索引文件已重建", "index rebuilt")},
			{Severity: geo.Error, Message: text("缺少 .prj："+hostile, "no .prj: "+hostile)},
		},
	}
	r.Rules = append(sampleFarmlandRules(), sampleOtherRules()...)
	return r
}

func sampleFarmlandRules() []result.RuleResult {
	twelve := make([]result.FeatureRef, 0, 12)
	for _, id := range []string{"DC-01", "DC-02", "DC-03", "DC-04", "DC-05", "DC-06", "DC-07", "DC-08", "DC-09", "DC-10", "DC-11"} {
		twelve = append(twelve, result.FeatureRef{Role: "pbf_out", ID: id, File: "plan/调出 图斑.shp", Record: len(twelve) + 1})
	}
	twelve = append(twelve, result.FeatureRef{Role: "pbf", ID: "150123000000000733"})
	return []result.RuleResult{
		{
			ID: "pbf-township-cap", Group: "pbf", Level: domain.InPrinciple, Status: domain.Fail,
			Clause: result.Clause{Section: "三（二）", Text: "涉及永久基本农田调整的，原则上不超过所涉乡镇永久基本农田面积的5%。"},
			Title:  text("每个乡镇调出不超过划定面积的 5 %", "At most 5 % of a township's PBF is taken out"),
			Help:   text("逐乡镇比较净调出面积与划定面积。", "Net area out against designated area, township by township."),
			Measures: []result.Measure{
				{Scope: scope("township", "150123101", "城关镇"), Status: domain.Pass, Value: 0.0487, Op: "<=", Limit: 0.05, Unit: "ratio", Margin: 32000, Terms: map[string]float64{"out_net_m2": 1198756.1, "designated_m2": 24615115.3}},
				{Scope: scope("township", "150123102", "示例镇"), Status: domain.Fail, Value: 0.0500003, Op: "<=", Limit: 0.05, Unit: "ratio", Margin: -3.07, Close: true, Terms: map[string]float64{"out_net_m2": 61200.37, "designated_m2": 1224000}},
				{Scope: scope("plan", "", ""), Status: domain.Pass, Value: 0.0489, Unit: "ratio", Label: note("所涉乡镇合并计算", "townships pooled"), Note: note("仅供参考，不作判定", "shown, not judged")},
			},
			Findings: []result.Finding{{ID: "5b1e0c9a", Status: domain.Fail, Scope: scope("township", "150123102", "示例镇"), Area: 61200.37,
				Message:  text("示例镇调出 6.12 公顷，为划定面积的 5.00003 %，超过 5 %", "Township 示例镇 takes out 6.12 hm², 5.00003 % of its PBF: over 5 %"),
				Remedy:   text("至少少调出 3.07 平方米，或附论证材料", "take out at least 3.07 m² less, or justify it"),
				Features: twelve, Faces: []int{1, 2}, BBox: []float64{111.8, 40.37, 111.81, 40.38}, Geometry: square(111.8, 40.37, 0.01)}},
		},
		{
			ID: "pbf-area-kept", Group: "pbf", Level: domain.Mandatory, Status: domain.Pass,
			Clause: result.Clause{Section: "三（二）", Text: "确保永久基本农田面积不减少。"},
			Title:  text("永久基本农田面积不减少", "PBF does not shrink"), Help: text("净调入不少于净调出。", "Net area in is at least net area out."),
			Measures: []result.Measure{{Scope: scope("plan", "", ""), Status: domain.Pass, Value: 70000, Op: ">=", Limit: 61212.5, Unit: "m2", Margin: 8787.5, Terms: map[string]float64{"in_net_m2": 70000, "out_net_m2": 61212.5}}},
		},
		{
			ID: "pbf-quality-kept", Group: "pbf", Level: domain.Mandatory, Status: domain.NotChecked,
			Clause: result.Clause{Section: "三（二）", Text: "质量不降低。"},
			Title:  text("调入质量不低于调出", "Quality does not fall"), Help: text("按净面积加权的平均质量等别。", "Mean grade by net area."),
			Note: note("需要质量等别（GDDB）：3.2 % 的调入面积没有等别", "grades (GDDB) are needed: 3.2 % of the area in has none"),
		},
		{
			ID: "pbf-compensate-first", Group: "pbf", Level: domain.Mandatory, Status: domain.Fail,
			Clause: result.Clause{Section: "三（二）", Text: "先补后调。"},
			Title:  text("先补后调", "Compensate first"), Help: text("任何时点累计调入不少于累计调出。", "At every date, in so far is at least out so far."),
			Measures: []result.Measure{
				{Scope: scope("year", "2025", ""), Status: domain.Fail, Value: -31200, Op: ">=", Unit: "m2", Margin: -31200, Terms: map[string]float64{"in_net_m2": 30000, "out_net_m2": 61200}},
				{Scope: scope("date", "20260301", ""), Status: domain.Pass, Value: 8800, Op: ">=", Unit: "m2", Margin: 8800},
				{Scope: scope("year", "2027", ""), Status: domain.Pass, Value: 8800, Op: ">=", Unit: "m2", Margin: 8800},
				{Scope: scope("year", "2028", ""), Status: domain.Pass, Value: 8800, Op: ">=", Unit: "m2", Margin: 8800},
				{Scope: scope("year", "2029", ""), Status: domain.Pass, Value: 8800, Op: ">=", Unit: "m2", Margin: 8800},
				{Scope: scope("year", "2030", ""), Status: domain.Pass, Value: 8800, Op: ">=", Unit: "m2", Margin: 8800},
			},
			Findings: []result.Finding{{ID: "77aa0011", Status: domain.Fail, Scope: scope("year", "2025", ""), Area: 31200,
				Message:  text("2025 年底累计调出比累计调入多 3.12 公顷", "by the end of 2025, 3.12 hm² more is out than in"),
				Remedy:   text("把 DR-07、DR-08 的验收提前，或把调出推后一年", "bring acceptance of DR-07, DR-08 forward, or take out a year later"),
				Features: []result.FeatureRef{{Role: "pbf_in", ID: "DR-07", File: "plan.zip!in/YJJBNTTR.shp", Record: 7}, {Role: "pbf_in", File: "plan.zip!in/YJJBNTTR.shp", Record: 8}},
				Faces:    []int{3}, BBox: []float64{111.82, 40.37, 111.83, 40.38}, Geometry: square(111.82, 40.37, 0.01)}},
		},
	}
}

func sampleOtherRules() []result.RuleResult {
	return []result.RuleResult{
		{
			ID: "cropland-area-kept", Group: "cropland", Level: domain.Mandatory, Status: domain.Pass,
			Clause: result.Clause{Section: "三（一）", Text: "耕地数量不减少。"},
			Title:  text("耕地不减少", "Cropland does not shrink"), Help: text("整治区域前后净耕地。", "Net cropland before and after."),
			Measures: []result.Measure{{Scope: scope("project", "", ""), Status: domain.Pass, Value: 14432.62, Op: ">=", Unit: "m2", Margin: 14432.62, Terms: map[string]float64{"after_m2": 2049000.51, "before_m2": 2034567.89}}},
		},
		{
			ID: "cropland-quality-kept", Group: "cropland", Level: domain.InPrinciple, Status: domain.Justified,
			Title: text("新增耕地质量不低于减少耕地", "New cropland is no worse"), Clause: result.Clause{Section: "三（一）", Text: "质量不降低。"},
			Measures: []result.Measure{{Scope: scope("plan", "", ""), Status: domain.Justified, Value: 9.30004, Op: "<=", Limit: 9.3, Unit: "grade", Margin: -0.00004}},
			Findings: []result.Finding{{ID: "cc00dd11", Status: domain.Justified, Scope: scope("plan", "", ""),
				Message: text("平均等别 9.30004，比减少的耕地差", "mean grade 9.30004: worse than what is lost"), Remedy: text("已附论证：docs/论证.pdf", "justified by docs/论证.pdf")}},
		},
		{
			ID: "construction-not-grown", Group: "construction", Level: domain.Mandatory, Status: domain.Pass,
			Title: text("建设用地不增加", "Construction land does not grow"), Clause: result.Clause{Section: "三（四）", Text: "建设用地总量不增加。"},
			Measures: []result.Measure{{Scope: scope("project", "", ""), Status: domain.Pass, Value: -10000.25, Op: "<=", Unit: "m2", Margin: 10000.25}},
		},
		{
			ID: "red-line-not-occupied", Group: "ecology", Level: domain.Mandatory, Status: domain.Fail,
			Title: text("不占用生态保护红线", "The red line is not occupied"), Clause: result.Clause{Section: "三（三）", Text: "严禁占用生态保护红线。"},
			Help: text("红线内不得变为非生态用地。", "Inside the red line no land turns to a non-ecological class."),
			Findings: []result.Finding{{ID: "9f8e7d6c", Status: domain.Fail, Scope: scope("feature", hostile, hostile), Area: 0.004,
				Message: text(hostile+"在红线内", hostile+" lies in the red line"), Remedy: text("移出红线", "move it out"),
				Features: []result.FeatureRef{{Role: "land_use_change", ID: hostile, File: "C:\\plan\\" + hostile + ".shp", Record: 3}, {Role: "red_line", ID: "R1"}},
				BBox:     []float64{111.81, 40.39, 111.815, 40.395}, Geometry: square(111.81, 40.39, 0.005)}},
		},
		{ID: "heritage-protected", Group: "ecology", Level: domain.Mandatory, Status: domain.NotChecked, Title: text("不破坏文物", "Heritage is protected"),
			Clause: result.Clause{Section: "三（五）"}, Note: note("需要底图 heritage（历史文化保护线）图层", "the base layer heritage is needed")},
		{ID: "shelterbelt-kept", Group: "ecology", Level: domain.Mandatory, Status: domain.NotApplicable, Title: text("防护林不减少", "Shelterbelts are kept"), Clause: result.Clause{Section: "四（五）"}},
		{
			ID: "village-consent", Group: "procedure", Level: domain.Mandatory, Status: domain.Pass, Title: text("村民同意", "Villages consent"), Clause: result.Clause{Section: "二（一）"},
			Measures: []result.Measure{{Scope: scope("county", "150123", "和林格尔县"), Status: domain.Pass, Value: 3, Op: ">=", Limit: 3, Unit: "count", Margin: 0}},
		},
		{
			ID: "data-slivers", Group: "data", Level: domain.Advisory, Status: domain.Warn, Title: text("没有过小的图斑", "No tiny features"), Clause: result.Clause{},
			Findings: []result.Finding{{ID: "0a0b0c0d", Status: domain.Warn, Scope: scope("village", "150123102201", "示例村"), Area: 4.2,
				Message: text("图斑面积只有 4.20 平方米", "the feature is only 4.20 m²"), Remedy: text("并入相邻图斑", "merge it with its neighbour"),
				Features: []result.FeatureRef{{Role: "land_use_change", ID: "BG-9", File: "plan/DLBG.shp", Record: 9}}}},
		},
	}
}
