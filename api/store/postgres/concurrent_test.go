package postgres

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/shapefile"
)

// concurrently writes a copy of base layers that lies so many metres further east.
// Bad ones have whatever turns up in such files: null shapes, values outside
// their domains, figures written in other ways, rings that cross themselves,
// deleted records, a layer without a .prj, a file that is no base layer.
func concurrently(t *testing.T, from, to string, east float64, bad bool) {
	t.Helper()
	if err := os.Mkdir(to, 0o700); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(from, "*.shp"))
	if err != nil || len(paths) < 5 {
		t.Fatal(paths, err)
	}
	g := rand.New(rand.NewPCG(4, 2))
	for _, path := range paths {
		table := read(t, path)
		for i := range table.Rows {
			row := &table.Rows[i]
			row.Geometry = shift(row.Geometry, east)
			if bad && len(table.Rows) > 50 && g.IntN(8) == 0 {
				corrupt(g, table, row)
			}
		}
		name := filepath.Join(to, filepath.Base(path))
		encoding := shapefile.GBK
		if bad && g.IntN(2) == 0 {
			encoding = shapefile.UTF8
		}
		if err := shapefile.Write(t.Context(), name, table, encoding); err != nil {
			t.Fatal(err)
		}
		if bad && len(table.Rows) > 50 {
			damage(t, g, strings.TrimSuffix(name, ".shp")+".dbf")
		}
	}
	if bad {
		stem := filepath.Join(to, "DLTB")
		if err := os.Remove(stem + ".prj"); err != nil {
			t.Fatal(err)
		}
		for _, end := range []string{".shp", ".shx", ".dbf"} {
			if err := os.Link(stem+end, filepath.Join(to, "WHATEVER"+end)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func read(t *testing.T, path string) *geo.Table {
	t.Helper()
	l, err := shapefile.Open(path, path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	table := &geo.Table{Name: l.Name(), Fields: l.Fields()}
	if table.CRS, err = l.CRS(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range table.Fields {
		names = append(names, f.Name)
	}
	for f, err := range l.Near(t.Context(), nil, names) {
		if err != nil {
			t.Fatal(err)
		}
		f.Values = slices.Clone(f.Values)
		table.Rows = append(table.Rows, f)
	}
	return table
}

func shift(mp orb.MultiPolygon, east float64) orb.MultiPolygon {
	moved := mp.Clone()
	for _, p := range moved {
		for _, r := range p {
			for i := range r {
				r[i][0] += east
			}
		}
	}
	return moved
}

// corrupt makes something of a feature wrong or odd.
func corrupt(g *rand.Rand, table *geo.Table, row *geo.Feature) {
	set := func(name, value string) {
		if i := geo.FieldIndex(table.Fields, name); i >= 0 && len(value) <= table.Fields[i].Width {
			row.Values[i] = value
		}
	}
	switch g.IntN(7) {
	case 0:
		row.Geometry = nil
	case 1:
		set("DLBM", []string{"", "0", "9999", "k", "0101k", " 010"}[g.IntN(6)])
	case 2:
		set("KCXS", []string{"", "0", "1", "0.5", "9.999"}[g.IntN(5)])
		set("YJJBNTMJ", []string{"", "0", "-3", "1000"}[g.IntN(4)])
	case 3:
		set("GDPDJB", []string{"", "0", "6", "9", "2", "03"}[g.IntN(6)])
		set("GDDB", []string{"", "0", "16", "7", "1"}[g.IntN(5)])
	case 4:
		set("ZLDWDM", []string{"", "150123", "150123101", "x", "1501231010010000000"}[g.IntN(5)])
	case 5: // crosses itself
		if r := row.Geometry[0][0]; len(r) > 6 {
			k := 1 + g.IntN(len(r)-4)
			r[k], r[k+2] = r[k+2], r[k]
		}
	case 6: // a second part, of next to nothing
		p := row.Geometry[0][0][0]
		row.Geometry = append(row.Geometry, orb.Polygon{{p, {p[0] + 2, p[1]}, {p[0] + 2, p[1] + 0.001}, p}})
	}
}

// damage marks records of a .dbf as deleted, and overwrites some figures with
// what no program should have written.
func damage(t *testing.T, g *rand.Rand, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, size := int(b[8])|int(b[9])<<8, int(b[10])|int(b[11])<<8
	type span struct{ at, width int }
	var figures []span
	at := 1
	for d := 32; b[d] != '\r'; d += 32 {
		width := int(b[d+16])
		if b[d+11] == 'N' {
			figures = append(figures, span{at, width})
		}
		at += width
	}
	odd := []string{"1e-2", ".5", "+1", "-1", "abc", "1,5", "0x10", "NaN", "*", "00.10", "\x00", "\xb8\xf9"}
	for record := head; record+size <= len(b); record += size {
		switch g.IntN(30) {
		case 0:
			b[record] = '*'
		case 1, 2:
			f := figures[g.IntN(len(figures))]
			copy(b[record+f.at:], fmt.Sprintf("%*.*s", f.width, f.width, odd[g.IntN(len(odd))])[:f.width])
		}
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// randomPlan writes a plan package with changes all over the land of a base.
func randomPlan(t *testing.T, seed uint64, dir, base string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	g := rand.New(rand.NewPCG(seed, 5))
	towns := read(t, filepath.Join(base, "XZQ.shp"))
	land := geo.Bound(nil)
	for _, r := range towns.Rows {
		land = land.Union(geo.Bound(r.Geometry))
	}
	place := func(size float64) orb.Point {
		return orb.Point{
			land.Min[0] + (land.Max[0]-land.Min[0])*g.Float64(), land.Min[1] + (land.Max[1]-land.Min[1])*(g.Float64()*1.02-0.01),
		}
	}
	text := func(name string, width int) geo.Field {
		return geo.Field{Name: name, Type: geo.TextField, Width: width}
	}
	number := func(name string, width, decimals int) geo.Field {
		return geo.Field{Name: name, Type: geo.NumberField, Width: width, Decimals: decimals}
	}
	any := func(of ...string) string { return of[g.IntN(len(of))] }
	write := func(name string, fields []geo.Field, n int, size float64, values func() []string) {
		table := &geo.Table{Name: name, CRS: towns.CRS, Fields: append([]geo.Field{text("BSM", 18)}, fields...)}
		for i := range n {
			table.Rows = append(table.Rows, geo.Feature{
				Record: i + 1, Geometry: star(g, place(size), size*math.Exp(g.NormFloat64())),
				Values: append([]string{fmt.Sprintf("%s%d", name, i)}, values()...),
			})
		}
		if err := shapefile.Write(t.Context(), filepath.Join(dir, name+".shp"), table, shapefile.GBK); err != nil {
			t.Fatal(err)
		}
	}
	write("ZZQY", nil, 1+g.IntN(2), 1500, func() []string { return nil })
	common := []geo.Field{text("DLBM", 5), number("KCXS", 6, 4), text("GDPDJB", 2), number("ZLDB", 2, 0), text("NF", 4)}
	values := func() []string {
		return []string{any("0101", "0103", "0102", ""), any("", "0.1000", "0.0520"), any("", "1", "2", "5"), any("", "3", "9", "15"), any("2025", "2026", "")}
	}
	write("YJJBNTTC", common, g.IntN(12), 80, values)
	write("YJJBNTBH", common, g.IntN(12), 80, values)
	write("DLBG", []geo.Field{text("BGHDLBM", 5), number("KCXS", 6, 4), text("GDPDJB", 2)}, 1+g.IntN(25), 60, func() []string {
		return []string{any("0101", "0103", "0201", "0301", "0404", "0601", "0702", "1003", "1101", "1206", "9999", "", "203"), any("", "0.0800"), any("", "1", "4")}
	})
}

// star is a polygon round a point: convex or not, sometimes with a hole,
// sometimes crossing itself.
func star(g *rand.Rand, centre orb.Point, size float64) orb.MultiPolygon {
	n := 3 + g.IntN(12)
	ring := func(scale float64) (r orb.Ring) {
		for i := range n {
			d, a := size*scale*(0.5+g.Float64()/2), 2*math.Pi*float64(i)/float64(n)
			r = append(r, orb.Point{centre[0] + d*math.Cos(a), centre[1] + d*math.Sin(a)})
		}
		return append(r, r[0])
	}
	p := orb.Polygon{ring(1)}
	switch g.IntN(6) {
	case 0:
		p = append(p, ring(0.3))
	case 1:
		k := 1 + g.IntN(n-1)
		p[0][k], p[0][1] = p[0][1], p[0][k]
	}
	return orb.MultiPolygon{p}
}
