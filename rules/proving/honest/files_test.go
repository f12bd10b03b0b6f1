package honest

import (
	"encoding/binary"
	"strings"
	"testing"

	"landcheck/rules/proving/kit"
)

// split moves the features of a layer but the first into another layer.
func split(name, second string) func(*kit.Case) {
	return func(c *kit.Case) {
		l := c.Plan.Layer(name)
		c.Plan.New(second).Rows = l.Rows[1:]
		l.Rows = l.Rows[:1]
	}
}

// remove deletes the files of an ending.
func remove(ending string) func(*kit.Case) {
	return edit(func(f kit.Files) {
		for _, name := range f.Names() {
			if strings.HasSuffix(name, ending) {
				delete(f, name)
			}
		}
	})
}

func TestNames(t *testing.T) {
	try(t, []untidy{
		{"前面带旗县代码和年度", rename("YJJBNTTC", "1501232026YJJBNTTC"), ""},
		{"小写", every(func(l *kit.Layer) { l.Name = strings.ToLower(l.Name) }), ""},
		{"中文名", all(rename("YJJBNTTC", "永久基本农田调出"), rename("YJJBNTBH", "补划"), rename("DLBG", "地类变更"), rename("ZZQY", "整治区域")), ""},
		{"浏览器下载的副本 (1)", rename("YJJBNTTC", "YJJBNTTC (1)"), ""},
		{"资源管理器的副本", rename("DLBG", "DLBG - 副本"), ""},
		{"分成两个文件 _1 _2", all(split("YJJBNTTC", "YJJBNTTC_2"), rename("YJJBNTTC", "YJJBNTTC_1")), ""},
		{"分成两个文件 -1 -2", all(split("DLBG", "DLBG-2"), rename("DLBG", "DLBG-1")), ""},
		{"两个同义的名称", split("YJJBNTBH", "DRTB"), ""},
		{"两种格式各一半", all(split("YJJBNTTC", "YJJBNTTC_2"), func(c *kit.Case) { c.Plan.Layer("YJJBNTTC_2").Format = "geojson" }), ""},
		{"图层放在子文件夹", every(func(l *kit.Layer) { l.Name = "矢量数据/" + l.Name }), ""},
		{"按图层分文件夹", every(func(l *kit.Layer) { l.Name = l.Name + "/" + l.Name }), ""},
		{"压缩包套一层文件夹", func(c *kit.Case) { c.Plan.Form = "wrapped" }, ""},
		{"压缩包", func(c *kit.Case) { c.Plan.Form = "zip" }, ""},
		{"一个 gpkg", func(c *kit.Case) { c.Plan.Form = "gpkg" }, ""},
		{"GeoJSON", every(func(l *kit.Layer) { l.Format = "geojson" }), ""},
		{"底图是一个 gpkg", func(c *kit.Case) { c.Base.Form = "gpkg" }, ""},
		{"底图的图层分两个文件", func(c *kit.Case) {
			l := c.Base.Layer("DLTB")
			c.Base.New("DLTB_2").Rows = l.Rows[80:]
			l.Rows = l.Rows[:80]
			l.Name = "DLTB_1"
		}, ""},
		{"底图用中文名", func(c *kit.Case) {
			for from, to := range map[string]string{"DLTB": "地类图斑", "XZQ": "行政区", "CJDCQ": "村级调查区", "STBHHX": "生态保护红线", "CZKFBJ": "城镇开发边界"} {
				c.Base.Layer(from).Name = to
			}
		}, ""},
		{"底图里有别的图层", func(c *kit.Case) { c.Base.New("道路中心线").Add(kit.Box(0, 0, 1, 1), kit.F{"BSM": "1"}) }, ""},
	})
}

