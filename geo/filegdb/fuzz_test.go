package filegdb

import (
	"bytes"
	"os"
	"testing"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// seeds are the tables of the small third-party files.
func seeds(f *testing.F) (tables, places [][]byte) {
	for _, name := range []string{"made/deleted.gdb.zip", "made/null-empty.gdb.zip", "made/utf16.gdb.zip", "gdal/curves.gdb", "gdal/field_alias.gdb.zip", "gdal/testopenfilegdb92.gdb.zip",
		"broken/points-4g.gdb.zip", "broken/text-not-utf8.gdb.zip", "broken/varuint-without-end.gdb.zip", "broken/parts-more-than-points.gdb.zip"} {
		for _, file := range unpacked(f, name).Files {
			data, err := os.ReadFile(file)
			if err != nil || len(data) > 64<<10 {
				continue
			}
			switch {
			case len(data) > 40 && data[12] == 5:
				tables = append(tables, data)
			case len(data) >= 16 && data[0] == 3:
				places = append(places, data)
			}
		}
	}
	return tables, places
}

// FuzzTable reads a whole layer out of two files: fields, rows, shapes, curves.
// It must end, without a panic and without memory beyond a multiple of the
// files.
func FuzzTable(f *testing.F) {
	tables, places := seeds(f)
	for i, table := range tables {
		f.Add(table, places[i%len(places)])
	}
	f.Fuzz(func(t *testing.T, table, places []byte) {
		l := &Layer{shown: "x.gdb!x"}
		l.table = tableOf(table, places)
		if l.table == nil || l.table.shape == nil || l.readBoxes(t.Context()) != nil {
			return
		}
		var columns []string
		for _, field := range l.Fields() {
			columns = append(columns, field.Name)
		}
		_, _ = l.inspect(t.Context())
		for got, err := range l.Near(t.Context(), nil, columns) {
			if err != nil {
				if _, ok := geo.AsInputError(err); !ok {
					t.Fatal(err)
				}
				return
			}
			box := l.Bound()
			for _, p := range got.Geometry {
				for _, r := range p {
					if len(r) < 4 || r[0] != r[len(r)-1] {
						t.Fatalf("a ring of %d points", len(r))
					}
				}
			}
			around := box.Pad(2/l.table.shape.grid.scale + 2*sagitta)
			if b := got.Geometry.Bound(); len(got.Geometry) > 0 && !around.Union(b).Equal(around) {
				t.Fatalf("%v lies outside of the layer's box %v", b, box)
			}
		}
		_ = l.PlaneAreas(t.Context(), 1, func(int, float64) error { return nil })
	})
}

func tableOf(data, places []byte) *table {
	t := &table{file: &inplace.File{Data: data, Size: int64(len(data))}}
	if t.readHeader() != nil {
		return nil
	}
	var err error
	if t.slots, err = readSlots(places); err != nil || uint64(len(t.offsets)) != t.declared {
		return nil
	}
	return t
}

// FuzzSlots: what a .gdbtablx declares takes no memory beyond what it stores.
func FuzzSlots(f *testing.F) {
	_, places := seeds(f)
	for _, p := range places {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := readSlots(data)
		if err != nil {
			return
		}
		if len(s.offsets) > len(data)/4 || s.ids != nil && len(s.ids) != len(s.offsets) {
			t.Fatalf("%d rows of %d bytes", len(s.offsets), len(data))
		}
		for i := range s.offsets {
			if i > 0 && s.id(i) <= s.id(i-1) {
				t.Fatal("OBJECTIDs do not ascend")
			}
		}
	})
}

// FuzzShape decodes a shape by itself.
func FuzzShape(f *testing.F) {
	for _, name := range []string{"made/null-empty.gdb.zip", "gdal/curves.gdb", "ujr/TestGeom.gdb.zip"} {
		layers := opened(f, unpacked(f, name))
		for _, l := range layers {
			for i := range l.table.offsets {
				row, _, _ := l.table.row(i)
				spans, bad := l.table.split(row, l.table.shape.field+1, nil)
				if at := spans[l.table.shape.field]; bad == nil && at.from >= 0 {
					f.Add(row[at.from:at.to])
				}
			}
		}
	}
	g := newGrid(-5120900, -9998100, 10000)
	f.Fuzz(func(t *testing.T, blob []byte) {
		h, bad := readHead(blob)
		if bad != nil || h.points == 0 {
			return
		}
		rings, bad := h.rings(blob, &g, new(room))
		if bad != nil {
			return
		}
		n := 0
		for _, r := range rings {
			n += len(r)
		}
		if n < int(h.points) || n > int(h.points)+mostDrawn {
			t.Fatalf("%d points of %d", n, h.points)
		}
		if h.curves == 0 && n != int(h.points) {
			t.Fatalf("%d points of %d", n, h.points)
		}
	})
}

// FuzzVarint holds the fast ways of reading numbers against the plain one.
func FuzzVarint(f *testing.F) {
	f.Add([]byte{0x81, 0x80, 0x01, 0xc1, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		var steps [][2]int64
		c := cursor{data: data}
		x, y := int64(0), int64(0)
		for range 200 {
			step := [2]int64{c.int(), c.int()}
			if x, y = x+step[0], y+step[1]; c.bad || max(x, -x, y, -y) >= farthest {
				break
			}
			steps = append(steps, step)
		}
		for _, more := range []int{0, 1, 8} { // bytes that follow the shape
			w := boxed(steps).walk(append(bytes.Clone(data), make([]byte, more)...)[:len(data):len(data)+more], 0)
			x, y = 0, 0
			for k, s := range steps {
				x, y = x+s[0], y+s[1]
				if v := w.next(1, new(room))[0]; v[0]+w.cornerX != x || v[1]+w.cornerY != y || w.bad || w.out {
					t.Fatalf("vertex %d: %v, bad %v, out %v, want %d %d", k, v, w.bad, w.out, x, y)
				}
			}
			if w.next(1, new(room)); c.bad && !w.bad {
				t.Fatalf("%d bytes follow: a number that does not end is taken", more)
			}
		}
		n := uint64(0)
		for _, b := range data {
			if b < 0x80 {
				n++
			}
		}
		for k := range n + 2 {
			c := cursor{data: data}
			c.skip(k)
			if c.bad != (k > n) {
				t.Fatalf("skip %d of %d: %v", k, n, c.bad)
			}
			if !c.bad && k > 0 && data[c.at-1] >= 0x80 {
				t.Fatalf("skip %d ends within a number", k)
			}
			ends := uint64(0)
			for _, b := range data[:c.at] {
				if b < 0x80 {
					ends++
				}
			}
			if !c.bad && ends != k {
				t.Fatalf("skip %d passed %d", k, ends)
			}
		}
	})
}
