package postgis

import (
	"encoding/binary"
	"errors"
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

// TestRoundTrip: random layers, with whatever values and shapes a file may
// hold, come back to the bit: whole, without shapes, near few boxes and near
// many, some columns in any order and spelling.
func TestRoundTrip(t *testing.T) {
	db := fresh(t)
	for seed := range uint64(20) {
		g := rand.New(rand.NewPCG(seed, 1))
		var sources []Source
		for i := range 1 + g.IntN(4) {
			sources = append(sources, source(fmt.Sprint("role", i), randomLayer(g)))
		}
		version := loadInto(t, db, sources...)
		got := layers(t, db, version)
		for _, s := range sources {
			what := fmt.Sprintf("seed %d, %s", seed, s.Role)
			sameLayer(t, g, what, got[s.Role], s.Layer, s.Columns)
		}
	}
}

// sameLayer compares two layers in every way of reading.
func sameLayer(t *testing.T, g *rand.Rand, what string, got, want geo.Layer, columns []string) {
	t.Helper()
	gotCRS, err := got.CRS()
	if err != nil {
		t.Fatal(err)
	}
	wantCRS, err := want.CRS()
	if err != nil {
		t.Fatal(err)
	}
	gotDigest, err := got.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantDigest, err := want.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Name() != want.Name() || got.File() != want.File() || got.Len() != want.Len() || gotCRS != wantCRS || gotDigest != wantDigest ||
		!slices.Equal(got.Fields(), want.Fields()) || corners(got.Bound()) == nil != (corners(want.Bound()) == nil) ||
		corners(want.Bound()) != nil && got.Bound() != want.Bound() {
		t.Errorf("%s: %q %q %d %v %v %v %s\nwant %q %q %d %v %v %v %s", what, got.Name(), got.File(), got.Len(), got.Bound(), got.Fields(), gotCRS, gotDigest,
			want.Name(), want.File(), want.Len(), want.Bound(), want.Fields(), wantCRS, wantDigest)
	}
	some := slices.Clone(columns)
	g.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
	some = append(some[:g.IntN(len(some)+1)], "NOSUCH")
	if g.IntN(2) == 0 {
		some[0] = strings.ToLower(some[0])
	}
	for _, columns := range [][]string{columns, some, nil} {
		sameFeatures(t, what+" whole", near(t, got, nil, columns), near(t, want, nil, columns))
		sameFeatures(t, what+" rows", rows(t, got, columns), rows(t, want, columns))
		sameFeatures(t, what+" cells", cells(t, got.(*layer), columns), rows(t, want, columns))
		for _, n := range []int{1, 3, 20, 200} {
			boxes := randomBoxes(g, want.Bound(), n)
			sameFeatures(t, fmt.Sprint(what, " near ", n), near(t, got, boxes, columns), near(t, want, boxes, columns))
		}
	}
	if got := near(t, got, []orb.Bound{}, columns); len(got) != 0 {
		t.Errorf("%s: near no box there are %d features", what, len(got))
	}
	if fmt.Sprint(got.Notices()) != fmt.Sprint(want.Notices()) {
		t.Errorf("%s: notices %v, want %v", what, got.Notices(), want.Notices())
	}
}

// cells are a layer's rows as Cells visits them, in order.
func cells(t *testing.T, l *layer, columns []string) (all []geo.Feature) {
	t.Helper()
	err := l.Cells(t.Context(), columns, func(record int, values [][]byte) error {
		f := geo.Feature{Record: record, Values: make([]string, len(values))}
		for i, v := range values {
			f.Values[i] = string(v)
		}
		all = append(all, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b geo.Feature) int { return a.Record - b.Record })
	stop := errors.New("stop")
	if err := l.Cells(t.Context(), columns, func(int, [][]byte) error { return stop }); len(all) > 0 && !errors.Is(err, stop) {
		t.Errorf("a visit that failed ended with %v", err)
	}
	return all
}

// randomBoxes are some inside, some far off, some of no width or just touching.
func randomBoxes(g *rand.Rand, b orb.Bound, n int) (boxes []orb.Bound) {
	if corners(b) == nil {
		b = orb.Bound{Max: orb.Point{1, 1}}
	}
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	for range n {
		p := orb.Point{b.Min[0] + w*(g.Float64()*1.2-0.1), b.Min[1] + h*(g.Float64()*1.2-0.1)}
		box := orb.Bound{Min: p, Max: p}
		switch g.IntN(6) {
		case 0: // touches the edge of the layer
			box.Min[0], box.Max[0] = b.Max[0], b.Max[0]+1
		case 1:
			box = orb.Bound{Min: orb.Point{math.Inf(-1), p[1]}, Max: orb.Point{p[0], math.Inf(1)}}
		case 2: // nothing
			box = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}}
		case 3:
			box.Max = orb.Point{p[0] + w/3, p[1] + h/3}
		}
		boxes = append(boxes, box)
	}
	return boxes
}

