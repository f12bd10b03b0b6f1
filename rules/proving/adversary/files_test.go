package adversary

import (
	"encoding/binary"
	"testing"

	"landcheck/rules/proving/kit"
)

// rar and sevenZip are the first bytes of archives nobody reads.
const (
	rar      = "Rar!\x1a\x07\x01\x00 excess"
	sevenZip = "7z\xbc\xaf\x27\x1c excess"
)

// hidden puts the excess where a reader might not look.
func hidden(name, data string) func(*kit.Case) {
	return func(c *kit.Case) { more(c); c.Plan.File(name, data) }
}

// nested is the excess as a zip within the package.
func nested(name string) func(*kit.Case) {
	return func(c *kit.Case) {
		inner := &kit.Package{}
		inner.New("YJJBNTTC").Add(kit.Out("O3", excess))
		hidden(name, string(inner.Files().Zip("")))(c)
	}
}

// named puts the excess into a layer of that name.
func named(name string) func(*kit.Case) {
	return func(c *kit.Case) { apart(c, name) }
}

// notRead is how a file must end that nobody can judge by.
const notRead = "incomplete | refused"

// noticed is how a layer must end that is either read or not.
const noticed = "violations pbf-township-cap | incomplete | refused"

func TestHiddenFiles(t *testing.T) {
	try(t, []cheat{
		{"调出超限部分另存为 YJJBNTTC_2", named("YJJBNTTC_2"), "violations pbf-township-cap"},
		{"另存为副本", named("YJJBNTTC - 副本"), "violations pbf-township-cap"},
		{"另存为小写带序号", named("yjjbnttc (3)"), "violations pbf-township-cap"},
		{"全角括号序号", named("YJJBNTTC（2）"), noticed},
		{"名称后加字", named("YJJBNTTC旧"), noticed},
		{"名称前加字", named("附YJJBNTTC"), noticed},
		{"错一个字母", named("YJJBNTCT"), noticed},
		{"不相干的名称", named("补充图斑"), notRead},
		{"副本之副本", named("YJJBNTTC_2 - 副本 (2)"), noticed},
		{"同一角色换一个名称：TCTB", named("TCTB"), "violations pbf-township-cap"},
		{"换一个名称：JBNTHRHC", func(c *kit.Case) { apart(c, "JBNTHRHC").Set("HRHCLXDM", "2") }, "violations pbf-township-cap"},
		{"子文件夹里的图层", named("附件/YJJBNTTC"), noticed},
		{"点开头的文件夹里的图层", named(".git/YJJBNTTC"), noticed},
		{"嵌套压缩包", nested("补充.zip"), notRead},
		{"嵌套压缩包改后缀为 pdf 仍是压缩包", nested("补充.kmz"), notRead},
		{"嵌套压缩包以角色命名", nested("YJJBNTTC_2.zip"), "refused"},
		{"RAR", hidden("补充.rar", rar), notRead},
		{"7z", hidden("补充.7z", sevenZip), notRead},
		{"MDB", hidden("补充.mdb", "\x00\x01\x00\x00Standard Jet DB\x00"), notRead},
		{"DWG", hidden("补充.dwg", "AC1032 excess"), notRead},
		{"VCT", hidden("补充.vct", "HeadBegin"), notRead},
		{"KML", hidden("补充.kml", "<kml><Placemark/></kml>"), notRead},
		{"FlatGeobuf", hidden("补充.fgb", "fgb\x03fgb\x00"), notRead},
		{"GML 以角色命名", hidden("YJJBNTTC.gml", "<gml/>"), "refused"},
		{"Excel 以角色命名", hidden("1501232026YJJBNTTC.xlsx", "PK\x03\x04"), "refused"},
		{"CSV 坐标表", hidden("补充.csv", "x,y\n1,2\n"), notRead},
		{"没有图形的 JSON", hidden("补充.json", `{"rings": []}`), notRead},
		{"不是坐标的 TXT 以角色命名", hidden("YJJBNTTC.txt", "坐标另附"), "refused"},
		{"坏的 gdb", hidden("补充.gdb/a00000001.gdbtable", "\x03\x00"), notRead},
		{"只有 .shp 没有 .dbf", func(c *kit.Case) {
			apart(c, "YJJBNTTC_2")
			c.Plan.Edit(func(f kit.Files) { delete(f, "YJJBNTTC_2.dbf"); delete(f, "YJJBNTTC_2.shx") })
		}, noticed},
		{"只留 .dbf", func(c *kit.Case) {
			apart(c, "YJJBNTTC_2")
			c.Plan.Edit(func(f kit.Files) { delete(f, "YJJBNTTC_2.shp") })
		}, notRead},
		{"文件头里的长度截去最后一条", func(c *kit.Case) {
			overCap(c)
			c.Plan.Edit(func(f kit.Files) {
				shp := f["YJJBNTTC.shp"]
				binary.BigEndian.PutUint32(shp[24:], uint32(50+2*(8+128)/2))
			})
		}, "violations pbf-township-cap | refused"},
		{"索引少一条", func(c *kit.Case) {
			overCap(c)
			c.Plan.Edit(func(f kit.Files) { f["YJJBNTTC.shx"] = f["YJJBNTTC.shx"][:100+16] })
		}, "violations pbf-township-cap"},
		{"dbf 文件头少记一条", func(c *kit.Case) {
			overCap(c)
			c.Plan.Edit(func(f kit.Files) { binary.LittleEndian.PutUint32(f["YJJBNTTC.dbf"][4:], 2) })
		}, noticed},
		{"清单把角色指到空图层", func(c *kit.Case) {
			overCap(c)
			c.Plan.New("空").Rows = nil
			c.Plan.Manifest.More = "layers:\n  pbf_out: {file: 空.shp}\n"
		}, "refused | incomplete | violations"},
		{"清单把图层忽略又不说", func(c *kit.Case) {
			overCap(c)
			c.Plan.Manifest.More = "ignore: [\"*\"]\n"
		}, "refused | violations | incomplete"},
	})
}
