package honest

import (
	"fmt"
	"testing"

	"landcheck/rules/proving/kit"
)

// set puts a value into every feature of a layer of the plan.
func set(layer, field string, value any) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Layer(layer).Set(field, value) }
}

// texts writes every number of a layer as text.
func texts(l *kit.Layer) {
	for _, r := range l.Rows {
		for k, v := range r.F {
			switch v := v.(type) {
			case float64:
				r.F[k] = fmt.Sprintf("%.2f", v)
			case int:
				r.F[k] = fmt.Sprint(v)
			}
		}
	}
}

func later(stage string) func(*kit.Case) {
	return func(c *kit.Case) { c.Plan.Manifest.Later(stage) }
}

func TestValues(t *testing.T) {
	dated := func(in, out any) func(*kit.Case) {
		return all(set("YJJBNTBH", "YSRQ", in), set("YJJBNTTC", "DCRQ", out))
	}
	try(t, []untidy{
		{"日期 2026-05-01", dated("2026-05-01", "2026-09-01"), ""},
		{"日期 2026/5/1", dated("2026/5/1", "2026/9/1"), ""},
		{"日期 2026.5.1", dated("2026.5.1", "2026.9.1"), ""},
		{"日期 2026年5月1日", dated("2026年5月1日", "2026年9月1日"), ""},
		{"DBF 日期", dated(kit.Date("20260501"), kit.Date("20260901")), ""},
		{"只有年份", dated(nil, nil), ""},
		{"数字存成文字", every(texts), ""},
		{"底图的数字存成文字", base(texts), ""},
		{"编号前后有空格", set("YJJBNTTC", "ZLDWDM", " 150123101 "), ""},
		{"多余的字段", every(func(l *kit.Layer) { l.Set("SHAPE_Leng", 1.5).Set("OBJECTID", 1).Set("BZ", "无") }), ""},
		{"没有 BSM，有 TBBH", every(func(l *kit.Layer) {
			for i, r := range l.Rows {
				delete(r.F, "BSM")
				r.F["TBBH"] = fmt.Sprint(i + 1)
			}
		}), ""},
		{"没有编号", every(func(l *kit.Layer) {
			for _, r := range l.Rows {
				delete(r.F, "BSM")
			}
		}), ""},
		{"没有申报面积", every(func(l *kit.Layer) {
			for _, r := range l.Rows {
				delete(r.F, "MJ")
			}
		}), ""},
		{"申报面积取整", every(func(l *kit.Layer) {
			for _, r := range l.Rows {
				if v, ok := r.F["MJ"].(float64); ok {
					r.F["MJ"] = float64(int(v))
				}
			}
		}), ""},
		{"字段名小写", every(func(l *kit.Layer) {
			for _, r := range l.Rows {
				for _, k := range []string{"BSM", "MJ", "BGHDLBM", "YSRQ"} {
					if v, ok := r.F[k]; ok {
						delete(r.F, k)
						r.F[map[string]string{"BSM": "bsm", "MJ": "mj", "BGHDLBM": "bghdlbm", "YSRQ": "ysrq"}[k]] = v
					}
				}
			}
		}), ""},
		{"底图 BSM 重复", func(c *kit.Case) { c.Base.Layer("DLTB").Set("BSM", "1") }, ""},
		{"底图没有扣除面积的字段", func(c *kit.Case) {
			for _, r := range c.Base.Layer("DLTB").Rows {
				delete(r.F, "KCMJ")
				delete(r.F, "TBDLMJ")
			}
		}, ""},
		{"行政区图层多一条旗县记录", func(c *kit.Case) {
			c.Base.Layer("XZQ").Add(kit.Box(0, 0, 16, 10), kit.F{"XZQDM": "150123", "XZQMC": "示例旗"})
		}, ""},
		{"永农坐落只写到村", func(c *kit.Case) {
			for _, r := range c.Base.Layer("YJJBNTTB").Rows {
				r.F["ZLDWDM"] = r.F["ZLDWDM"].(string)[:12]
			}
		}, ""},
		{"远处一条永农没有坐落", func(c *kit.Case) { c.Base.Layer("YJJBNTTB").Row("Y0015").F["ZLDWDM"] = "" }, ""},
		{"远处一条耕地等别是星号", func(c *kit.Case) { c.Base.Layer("DLTB").Row("D0015").F["GDDB"] = kit.Raw("******************") }, ""},
		{"远处一条编码错", func(c *kit.Case) { c.Base.Layer("DLTB").Row("D0015").F["DLBM"] = "9999" }, ""},
	})
}