func randomLayer(g *rand.Rand) geo.Layer {
	t := &geo.Table{Name: pick(g, "DLTB", "图斑", "x'; drop table base.dataset; --"), CRS: zone37}
	for _, name := range []string{"BSM", "DLBM", "GDPDJB", "kcxs", "YJJBNTMJ", "ZLDWMC", "Raw", "备注", "GDDB"} {
		if g.IntN(3) > 0 {
			f := geo.Field{Name: name, Type: geo.TextField, Width: 20}
			if g.IntN(2) == 0 {
				f.Type, f.Decimals = geo.NumberField, g.IntN(5)
			}
			t.Fields = append(t.Fields, f)
		}
	}
	record := 0
	for range g.IntN(120) {
		record += 1 + g.IntN(3)/2 // deleted records leave gaps
		f := geo.Feature{Record: record, Geometry: randomShape(g)}
		for range t.Fields {
			f.Values = append(f.Values, randomValue(g))
		}
		t.Rows = append(t.Rows, f)
	}
	return geo.NewMemory(t, pick(g, "base/DLTB.shp", "底图.gpkg!DLTB"), "", nil)
}

func pick(g *rand.Rand, of ...string) string { return of[g.IntN(len(of))] }

func randomValue(g *rand.Rand) string {
	switch g.IntN(8) {
	case 0:
		return ""
	case 1:
		return pick(g, "0", "007", "1", "-1", "32767", "32768", "-32768", "1.0", "+3", "1e3", "0x1p-2", "NaN", "Inf", "-0", "0.10", ".5", "5.", "1_000", "99999999999999999999")
	case 2:
		return pick(g, " ", "\t", "内蒙古", "𠮷野家", "a\x00b", "\xff\xfe", "\\N", "\\", `"`, "'", "{}", `{"base64":"AA=="}`, "\u2028", strings.Repeat("长", 300))
	case 3:
		return fmt.Sprintf("%.*f", g.IntN(6), g.Float64()*1000)
	case 4:
		return fmt.Sprint(g.NormFloat64())
	case 5:
		return fmt.Sprint(g.IntN(30))
	case 6:
		b := make([]byte, g.IntN(12))
		for i := range b {
			b[i] = byte(g.IntN(256))
		}
		return string(b)
	}
	return pick(g, "0101", "K01", "150123101000", "0.1230")
}

// randomShape is null, or stars with holes in one or more parts; some with
// coordinates that only the last bits tell apart.
func randomShape(g *rand.Rand) (mp orb.MultiPolygon) {
	for range g.IntN(4) {
		x, y, size := 37_500_000+g.Float64()*4000, 4_500_000+g.Float64()*4000, math.Exp(8*g.Float64()-4)
		ring := func(scale float64) (r orb.Ring) {
			n := 3 + g.IntN(40)
			for i := range n {
				a, d := 2*math.Pi*float64(i)/float64(n), size*scale*(1+g.Float64())
				r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
			}
			if g.IntN(4) == 0 {
				r[1][0], r[1][1] = math.Nextafter(r[0][0], 0), r[0][1]
			}
			return append(r, r[0])
		}
		p := orb.Polygon{ring(1)}
		for range g.IntN(3) {
			p = append(p, ring(0.2))
		}
		mp = append(mp, p)
	}
	return mp
}

