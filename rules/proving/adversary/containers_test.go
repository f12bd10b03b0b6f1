package adversary

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"landcheck/rules/proving/kit"
)

// twice makes the package a zip with some files in it a second time.
func twice(first bool) func(*kit.Case) {
	return func(c *kit.Case) {
		good := c.Plan.Files()
		overCap(c)
		bad := c.Plan.Files()
		one, two := good, bad
		if first {
			one, two = bad, good
		}
		c.Plan.Laid = func(path string) {
			check(os.RemoveAll(path))
			check(os.WriteFile(path+".zip", archive(one, two, "YJJBNTTC."), 0o600))
			check(os.Rename(path+".zip", path))
		}
	}
}

// archive writes all files, and those of a stem again from another set.
func archive(files, again kit.Files, stem string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name string, data []byte) {
		w, err := z.Create(name)
		check(err)
		_, err = w.Write(data)
		check(err)
	}
	for _, name := range files.Names() {
		put(name, files[name])
	}
	for _, name := range again.Names() {
		if strings.HasPrefix(name, stem) {
			put(name, again[name])
		}
	}
	check(z.Close())
	return b.Bytes()
}

// aside lays the excess outside the package and links it in.
func aside(c *kit.Case) {
	apart(c, "YJJBNTTC_2")
	c.Plan.Laid = func(path string) {
		for _, ending := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
			from, to := filepath.Join(path, "YJJBNTTC_2"+ending), filepath.Join(filepath.Dir(path), "x"+ending)
			check(os.Rename(from, to))
			check(os.Symlink(to, from))
		}
	}
}

func geojson(name, text string) func(*kit.Case) {
	return func(c *kit.Case) { more(c); c.Plan.File(name, text) }
}

func TestContainers(t *testing.T) {
	const either = "violations pbf-township-cap | incomplete | refused"
	collection := func(c *kit.Case) string {
		extra := &kit.Package{}
		l := extra.New("x").Add(kit.Out("O3", excess))
		l.Format = "geojson"
		return string(extra.Files()["x.geojson"])
	}
	try(t, []cheat{
		{"压缩包里同名文件两份，坏的在前", twice(true), "refused | violations pbf-township-cap"},
		{"压缩包里同名文件两份，坏的在后", twice(false), "refused | violations pbf-township-cap"},
		{"图层是指向包外的链接", aside, either},
		{"图层是管道", func(c *kit.Case) {
			more(c)
			c.Plan.Laid = func(path string) { check(syscall.Mkfifo(filepath.Join(path, "YJJBNTTC_2.shp"), 0o600)) }
		}, "refused | incomplete"},
		{"大小写不同的两个图层", func(c *kit.Case) { apart(c, "yjjbnttc") }, "violations pbf-township-cap | refused"},
		{"GeoJSON 的 features 写两遍，坏的在前", func(c *kit.Case) {
			more(c)
			bad := collection(c)
			c.Plan.File("YJJBNTTC_2.geojson", strings.TrimSuffix(bad, "}")+`,"features":[]}`)
		}, either},
		{"GeoJSON 的图形是 GeometryCollection", func(c *kit.Case) {
			more(c)
			bad := collection(c)
			bad = strings.Replace(bad, `{"coordinates"`, `{"type":"GeometryCollection","geometries":[{"coordinates"`, 1)
			c.Plan.File("YJJBNTTC_2.geojson", strings.Replace(bad, `"type":"MultiPolygon"}`, `"type":"MultiPolygon"}]}`, 1))
		}, either},
		{"GeoJSON 的图形是线", geojson("YJJBNTTC_2.geojson", `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4525"}},"features":[{"type":"Feature","properties":{"BSM":"9"},"geometry":{"type":"LineString","coordinates":[[37540300,4563400],[37540500,4563400],[37540500,4563500],[37540300,4563400]]}}]}`), either},
		{"GeoJSON 截断", func(c *kit.Case) {
			more(c)
			bad := collection(c)
			c.Plan.File("YJJBNTTC_2.geojson", bad[:len(bad)-40])
		}, "refused | incomplete"},
		{"单个 Feature 而不是集合", func(c *kit.Case) {
			more(c)
			bad := collection(c)
			from, to := strings.Index(bad, `[{"geometry"`)+1, strings.LastIndex(bad, "]")
			c.Plan.File("YJJBNTTC_2.geojson", bad[from:to])
		}, either},
		{"线状 Shapefile 以角色命名", func(c *kit.Case) {
			apart(c, "YJJBNTTC_2")
			c.Plan.Edit(func(f kit.Files) { f["YJJBNTTC_2.shp"][32], f["YJJBNTTC_2.shp"][108] = 3, 3 })
		}, either},
		{"MultiPatch 以角色命名", func(c *kit.Case) {
			apart(c, "YJJBNTTC_2")
			c.Plan.Edit(func(f kit.Files) { f["YJJBNTTC_2.shp"][32], f["YJJBNTTC_2.shp"][108] = 31, 31 })
		}, either},
		{"截断的 .shp", func(c *kit.Case) {
			overCap(c)
			c.Plan.Edit(func(f kit.Files) { f["YJJBNTTC.shp"] = f["YJJBNTTC.shp"][:len(f["YJJBNTTC.shp"])-40] })
		}, "refused"},
		{"零字节的 .shp", func(c *kit.Case) {
			apart(c, "YJJBNTTC_2")
			c.Plan.Edit(func(f kit.Files) { f["YJJBNTTC_2.shp"] = nil })
		}, "refused | incomplete"},
		{"零字节的 .dbf", func(c *kit.Case) {
			overCap(c)
			c.Plan.Edit(func(f kit.Files) { f["DLBG.dbf"] = nil })
		}, "refused | incomplete | violations"},
		{"图层的坐标是 NaN", func(c *kit.Case) {
			overCap(c)
			c.Plan.Edit(func(f kit.Files) {
				shp := f["YJJBNTTC.shp"]
				copy(shp[len(shp)-16:], []byte{0, 0, 0, 0, 0, 0, 0xf8, 0x7f})
			})
		}, "refused"},
		{"JBNTHRHC 的类型写 9", func(c *kit.Case) { apart(c, "JBNTHRHC").Set("HRHCLXDM", "9") }, "violations | refused"},
		{"JBNTHRHC 的类型留空", func(c *kit.Case) { apart(c, "JBNTHRHC").Set("HRHCLXDM", "") }, "violations | refused"},
		{"坐标 TXT 藏超限部分", func(c *kit.Case) { apart(c, "YJJBNTTC_2").Set("MC", "x").Format = "txt" }, either},
	})
}