func TestPapersAndStages(t *testing.T) {
	m := func(do func(m *kit.Manifest)) func(*kit.Case) { return func(c *kit.Case) { do(c.Plan.Manifest) } }
	over := func(scope string) func(*kit.Case) {
		return func(c *kit.Case) {
			c.Plan.Layer("YJJBNTTC").Add(kit.Out("O3", kit.Box(3, 5, 5, 6)))
			c.Plan.Layer("YJJBNTBH").Add(kit.In("I3", kit.Box(3.2, 6, 6, 7)))
			c.Plan.File("附件/论证报告.pdf", "%PDF-1.4")
			c.Plan.Manifest.Justify("pbf-township-cap", scope, "地块零散，集中补划", "附件/论证报告.pdf")
		}
	}
	try(t, []untidy{
		{"材料在中文子文件夹", m(func(m *kit.Manifest) {
			for i := range m.Docs {
				m.Docs[i].File = fmt.Sprintf("附件材料/第%d份 扫描件.pdf", i+1)
			}
		}), ""},
		{"部门写全称", m(func(m *kit.Manifest) {
			for i := range m.Docs {
				if m.Docs[i].From != "" {
					m.Docs[i].From = "某旗" + m.Docs[i].From + "局"
				}
			}
		}), ""},
		{"一份文件顶三种", m(func(m *kit.Manifest) {
			v := kit.Villages[0]
			for _, kind := range []string{"village-consent", "plan-consent", "villager-support"} {
				m.Lose(kind, v)
			}
			m.More = ""
			m.Docs = append(m.Docs, kit.Doc{Kind: "village-consent", Village: v, File: "docs/村.pdf"}, kit.Doc{Kind: "plan-consent", Village: v, File: "docs/村.pdf"},
				kit.Doc{Kind: "villager-support", Village: v, File: "docs/村.pdf"})
		}), ""},
		{"用不着的材料", m(func(m *kit.Manifest) {
			m.Paper(kit.Doc{Kind: "grassland-approval"}).Paper(kit.Doc{Kind: "felling-permit"})
		}), ""},
		{"多一个村的同意书", m(func(m *kit.Manifest) { m.Paper(kit.Doc{Kind: "village-consent", Village: "150123103201"}) }), ""},
		{"部门有条件同意", m(func(m *kit.Manifest) { m.Doc("opinion", "水利").More = "agrees: with-conditions" }), ""},
		{"旧的文件类型 league-review", m(func(m *kit.Manifest) { m.Doc("league-opinion", "").Kind = "league-review" }), ""},
		{"超过 5 % 已论证", over(kit.Towns[0]), ""},
		{"论证写 plan", over("plan"), ""},
		{"论证写 project", over("project"), ""},
		{"论证写旗县代码", over(kit.County), ""},
		{"论证写方案代码", over("150123-2026-01"), ""},
		{"此前项目合计仍在 5 % 内", m(func(m *kit.Manifest) {
			m.More = "prior:\n  - {project: \"150123-2024-02\", township: \"150123101\", pbf_out_m2: 9000, pbf_in_m2: 9500}\n"
		}), ""},
		{"没有指标流转的 quota", m(func(m *kit.Manifest) {
			m.More = "quota: {rural_housing_m2: 500, rural_development_m2: 0, mining_m2: 0, tradable_m2: 1000, destination_county: \"150123\"}\n"
		}), ""},
		{"没有永农调整就不要调整补划方案", func(c *kit.Case) {
			c.Plan.Drop("YJJBNTTC").Drop("YJJBNTBH")
			c.Plan.Layer("DLBG").DropRow("U1").DropRow("U2")
			c.Plan.Manifest.Lose("pbf-plan", "")
		}, ""},
		{"旗县没有的图层写在 base.yaml", func(c *kit.Case) {
			c.Base.Drop("JBCY").Drop("LSWHBHX").Drop("FHLD").Drop("YJJBNTCBQ").Drop("HHGLFW")
			c.Base.File("base.yaml", "absent: [basic_grassland, heritage, shelterbelt, pbf_reserve, water_management]\n")
		}, ""},
		{"划定面积写在 base.yaml", func(c *kit.Case) {
			c.Base.File("base.yaml", "designated: {150123101: 470000, 150123102: 470000}\n")
		}, ""},
		{"年度核算", later("annual"), ""},
		{"子项目验收", later("subproject-acceptance"), ""},
		{"整体验收", later("acceptance"), ""},
		{"带 BOM 的 plan.yaml", edit(func(f kit.Files) { f["plan.yaml"] = append([]byte("\xef\xbb\xbf"), f["plan.yaml"]...) }), ""},
		{"Windows 换行的 plan.yaml", edit(func(f kit.Files) {
			var b []byte
			for _, x := range f["plan.yaml"] {
				if x == '\n' {
					b = append(b, '\r')
				}
				b = append(b, x)
			}
			f["plan.yaml"] = b
		}), ""},
	})
}