// TestShapefileRoundTrip: a GBK Shapefile with null shapes, deleted records and
// rings that do not close reads the same from the database, also what is odd
// about it, after any reading.
func TestShapefileRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "DLTB.shp")
	table := &geo.Table{Name: "DLTB", CRS: zone37, Fields: []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18}, {Name: "ZLDWMC", Type: geo.TextField, Width: 30}, {Name: "KCXS", Type: geo.NumberField, Width: 6, Decimals: 4}}}
	for i := range 300 {
		f := geo.Feature{Record: i + 1, Values: []string{fmt.Sprint(i), "双河镇庆丰村", fmt.Sprintf("0.%04d", i)}}
		switch i % 7 {
		case 0: // null
		default:
			f.Geometry = square(float64(i), 0, 5)
		}
		table.Rows = append(table.Rows, f)
	}
	if err := shapefile.Write(t.Context(), path, table, shapefile.GBK); err != nil {
		t.Fatal(err)
	}
	leaveOpen(t, path)
	open := func() geo.Layer {
		l, err := shapefile.Open(path, "base/DLTB.shp")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		return l
	}
	db := fresh(t)
	s := source("land_use", open())
	version := loadInto(t, db, s)
	if fresh := open(); fmt.Sprint(layers(t, db, version)["land_use"].Notices()) != fmt.Sprint(fresh.Notices()) {
		t.Error("before any reading the notices differ")
	}
	if len(open().Notices()) == len(readAll(t, open()).Notices()) {
		t.Error("reading the file shows nothing odd: this test is too kind")
	}
	g := rand.New(rand.NewPCG(1, 1))
	for range 10 {
		boxes := randomBoxes(g, s.Layer.Bound(), 1+g.IntN(3))
		got, want := layers(t, db, version)["land_use"], open()
		sameFeatures(t, "near", near(t, got, boxes, s.Columns), near(t, want, boxes, s.Columns))
		if fmt.Sprint(got.Notices()) != fmt.Sprint(want.Notices()) {
			t.Errorf("near %v the notices are %v\nwant %v", boxes, got.Notices(), want.Notices())
		}
	}
	sameLayer(t, g, "all", layers(t, db, version)["land_use"], open(), s.Columns)
}

func readAll(t *testing.T, l geo.Layer) geo.Layer {
	near(t, l, nil, nil)
	return l
}

// leaveOpen moves the last point of some rings of a Shapefile, and marks some
// records as deleted.
func leaveOpen(t *testing.T, path string) {
	t.Helper()
	edit := func(path string, change func(b []byte)) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		change(b)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	edit(path, func(b []byte) {
		for at, n := 100, 1; at < len(b); n++ {
			content := b[at+8 : at+8+2*int(binary.BigEndian.Uint32(b[at+4:]))]
			if len(content) > 44 && n%11 == 0 {
				end := content[len(content)-16:]
				binary.LittleEndian.PutUint64(end, math.Float64bits(math.Float64frombits(binary.LittleEndian.Uint64(end))+0.5))
			}
			at += 8 + len(content)
		}
	})
	edit(strings.TrimSuffix(path, ".shp")+".dbf", func(b []byte) {
		head, size := int(binary.LittleEndian.Uint16(b[8:])), int(binary.LittleEndian.Uint16(b[10:]))
		for n := 5; head+n*size < len(b)-1; n += 29 {
			b[head+n*size] = '*'
		}
	})
}
