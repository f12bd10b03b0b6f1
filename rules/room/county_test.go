package room_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"landcheck/geo"
	"landcheck/geo/shapefile"
	"landcheck/rules/plan"
	"landcheck/rules/room"
	"landcheck/rules/rulebook"

	"github.com/paulmach/orb"
)

// field is a parcel of the county that tests draw.
type field struct {
	ring              orb.Ring
	class, refinement string
	slope, grade      int
	ridge             float64
}

func (f field) shape() orb.MultiPolygon { return orb.MultiPolygon{{f.ring}} }

// drawnCounty is a little county in which layers cross everywhere: two townships
// whose border runs through fields, PBF drawn as the parcels, cut in half or
// shifted, a red line and an urban boundary with a window each, a river, a reserve.
type drawnCounty struct {
	fields, pbf         []field
	towns               [2]orb.MultiPolygon
	red, urban          orb.MultiPolygon
	water, reserve      orb.MultiPolygon
	without             []string // layers that are not written
	slopeless, codeless bool     // PBF does not say slope or refinement
}

const (
	cells    = 7
	cellSize = 95.0
	west     = 37_540_000.0
	south    = 4_562_000.0
)

func drawCounty(r *rand.Rand) drawnCounty {
	var c drawnCounty
	corner := func(i, j int) orb.Point {
		p := orb.Point{west + float64(i)*cellSize, south + float64(j)*cellSize}
		if i > 0 && i < cells && j > 0 && j < cells {
			h := uint64(i*100+j) * 0x9e3779b97f4a7c15
			p[0] += float64(h>>40%2000)/100 - 10
			p[1] += float64(h>>20%2000)/100 - 10
		}
		return p
	}
	for i := range cells {
		for j := range cells {
			f := field{ring: orb.Ring{corner(i, j), corner(i+1, j), corner(i+1, j+1), corner(i, j+1), corner(i, j)},
				class: []string{"0101", "0102", "0103", "0102", "0103", "0301", "0702", "1003"}[r.IntN(8)]}
			if f.class < "02" {
				f.slope, f.grade, f.ridge = r.IntN(6), r.IntN(16), float64(r.IntN(1500))/10000
				f.refinement = []string{"", "", "", "", "HDGD", "LQGD"}[r.IntN(6)]
			}
			c.fields = append(c.fields, f)
			if f.class < "02" && r.IntN(10) < 5 {
				c.pbf = append(c.pbf, asPBF(f, r))
			}
		}
	}
	border := west + (3+3*r.Float64())*cellSize
	c.towns[0] = box(west, south, border, south+cells*cellSize)
	c.towns[1] = box(border, south, west+cells*cellSize, south+cells*cellSize)
	c.red, c.urban = annulus(r), annulus(r)
	y := south + r.Float64()*cells*cellSize
	c.water = orb.MultiPolygon{{{{west, y}, {west + cells*cellSize, y + 40}, {west + cells*cellSize, y + 75}, {west, y + 30}, {west, y}}}}
	c.reserve = orb.MultiPolygon{{circle(place(r), 160, 7, false)}}
	c.slopeless, c.codeless = r.IntN(2) == 0, r.IntN(2) == 0
	return c
}

// asPBF draws a field as basic farmland: mostly as it is, else half of it or moved.
func asPBF(f field, r *rand.Rand) field {
	f.refinement = []string{f.refinement, ""}[r.IntN(2)]
	switch r.IntN(6) {
	case 0:
		f.ring = orb.Ring{f.ring[0], f.ring[1], f.ring[2], f.ring[0]}
	case 1:
		moved := slices.Clone(f.ring)
		for i := range moved {
			moved[i][0] += 2.5
			moved[i][1] -= 0.4
		}
		f.ring = moved
	}
	return f
}

func place(r *rand.Rand) orb.Point {
	return orb.Point{west + r.Float64()*cells*cellSize, south + r.Float64()*cells*cellSize}
}

