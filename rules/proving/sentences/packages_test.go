package sentences

import (
	"strings"
	"testing"

	"landcheck/rules/proving/kit"
)

const (
	cap5  = "violations pbf-township-cap"
	paper = "docs/01-village-consent.pdf" // a paper of the clean plan
)

// excess puts what breaks the cap into a layer of its own.
func excess(name string) func(*kit.Case) {
	return func(c *kit.Case) {
		overCap(c)
		l := c.Plan.Layer("YJJBNTTC")
		c.Plan.New(name).Rows = l.Rows[2:]
		l.Rows = l.Rows[:2]
	}
}

func names(from string, to ...string) (rows []row) {
	for _, name := range to {
		rows = append(rows, row{name, rename(from, name), "compliant", ""})
	}
	return rows
}

func files(end, says string, list ...string) (rows []row) {
	for _, name := range list {
		rows = append(rows, row{name, file(name, "x"), end, says})
	}
	return rows
}

func join(lists ...[]row) (all []row) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// TestPackages: what a plan package is, which layers it has, and that every file
// of it is accounted for.
func TestPackages(t *testing.T) {
	form := func(f string) func(*kit.Case) { return func(c *kit.Case) { c.Plan.Form = f } }
	hold(t, []sentence{
		{"A directory, a .zip; a zip may wrap everything in one folder", []row{
			{"a directory", form(""), "compliant", ""}, {"a zip", form("zip"), "compliant", ""}, {"wrapped", form("wrapped"), "compliant", ""}}},
		{"A layer's role comes from its name, case-insensitive, leading digits stripped", join(
			names("YJJBNTTC", "1501232025YJJBNTTC", "yjjbnttc", "TCTB", "调出", "永久基本农田调出", "150123_TCTB"), names("YJJBNTBH", "BHTB", "DRTB", "补划", "调入", "永久基本农田补划"),
			names("DLBG", "DLBGTB", "地类变更"), names("ZZQY", "ZZFW", "整治区域"),
			[]row{{"the project area is required", func(c *kit.Case) { c.Plan.Drop("ZZQY") }, "refused", "整治区域"}})},
		{"and so are the marks of a copy or a part", names("DLBG", "DLBG_1", "DLBG-2", "DLBG(1)", "DLBG (1)", "DLBG - 副本", "DLBG_副本", "DLBGcopy")},
		{"Several layers of one role are joined", []row{
			{"_1 and _2", excess("YJJBNTTC_2"), cap5, ""}, {"another name", excess("TCTB"), cap5, ""}, {"in another folder", excess("二期/YJJBNTTC"), cap5, ""},
			{"JBNTHRHC: 2 = out", all(excess("JBNTHRHC"), func(c *kit.Case) { c.Plan.Layer("JBNTHRHC").Set("HRHCLXDM", "2") }), cap5, ""},
			{"JBNTHRHC: 0 = ignored", all(excess("JBNTHRHC"), func(c *kit.Case) { c.Plan.Layer("JBNTHRHC").Set("HRHCLXDM", "0") }), "compliant", ""}}},
		{"YJJBNTTZTB: TZLX (调出, 调入/补划; other values by values:)", []row{
			{"调出", all(excess("YJJBNTTZTB"), func(c *kit.Case) { c.Plan.Layer("YJJBNTTZTB").Set("TZLX", "调出") }), cap5, ""},
			{"another value", all(excess("YJJBNTTZTB"), func(c *kit.Case) { c.Plan.Layer("YJJBNTTZTB").Set("TZLX", "核减") }), "violations data-codes", "核减"},
			{"another value, said", all(excess("YJJBNTTZTB"), func(c *kit.Case) { c.Plan.Layer("YJJBNTTZTB").Set("TZLX", "核减") },
				manifest("layers:\n  YJJBNTTZTB: {values: {TZLX: {核减: out}}}\n")), cap5, ""}}},
		{"land_use_after takes the place of land_use_change, and having both is an error", []row{
			{"both", func(c *kit.Case) {
				c.Plan.New("SDQYZZHDLTB").Add(kit.Box(1, 4, 10, 9), kit.F{"BSM": "1", "DLBM": "0103"})
			}, "refused", "SDQYZZHDLTB"},
			{"as it is, but for houses", wholeAfter(map[string]bool{"B1": true}), "violations construction-not-grown demolition-covers-building", ""},
			{"the whole land use", wholeAfter(map[string]bool{"U1": true, "U2": true, "N1": true, "N2": true, "B1": true}), "compliant", ""}}},
		{"Every file of a package is accounted for: paper, companion", join(
			files("compliant", "", "照片/a.jpg", "a.png", "a.tif", "a.pdf", "a.doc", "a.docx", "a.ofd", "a.xls", "a.xlsx", "说明.txt"),
			files("compliant", "", "a.qgz", "DLBG.qpj", "DLBG.qml", "DLBG.qmd", "DLBG.sbn", "DLBG.sbx", "DLBG.lock", "DLBG.shp.xml", "a.lyr", "a.lyrx", "a.mxd", "a.aprx", "a.tfw", "Thumbs.db", ".DS_Store", "__MACOSX/a"))},
		{"Anything else is unread: data-complete is not_checked and the verdict at best incomplete", join(
			files("incomplete data-complete", "没有读入", "a.zip", "a.mdb", "a.vct", "a.dwg", "a.gml", "a.fgb", "a.json", "a.rar", "a.csv", "a.bin", "landcheck.yaml"),
			[]row{{"a polygon layer without a role", func(c *kit.Case) { c.Plan.New("补充").Add(kit.Out("O9", kit.Box(3, 5, 4, 6))) }, "incomplete data-complete", "补充"}})},
		{"An unread file whose stem is a role's name cannot be judged without", files("refused", "YJJBNT", "YJJBNTTC.zip", "YJJBNTTC.xlsx", "YJJBNTTC.csv", "YJJBNTTC.txt", "YJJBNTTC (1).dwg", "2026YJJBNTTZTB.mdb")},
		{"ignored (the manifest's ignore: [glob, …], shown in the report)", []row{
			{"a folder", all(file("旧版/a.dwg", "x"), manifest("ignore: [\"旧版/**\"]\n")), "compliant", "ignored 旧版/a.dwg"},
			{"nothing", manifest("ignore: [\"旧版/**\"]\n"), "compliant", "旧版/**"},
			{"a layer that is named", manifest("ignore: [\"DLBG*\"]\nlayers:\n  land_use_change: {file: DLBG.shp}\n"), "compliant", "DLBG*"}}},
		{"absent text is empty, absent number is unknown; a number stored as text is read, dates as YYYYMMDD, YYYY-MM-DD or a DBF date", []row{
			{"number as text", set("YJJBNTBH", "I1", "ZLDB", "9"), "compliant", ""}, {"a word for a number", set("YJJBNTBH", "I1", "MJ", "约两公顷"), "violations data-fields", "约两公顷"},
			{"YYYY-MM-DD", set("YJJBNTBH", "I1", "YSRQ", "2026-05-01"), "compliant", ""}, {"no date at all", set("YJJBNTBH", "I1", "YSRQ", "五月初"), "violations data-fields", "五月初"},
			{"a month 13", set("YJJBNTBH", "I1", "YSRQ", "20261301"), "violations data-fields", "20261301"}}},
		{"BSM, else TBBH, else record number; NF, else SJNF; BGHDLBM required", []row{
			{"TBBH", column("DLBG", "BSM", "TBBH"), "compliant", ""}, {"none", func(c *kit.Case) { call(c.Plan.Layer("DLBG"), "BSM", "BZ") }, "compliant", ""},
			{"SJNF", column("YJJBNTTC", "NF", "SJNF"), "compliant", ""}, {"no BGHDLBM", column("DLBG", "BGHDLBM", "BZ"), "refused", "BGHDLBM"},
			{"a blank BGHDLBM", set("DLBG", "U1", "BGHDLBM", ""), "violations data-fields", "未填写地类编码"}}},
		{"ZLDB 1 to 15, GDPDJB 1 to 5, 0 ≤ KCXS < 1, TBXHDM, YT", []row{
			{"ZLDB 16", set("YJJBNTBH", "I1", "ZLDB", 16), "violations data-codes", "16"}, {"GDPDJB 6", set("YJJBNTBH", "I1", "GDPDJB", 6), "violations data-codes", "6"},
			{"KCXS 1", set("DLBG", "N1", "KCXS", 1.0), "violations data-fields", "KCXS"}, {"TBXHDM", set("DLBG", "N1", "TBXHDM", "ABCD"), "violations data-codes", "ABCD"},
			{"YT", set("DLBG", "B1", "YT", "ABC"), "violations data-codes", "ABC"}, {"SCFF", set("DLBG", "N1", "SCFF", "GPSX"), "violations data-codes", "GPSX"}}},
	})
}

