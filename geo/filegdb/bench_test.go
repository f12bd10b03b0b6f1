package filegdb

import (
	"encoding/binary"
	"math"
	"syscall"
	"testing"
)

// parcels and corners make the county of the benchmarks: a million parcels of
// 71 vertices, as a real one of 560 MB has.
const (
	parcels = 1_000_000
	corners = 71
)

// large is a layer of so many parcels with the columns and values of the sample
// county's, made in memory.
func large(b *testing.B, rows int) *Layer {
	b.Helper()
	from := opened(b, unpacked(b, "sample-base.gdb.zip"))["DLTB"]
	t := from.table
	data := append([]byte(nil), t.file.Data[:t.fieldsEnd]...)
	places := binary.LittleEndian.AppendUint32(nil, 3)
	blocks := (rows + slotsInBlock - 1) / slotsInBlock
	for _, v := range []int{blocks, rows, 5} {
		places = binary.LittleEndian.AppendUint32(places, uint32(v))
	}
	side := int(math.Sqrt(float64(rows)))
	for i := range blocks * slotsInBlock {
		if i >= rows {
			places = append(places, 0, 0, 0, 0, 0)
			continue
		}
		offset := len(data)
		places = append(binary.LittleEndian.AppendUint32(places, uint32(offset)), byte(uint64(offset)>>32))
		row, _, bad := t.row(i % len(t.offsets))
		if bad != nil {
			b.Fatal(bad.message.EN)
		}
		spans, bad := t.split(row, len(t.fields), nil)
		if bad != nil {
			b.Fatal(bad.message.EN)
		}
		at := spans[t.shape.field]
		h, bad := readHead(row[at.from:at.to])
		if bad != nil {
			b.Fatal(bad.message.EN)
		}
		blob := polygon(h.x0+int64(i%side)*1_000_000, h.y0+int64(i/side)*1_000_000)
		one := append([]byte(nil), row[:t.nullBytes]...)
		one = append(binary.AppendUvarint(one, uint64(len(blob))), blob...)
		one = append(one, row[at.to:]...)
		data = append(binary.LittleEndian.AppendUint32(data, uint32(len(one))), one...)
	}
	places = append(places, make([]byte, 16)...)
	binary.LittleEndian.PutUint32(data[4:], uint32(rows))
	binary.LittleEndian.PutUint64(data[24:], uint64(len(data)))
	l := &Layer{shown: "x.gdb!DLTB", name: "DLTB", table: tableOf(data, places)}
	if l.table == nil {
		b.Fatal("not a table")
	}
	return l
}

// polygon is the shape of a parcel of about 100 m at a place in steps of the
// grid.
func polygon(x, y int64) []byte {
	blob := binary.AppendUvarint([]byte{5}, corners)
	blob = append(blob, 1)
	const r = 500_000
	var xs, ys [corners]int64
	for k := range corners - 1 {
		sin, cos := math.Sincos(-2 * math.Pi * float64(k) / (corners - 1))
		xs[k], ys[k] = x+r+int64(r*cos), y+r+int64(r*sin)
	}
	xs[corners-1], ys[corners-1] = xs[0], ys[0]
	for _, v := range []int64{x - 1, y - 1, 2*r + 2, 2*r + 2} {
		blob = binary.AppendUvarint(blob, uint64(v))
	}
	px, py := int64(0), int64(0)
	for k := range corners {
		blob = appendVarint(appendVarint(blob, xs[k]-px), ys[k]-py)
		px, py = xs[k], ys[k]
	}
	return blob
}

func appendVarint(to []byte, v int64) []byte {
	first, u := byte(0), uint64(v)
	if v < 0 {
		first, u = 0x40, uint64(-v)
	}
	first |= byte(u & 0x3f)
	if u >>= 6; u == 0 {
		return append(to, first)
	}
	return binary.AppendUvarint(append(to, first|0x80), u)
}

// spent is the processor time of the process, seconds: on a machine that others
// use too it says more than the clock.
func spent() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// perParcel reports what a million parcels take, since before.
func perParcel(b *testing.B, rows int, before float64) {
	scale := parcels / float64(b.N) / float64(rows)
	b.ReportMetric(b.Elapsed().Seconds()*scale, "s/1M")
	b.ReportMetric((spent()-before)*scale, "cpu-s/1M")
}

// BenchmarkBoxes finds all rows and their boxes: what opening a layer costs.
func BenchmarkBoxes(b *testing.B) {
	const rows = 200_000
	l := large(b, rows)
	before := spent()
	for b.Loop() {
		if err := l.readBoxes(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	perParcel(b, rows, before)
}

// BenchmarkShapes decodes every shape, without nesting its rings.
func BenchmarkShapes(b *testing.B) {
	const rows = 200_000
	l := large(b, rows)
	t := l.table
	var spans []span
	var in room
	before := spent()
	for b.Loop() {
		n := 0
		for i := range t.offsets {
			row, _, _ := t.row(i)
			h, s, bad := t.head(row, spans)
			if spans = s; bad != nil {
				b.Fatal(bad.message.EN)
			}
			at := spans[t.shape.field]
			rings, bad := h.rings(row[at.from:at.to], &t.shape.grid, &in)
			if bad != nil {
				b.Fatal(bad.message.EN)
			}
			n += len(rings[0])
		}
		if n != rows*corners {
			b.Fatal(n)
		}
	}
	perParcel(b, rows, before)
}

// BenchmarkNear reads every parcel with three columns, as a layer gives it.
func BenchmarkNear(b *testing.B) {
	const rows = 200_000
	l := large(b, rows)
	if err := l.readBoxes(b.Context()); err != nil {
		b.Fatal(err)
	}
	before := spent()
	for b.Loop() {
		for _, err := range l.Near(b.Context(), nil, []string{"BSM", "DLBM", "TBMJ"}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	perParcel(b, rows, before)
}

// BenchmarkInspect is what the digest looks at beside hashing.
func BenchmarkInspect(b *testing.B) {
	const rows = 200_000
	l := large(b, rows)
	before := spent()
	for b.Loop() {
		if _, err := l.inspect(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	perParcel(b, rows, before)
}

// BenchmarkCells sums a column over all rows without their shapes.
func BenchmarkCells(b *testing.B) {
	const rows = 200_000
	l := large(b, rows)
	before := spent()
	for b.Loop() {
		if err := l.Cells(b.Context(), []string{"DLBM", "ZLDWDM", "TBMJ"}, func(int, [][]byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	perParcel(b, rows, before)
}

// BenchmarkPlaneAreas measures every parcel on the plane.
func BenchmarkPlaneAreas(b *testing.B) {
	const rows = 200_000
	l := large(b, rows)
	sum := 0.0
	before := spent()
	for b.Loop() {
		if err := l.PlaneAreas(b.Context(), 1, func(_ int, a float64) error { sum += a; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	perParcel(b, rows, before)
}