func TestClausesThatLeaveRoom(t *testing.T) {
	wide := func(c *kit.Case) { c.Plan.Layer("ZZQY").Rows[0].Shape = kit.Box(0, 0, 16, 10) }
	class := func(id, to string, s kit.Shape, more kit.F) func(*kit.Case) {
		return func(c *kit.Case) {
			_, f := kit.To(id, to, s)
			for k, v := range more {
				f[k] = v
			}
			c.Plan.Layer("DLBG").Add(s, f)
		}
	}
	permit := func(c *kit.Case) { c.Plan.Manifest.Paper(kit.Doc{Kind: "grassland-approval"}) }
	try(t, []untidy{
		{"牧民住宅占基本草原，有审批", all(permit, class("G", "0702", kit.Box(5, 8, 5.1, 8.1), kit.F{"YT": "NMZZ"})), ""},
		{"农村道路占基本草原，有审批", all(permit, class("G", "1006", kit.Box(5, 8, 5.1, 8.1), kit.F{"YT": "NCGL"})), ""},
		{"红线内的耕地旱改水", all(wide, class("R", "0102", kit.Box(12, 0, 13, 1), kit.F{"KCXS": kit.Ridge})), ""},
		{"红线天窗里的永农提质", all(wide, class("R", "0102", kit.Box(13, 1, 14, 2), kit.F{"KCXS": kit.Ridge, "GDPDJB": 1})), ""},
		{"红线内建设用地之外的林地抚育（地类不变）", class("R", "0301", kit.Box(8, 8, 9, 9), nil), ""},
		{"旱地提质，等别变好", class("T", "0103", kit.Box(3, 4, 5, 5), kit.F{"ZLDB": 8, "KCXS": kit.Ridge}), ""},
		{"补划在整治区域外，已论证", func(c *kit.Case) {
			c.Plan.Layer("YJJBNTBH").Shaped("I1", kit.Box(11, 6, 12.2, 7))
			c.Plan.File("docs/论证.pdf", "%PDF-1.4")
			c.Plan.Manifest.Justify("pbf-compensation-in-project", "plan", "项目区内难以补足", "docs/论证.pdf")
		}, ""},
		{"防护林异地更新", all(wide, class("L", "0103", kit.Box(12.2, 9.2, 12.6, 9.6), kit.F{"XMBH": "ZXM-01", "ZLDB": 9, "GDPDJB": 1}), class("M", "0301", kit.Box(6, 7, 7, 8), kit.F{"YT": "FHL"})), ""},
		{"开发边界增减平衡", func(c *kit.Case) {
			c.Plan.New("CZKFBJTZ").Add(kit.Box(4, 9, 4.02, 9.5), kit.F{"BSM": "1", "TZLX": "1"}).Add(kit.Box(0, 9, 0.03, 9.5), kit.F{"BSM": "2", "TZLX": "2"})
			c.Plan.Layer("ZZQY").Rows[0].Shape = kit.Box(0, 4, 10, 10)
		}, ""},
		{"红线调增", func(c *kit.Case) {
			c.Plan.New("STBHHXTZ").Add(kit.Box(5, 4, 5.1, 4.1), kit.F{"BSM": "1", "TZLX": "1"})
		}, ""},
		{"拆房复林", class("F", "0301", kit.Box(2.6, 8, 2.9, 9), nil), ""},
	})
}
