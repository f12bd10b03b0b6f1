package adversary

import (
	"testing"

	"landcheck/rules/proving/kit"
)

// paper changes the file of a document.
func paper(kind, of, file string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Manifest.Doc(kind, of).File = file }
}

// filled puts bytes in the place of a paper.
func filled(kind, of, data string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.File(c.Plan.Manifest.Doc(kind, of).File, data) }
}

func lost(kind, of string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Manifest.Lose(kind, of) }
}

// argued breaks the cap and justifies it.
func argued(rule, scope, reason, document string) func(*kit.Case) {
	return func(c *kit.Case) {
		overCap(c)
		c.Plan.File("docs/论证.pdf", "%PDF-1.4 论证")
		c.Plan.Manifest.Justify(rule, scope, reason, document)
	}
}

func TestPapers(t *testing.T) {
	const villages, bureaus, cap = "violations village-consent", "violations department-opinions", "violations pbf-township-cap"
	v := kit.Villages[1]
	try(t, []cheat{
		{"少一个村的同意书", lost("village-consent", v), villages},
		{"少一个村对方案的同意", lost("plan-consent", v), villages},
		{"少一个村的村民意见", lost("villager-support", v), villages},
		{"同意书写别旗的村", func(c *kit.Case) { c.Plan.Manifest.Doc("village-consent", v).Village = "150124101202" }, villages},
		{"同意书零字节", filled("village-consent", v, ""), villages},
		{"同意书就是 plan.yaml", paper("village-consent", v, "plan.yaml"), villages},
		{"同意书是图层文件", paper("village-consent", v, "YJJBNTTC.shp"), villages},
		{"同意书是图层的属性表", paper("plan-consent", v, "DLBG.dbf"), villages},
		{"同意书是 .prj", paper("plan-consent", v, "DLBG.prj"), villages},
		{"同意书是文件夹", paper("village-consent", v, "docs"), villages + " | refused"},
		{"同意书在方案包外", paper("village-consent", v, "../base/XZQ.dbf"), villages + " | refused"},
		{"同意书是 Thumbs.db", func(c *kit.Case) {
			c.Plan.File("docs/Thumbs.db", "x")
			paper("village-consent", v, "docs/Thumbs.db")(c)
		}, villages},
		{"登记了而文件不在包里", func(c *kit.Case) {
			c.Plan.Manifest.Without = map[string]bool{c.Plan.Manifest.Doc("opinion", "水利").File: true}
		}, bureaus},
		{"水利部门不同意", func(c *kit.Case) { c.Plan.Manifest.Doc("opinion", "水利").More = "agrees: no" }, bureaus},
		{"一个部门的意见当两个用", func(c *kit.Case) { c.Plan.Manifest.Doc("opinion", "水利").From = "财政" }, bureaus},
		{"没有盟行政公署审核", lost("league-opinion", ""), bureaus},
		{"意见的 kind 写错", func(c *kit.Case) { c.Plan.Manifest.Doc("opinion", "水利").Kind = "opinions" }, bureaus + " | refused"},
		{"没有调整补划方案", lost("pbf-plan", ""), "violations pbf-plan"},
		{"年度核算没有任何后来的文件", func(c *kit.Case) { c.Plan.Manifest.Stage = "annual" }, "violations plan-approved annual-assessment pbf-plan"},
		{"整体验收没有子项目验收", func(c *kit.Case) {
			c.Plan.Manifest.Later("acceptance").Lose("subproject-acceptance", "")
		}, "violations subproject-accepted"},
		{"子项目验收是别的子项目的", func(c *kit.Case) {
			c.Plan.Manifest.Later("acceptance").Doc("subproject-acceptance", "").More = "subproject: ZXM-09"
		}, "violations subproject-accepted"},
		{"整体验收没有永农验收", func(c *kit.Case) {
			c.Plan.Manifest.Later("acceptance").Lose("region-pbf-acceptance", "")
		}, "violations pbf-accepted-by-region"},
		{"整体验收没有管护责任", func(c *kit.Case) { c.Plan.Manifest.Later("acceptance").Lose("maintenance", "") }, "violations overall-accepted"},

		{"论证没有理由", argued("pbf-township-cap", kit.Towns[0], "", "docs/论证.pdf"), cap + " | refused"},
		{"论证的理由是空格", argued("pbf-township-cap", kit.Towns[0], "  ", "docs/论证.pdf"), cap + " | refused"},
		{"论证的文件不在", argued("pbf-township-cap", kit.Towns[0], "确有必要", "docs/没有.pdf"), cap},
		{"论证的文件是图层", argued("pbf-township-cap", kit.Towns[0], "确有必要", "YJJBNTTC.dbf"), cap},
		{"论证的文件是 plan.yaml", argued("pbf-township-cap", kit.Towns[0], "确有必要", "plan.yaml"), cap},
		{"论证的是别的乡镇", argued("pbf-township-cap", kit.Towns[1], "确有必要", "docs/论证.pdf"), cap},
		{"论证的是别的条款", argued("pbf-area-kept", kit.Towns[0], "确有必要", "docs/论证.pdf"), cap + " | refused"},
		{"论证约束性条款", func(c *kit.Case) {
			c.Plan.Layer("YJJBNTBH").DropRow("I1")
			c.Plan.File("docs/论证.pdf", "%PDF-1.4")
			c.Plan.Manifest.Justify("pbf-area-kept", "plan", "确有必要", "docs/论证.pdf")
		}, "violations pbf-area-kept | refused"},
		{"论证的文件零字节", func(c *kit.Case) {
			argued("pbf-township-cap", kit.Towns[0], "确有必要", "docs/论证.pdf")(c)
			c.Plan.File("docs/论证.pdf", "")
		}, cap},
	})
}