func annulus(r *rand.Rand) orb.MultiPolygon {
	at, outer := place(r), 140+80*r.Float64()
	return orb.MultiPolygon{{circle(at, outer, 9, false), circle(at, outer*0.6, 6, true)}}
}

func circle(at orb.Point, radius float64, n int, clockwise bool) orb.Ring {
	var ring orb.Ring
	for k := range n {
		a := 2 * math.Pi * float64(k) / float64(n)
		ring = append(ring, orb.Point{at[0] + radius*math.Cos(a), at[1] + radius*math.Sin(a)})
	}
	if clockwise {
		slices.Reverse(ring)
	}
	return append(ring, ring[0])
}

func box(x0, y0, x1, y1 float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}
}

// write stores the county as Shapefiles.
func (c *drawnCounty) write(ctx context.Context, dir string) error {
	crs, err := geo.FromEPSG(4525)
	if err != nil {
		return err
	}
	one := func(name string, shape orb.MultiPolygon) *geo.Table {
		return &geo.Table{Name: name, CRS: crs, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}},
			Rows: []geo.Feature{{Record: 1, Geometry: shape, Values: []string{name + "1"}}}}
	}
	towns := &geo.Table{Name: "XZQ", CRS: crs, Fields: []geo.Field{{Name: "XZQDM", Type: geo.TextField, Width: 12}, {Name: "XZQMC", Type: geo.TextField, Width: 60}}}
	for i, shape := range c.towns {
		towns.Rows = append(towns.Rows, geo.Feature{Record: i + 1, Geometry: shape, Values: []string{fmt.Sprint(150123101 + i), []string{"东镇", "西镇"}[i]}})
	}
	tables := []*geo.Table{towns, c.parcels("DLTB", "GDDB", c.fields, false, false), c.parcels("YJJBNTTB", "ZLDB", c.pbf, c.slopeless, c.codeless),
		one("STBHHX", c.red), one("CZKFBJ", c.urban), one("HHGLFW", c.water), one("YJJBNTCBQ", c.reserve)}
	for _, t := range tables {
		t.CRS = crs
		if slices.Contains(c.without, t.Name) {
			continue
		}
		if err := shapefile.Write(ctx, filepath.Join(dir, t.Name+".shp"), t, shapefile.GBK); err != nil {
			return err
		}
	}
	return nil
}

func (c *drawnCounty) parcels(name, grade string, fields []field, slopeless, codeless bool) *geo.Table {
	t := &geo.Table{Name: name, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}, {Name: "DLBM", Type: geo.TextField, Width: 5},
		{Name: "ZLDWDM", Type: geo.TextField, Width: 19}, {Name: "KCXS", Type: geo.NumberField, Width: 6, Decimals: 4},
		{Name: grade, Type: geo.NumberField, Width: 2}, {Name: "GDPDJB", Type: geo.TextField, Width: 2}, {Name: "TBXHDM", Type: geo.TextField, Width: 6}}}
	for i, f := range fields {
		slope, code := strconv.Itoa(f.slope), f.refinement
		if slopeless || f.slope == 0 {
			slope = ""
		}
		if codeless {
			code = ""
		}
		t.Rows = append(t.Rows, geo.Feature{Record: i + 1, Geometry: f.shape(), Values: []string{fmt.Sprintf("%s%04d", name, i+1), f.class, "150123101201",
			strconv.FormatFloat(f.ridge, 'f', 4, 64), strconv.Itoa(f.grade), slope, code}})
	}
	return t
}

func openBase(t testing.TB, dir string) *plan.Base {
	t.Helper()
	b, err := plan.OpenBase(t.Context(), []string{dir}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func survey(t testing.TB, q room.Request) *room.Room {
	t.Helper()
	if q.Book == nil {
		q.Book = defaultBook(t)
	}
	r, err := room.Survey(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func defaultBook(t testing.TB) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	return book
}