func TestCompanions(t *testing.T) {
	junk := func(f kit.Files) {
		for _, name := range []string{"Thumbs.db", ".DS_Store", "docs/Thumbs.db", "__MACOSX/._DLBG.shp", "方案.qgz", "方案.qgs~", "图.mxd", "DLBG.qpj", "DLBG.qml",
			"DLBG.sbn", "DLBG.sbx", "DLBG.shp.xml", "DLBG.lyr", "DLBG.qmd", "DLBG.shp.PC-1.1234.5678.sr.lock", "desktop.ini"} {
			f[name] = []byte("x")
		}
		delete(f, "方案.qgs~")
		delete(f, "desktop.ini")
	}
	try(t, []untidy{
		{"GIS 程序留下的文件", edit(junk), ""},
		{"大写的扩展名", edit(func(f kit.Files) {
			for _, name := range f.Names() {
				if stem, ok := strings.CutPrefix(name, "DLBG"); ok {
					f["DLBG"+strings.ToUpper(stem)] = f[name]
					delete(f, name)
				}
			}
		}), ""},
		{"没有 .cpg", every(func(l *kit.Layer) { l.NoCpg = true }), ""},
		{"没有 .prj，坐标带带号", every(func(l *kit.Layer) { l.Prj = "-" }), ""},
		{"没有 .shx", remove(".shx"), ""},
		{"错的 .shx", edit(func(f kit.Files) {
			binary.BigEndian.PutUint32(f["DLBG.shx"][100:], 9999)
		}), ""},
		{"别的图层的 .shx", edit(func(f kit.Files) { f["DLBG.shx"] = f["ZZQY.shx"] }), ""},
		{"GBK 的属性表", all(every(func(l *kit.Layer) { l.Code = "GBK"; l.Set("BZ", "西镇整治") }), base(func(l *kit.Layer) { l.Code = "GBK" })), ""},
		{"GBK 而没有 .cpg", all(every(func(l *kit.Layer) { l.Code = "GBK"; l.NoCpg = true; l.Set("BZ", "西镇整治") }), base(func(l *kit.Layer) { l.Code = "GBK"; l.NoCpg = true })), ""},
		{".cpg 写错：GBK 的表写着 UTF-8", all(base(func(l *kit.Layer) { l.Code = "GBK" }), func(c *kit.Case) {
			c.Base.Edit(func(f kit.Files) { f["XZQ.cpg"] = []byte("UTF-8") })
		}), ""},
		{"现状照片和说明", all(beside("照片/村口.jpg", "\xff\xd8\xff"), beside("说明.docx", "PK"), beside("预算.xlsx", "PK"), beside("目录.txt", "一、方案\r\n"), beside("图册.pdf", "%PDF")), ""},
		{"忽略的照片和旧版", all(beside("现状照片/a.heic", "x"), func(c *kit.Case) {
			c.Plan.New("旧版/YJJBNTTC").Add(kit.Out("O1", kit.Box(2, 5, 3, 6)))
			c.Plan.Manifest.More = "ignore: [\"现状照片/**\", \"旧版/*\"]\n"
		}), ""},
		{"多出来的文件没有登记", beside("docs/补充说明.pdf", "%PDF"), ""},
		{"空的图层", all(func(c *kit.Case) { c.Plan.New("STBHHXTZ"); c.Plan.New("CZKFBJTZ") }), ""},
		{"空图形", func(c *kit.Case) {
			l := c.Plan.Layer("YJJBNTTC")
			l.Rows = append(l.Rows, &kit.Row{F: kit.F{"BSM": "空"}})
		}, ""},
		{"删除的记录", func(c *kit.Case) {
			s, f := kit.Out("DEL", kit.Box(3, 5, 5, 6))
			l := c.Plan.Layer("YJJBNTTC")
			l.Rows = append(l.Rows, &kit.Row{Shape: s, F: f, Deleted: true})
		}, ""},
		{"PolygonZ", every(func(l *kit.Layer) { l.Type = 15 }), ""},
		{"PolygonM", every(func(l *kit.Layer) { l.Type = 25 }), ""},
		{"底图 PolygonZ", base(func(l *kit.Layer) { l.Type = 15 }), ""},
		{"方案的外框陈旧", edit(func(f kit.Files) {
			kit.Boxes(f["DLBG.shp"], true, func(b [4]float64) [4]float64 { return [4]float64{b[0] - 10, b[1] - 10, b[2] + 10, b[3] + 10} })
		}), ""},
	})
}