func TestManifests(t *testing.T) {
	over := func(more string) func(*kit.Case) {
		return func(c *kit.Case) { overCap(c); c.Plan.Manifest.More += more }
	}
	prior := "prior:\n  - {project: \"150123-2024-02\", township: \"150123101\", pbf_out_m2: %s, pbf_in_m2: 20000}\n"
	try(t, []cheat{
		{"同名键写两遍", over("project: {code: x, stage: proposal, county: \"150123\"}\n"), "refused"},
		{"documents 写两遍", over("documents: []\n"), "refused"},
		{"第二个 YAML 文档", over("---\nformat: 1\n"), "refused"},
		{"合并键", over("<<: {rulebook: cn-2019-pilot}\n"), "refused | violations pbf-township-cap"},
		{"规则册指到方案自己的文件", func(c *kit.Case) {
			over("")(c)
			c.Plan.File("宽松.yaml", "id: lax\nextends: nmg-2025\n")
			c.Plan.Manifest.Rulebook = "宽松.yaml"
		}, "refused"},
		{"方案自己选了上限不查的规则册", func(c *kit.Case) { over("")(c); c.Plan.Manifest.Rulebook = "cn-2019-pilot" }, "violations | chosen | refused"},
		{"自创阶段", func(c *kit.Case) { c.Plan.Manifest.Stage = "draft" }, "refused"},
		{"阶段留空", func(c *kit.Case) { over("")(c); c.Plan.Manifest.Stage = "" }, "refused | violations pbf-township-cap"},
		{"旗县写成邻县", func(c *kit.Case) { c.Plan.Manifest.County = "150124" }, "violations | refused | incomplete"},
		{"两份 plan.yaml", func(c *kit.Case) { over("")(c); c.Plan.File("旧/plan.yaml", "format: 1\n") }, "violations pbf-township-cap | incomplete | refused"},
		{"plan.yml 在旁", func(c *kit.Case) { c.Plan.File("plan.yml", "format: 1\n") }, notRead},
		{"把 TZLX 的值反着说", func(c *kit.Case) {
			over("layers:\n  urban_boundary_change: {values: {TZLX: {扩: 2, 减: 1}}}\n")(c)
		}, "violations pbf-township-cap | refused"},
		{"此前项目的调出写负数抵扣", func(c *kit.Case) { over(sub(prior, "-20000"))(c) }, "refused"},
		{"此前项目的调出写成文字", func(c *kit.Case) { over(sub(prior, "无"))(c) }, "refused"},
		{"此前项目合计超过 5 %", func(c *kit.Case) { c.Plan.Manifest.More += sub(prior, "20000") }, "violations pbf-township-cap"},
		{"此前项目缺乡镇", func(c *kit.Case) {
			c.Plan.Manifest.More += "prior:\n  - {project: x, pbf_out_m2: 20000}\n"
		}, "refused"},
		{"指标流转大于腾退", func(c *kit.Case) {
			c.Plan.Manifest.More += "quota: {rural_housing_m2: 0, tradable_m2: 50000, destination_county: \"150123\"}\n"
		}, "violations quota-priority"},
		{"指标出旗县没有批准", func(c *kit.Case) {
			c.Plan.Manifest.More += "quota: {rural_housing_m2: 0, tradable_m2: 500, destination_county: \"150124\"}\n"
		}, "violations quota-priority"},
		{"指标写负数", func(c *kit.Case) {
			c.Plan.Manifest.More += "quota: {rural_housing_m2: -50000, tradable_m2: 50000, destination_county: \"150123\"}\n"
		}, "refused | violations quota-priority"},
		{"忽略清单盖住超限的图层", func(c *kit.Case) {
			apart(c, "旧版/YJJBNTTC")
			c.Plan.Manifest.More += "ignore: [\"旧版/**\"]\n"
		}, "ignored | refused | violations"},
	})
}
