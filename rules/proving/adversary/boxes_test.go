package adversary

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"landcheck/rules/proving/kit"

	_ "modernc.org/sqlite"
)

// sqlOn runs statements on a GeoPackage held in memory.
func sqlOn(gpkg []byte, statements ...string) []byte {
	dir, err := os.MkdirTemp("", "adversary")
	check(err)
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "x.gpkg")
	check(os.WriteFile(path, gpkg, 0o600))
	db, err := sql.Open("sqlite", path)
	check(err)
	rows, err := db.Query(`SELECT 'DROP TRIGGER "' || name || '"' FROM sqlite_master WHERE type='trigger'`) // they call functions of GIS programs
	check(err)
	var all []string
	for rows.Next() {
		var s string
		check(rows.Scan(&s))
		all = append(all, s)
	}
	check(rows.Close())
	for _, s := range append(all, statements...) {
		_, err := db.Exec(s)
		check(err)
	}
	check(db.Close())
	data, err := os.ReadFile(path)
	check(err)
	return data
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func away(b [4]float64) [4]float64  { return [4]float64{b[0] + 5e4, b[1], b[2] + 5e4, b[3]} }
func point(b [4]float64) [4]float64 { return [4]float64{b[0], b[1], b[0], b[1]} }
func zero([4]float64) [4]float64    { return [4]float64{} }
func inside(b [4]float64) [4]float64 {
	return [4]float64{b[0] + 1, b[1] + 1, b[2] - 1, b[3] - 1}
}

// inRedLine builds houses in the red line's forest.
func inRedLine(c *kit.Case) {
	c.Plan.Layer("DLBG").Add(kit.To("R1", "0702", kit.Box(8.2, 8.2, 8.5, 8.5)))
	c.Plan.Layer("DLBG").Shaped("N2", kit.Box(2, 8, 3, 9)) // houses pulled down for it
}

// boxed lies in the record boxes of a layer of the base.
func boxed(layer string, whole bool, lie func([4]float64) [4]float64) func(*kit.Case) {
	return func(c *kit.Case) {
		inRedLine(c)
		c.Base.Edit(func(f kit.Files) { kit.Boxes(f[layer+".shp"], whole, lie) })
	}
}

// treed makes the base's layer a GeoPackage and changes its index.
func treed(layer string, statements ...string) func(*kit.Case) {
	return func(c *kit.Case) {
		inRedLine(c)
		l := c.Base.Layer(layer)
		c.Base.Drop(layer)
		c.Base.File(layer+".gpkg", string(sqlOn(kit.Gpkg(l), statements...)))
	}
}

// TestRememberedBoxes: what a cache remembers of a layer has the true boxes.
func TestRememberedBoxes(t *testing.T) {
	dir := t.TempDir()
	c := kit.NewCase()
	boxed("STBHHX", true, away)(c)
	for range 2 {
		if a := c.JudgeIn(t, dir); a.Verdict() != "violations" {
			t.Errorf("ended %s", a.Verdict())
		}
	}
}

func TestDeclaredBoxes(t *testing.T) {
	const caught = "violations red-line-not-occupied"
	try(t, []cheat{
		{"红线的记录外框移到 50 公里外", boxed("STBHHX", false, away), caught},
		{"红线的外框缩成一点", boxed("STBHHX", false, point), caught},
		{"红线的外框全为零", boxed("STBHHX", true, zero), caught},
		{"红线和文件头的外框都移走", boxed("STBHHX", true, away), caught},
		{"红线的外框小一米", boxed("STBHHX", false, inside), caught},
		{"方案图层自己的外框移走", func(c *kit.Case) {
			inRedLine(c)
			c.Plan.Edit(func(f kit.Files) { kit.Boxes(f["DLBG.shp"], true, away) })
		}, caught},
		{"永农的外框移走，调出看不见永农", func(c *kit.Case) {
			overCap(c)
			c.Base.Edit(func(f kit.Files) { kit.Boxes(f["YJJBNTTB.shp"], true, away) })
		}, "violations pbf-township-cap"},
		{"基本草原的外框移走", func(c *kit.Case) {
			c.Plan.Layer("DLBG").Add(kit.Tilled("G1", kit.Box(4, 8, 5, 9)))
			c.Base.Edit(func(f kit.Files) { kit.Boxes(f["JBCY.shp"], true, away) })
		}, "violations basic-grassland"},
		{"gpkg 的 R 树清空", treed("STBHHX", `DELETE FROM "rtree_STBHHX_geom"`), caught},
		{"gpkg 的 R 树移走", treed("STBHHX", `UPDATE "rtree_STBHHX_geom" SET minx=minx+50000, maxx=maxx+50000`), caught},
		{"gpkg 的 R 树缺一条", treed("STBHHX", `DELETE FROM "rtree_STBHHX_geom" WHERE id=1`), caught},
		{"gpkg 的范围说在别处", treed("STBHHX", `UPDATE gpkg_contents SET min_x=0, min_y=0, max_x=1, max_y=1`), caught},
		{"gpkg 的图形头里的外框说谎", treed("STBHHX",
			`UPDATE STBHHX SET geom = unhex(substr(hex(geom),1,16) || hex(zeroblob(32)) || substr(hex(geom),81)) WHERE substr(hex(geom),7,2) IN ('02','03')`), caught},
		{"gpkg 方案里没有登记的表", func(c *kit.Case) {
			overCap(c)
			out := c.Plan.Layer("YJJBNTTC")
			c.Plan.Drop("YJJBNTTC")
			c.Plan.File("调出.gpkg", string(sqlOn(kit.Gpkg(out), `DELETE FROM gpkg_geometry_columns`, `DELETE FROM gpkg_contents`)))
		}, "refused | incomplete | violations"},
		{"gpkg 方案里用视图藏去超限部分", func(c *kit.Case) {
			overCap(c)
			out := c.Plan.Layer("YJJBNTTC")
			c.Plan.Drop("YJJBNTTC")
			c.Plan.File("调出.gpkg", string(sqlOn(kit.Gpkg(out), `ALTER TABLE YJJBNTTC RENAME TO 原始`,
				`UPDATE gpkg_contents SET table_name='原始', identifier='原始'`, `UPDATE gpkg_geometry_columns SET table_name='原始'`,
				`CREATE VIEW YJJBNTTC AS SELECT * FROM 原始 WHERE fid<3`)))
		}, "refused | incomplete | violations"},
		{"gpkg 写着 WAL 而日志不在", func(c *kit.Case) {
			overCap(c)
			out := c.Plan.Layer("YJJBNTTC")
			c.Plan.Drop("YJJBNTTC")
			c.Plan.File("YJJBNTTC.gpkg", string(sqlOn(kit.Gpkg(out), `PRAGMA journal_mode=WAL`)))
		}, "violations pbf-township-cap"},
	})
}