// wholeAfter states the land use of the project area after the plan in place of
// the changes; those of changed are taken over, else the land stays as it is.
func wholeAfter(changed map[string]bool) func(*kit.Case) {
	return func(c *kit.Case) {
		changes := c.Plan.Layer("DLBG").Rows
		c.Plan.Drop("DLBG")
		l := c.Plan.New("SDQYZZHDLTB")
		// Changed cells are cut at whole tenths from west to east, as the clean plan has them.
		for row := 4; row < 9; row++ {
			for col := 1; col < 10; col++ {
				before, at := c.Base.Layer("DLTB").Row("D"+digits(row)+digits(col)), float64(col)
				for _, ch := range changes {
					if b := ch.Shape.Bound(); changed[ch.F["BSM"].(string)] && b.Min[1] == kit.At(0, float64(row))[1] {
						east := min((b.Max[0]-kit.West)/kit.Cell, float64(col+1))
						if b.Min[0] <= kit.At(float64(col), 0)[0] && east > at {
							at = east
						}
					}
				}
				if at < float64(col+1) {
					f := kit.F{}
					for k, v := range before.F {
						if !strings.HasPrefix(k, "TB") && k != "KCMJ" {
							f[k] = v
						}
					}
					l.Add(kit.Box(at, float64(row), float64(col+1), float64(row+1)), f)
				}
			}
		}
		for _, ch := range changes {
			if f := ch.F; changed[f["BSM"].(string)] {
				call(&kit.Layer{Rows: []*kit.Row{ch}}, "BGHDLBM", "DLBM")
				call(&kit.Layer{Rows: []*kit.Row{ch}}, "ZLDB", "XZGDDB")
				l.Add(ch.Shape, f)
			}
		}
	}
}

func digits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
