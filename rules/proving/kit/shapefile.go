package kit

import (
	"bytes"
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// shapefile is the files of a layer by name.
func (l *Layer) shapefile() Files {
	kind := l.Type
	if kind == 0 {
		kind = 5
	}
	var body, index bytes.Buffer
	all := orb.MultiPolygon{}
	for i, r := range l.Rows {
		content := record(l.reproject(r.Shape), kind)
		all = append(all, l.reproject(r.Shape)...)
		be(&index, int32(50+body.Len()/2), int32(len(content)/2))
		be(&body, int32(i+1), int32(len(content)/2))
		body.Write(content)
	}
	f := Files{
		l.Name + ".shp": append(header(kind, body.Len(), all), body.Bytes()...),
		l.Name + ".shx": append(header(kind, index.Len(), all), index.Bytes()...),
		l.Name + ".dbf": l.dbf(),
	}
	if l.Prj != "-" {
		f[l.Name+".prj"] = []byte(l.prj())
	}
	if !l.NoCpg {
		f[l.Name+".cpg"] = []byte(l.code())
	}
	return f
}

func (l *Layer) code() string {
	if l.Code == "" {
		return "UTF-8"
	}
	return l.Code
}

func be(b *bytes.Buffer, values ...int32) {
	for _, v := range values {
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(v)))
	}
}

func le(b *bytes.Buffer, values ...any) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v) // a buffer takes everything
	}
}

func box(mp orb.MultiPolygon) []float64 {
	if len(mp) == 0 {
		return []float64{0, 0, 0, 0}
	}
	b := mp.Bound()
	return []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

func header(kind int32, length int, all orb.MultiPolygon) []byte {
	var b bytes.Buffer
	be(&b, 9994, 0, 0, 0, 0, 0, int32(50+length/2))
	le(&b, int32(1000), kind, box(all), make([]float64, 4))
	return b.Bytes()
}

func record(mp orb.MultiPolygon, kind int32) []byte {
	var b bytes.Buffer
	if mp == nil {
		le(&b, int32(0))
		return b.Bytes()
	}
	var starts []int32
	var points []orb.Point
	for _, p := range mp {
		for _, r := range p {
			starts = append(starts, int32(len(points)))
			points = append(points, r...)
		}
	}
	le(&b, kind, box(mp), int32(len(starts)), int32(len(points)), starts)
	for _, p := range points {
		le(&b, p[0], p[1])
	}
	for ordinates := (kind - 5) / 10; ordinates > 0; ordinates-- { // Z, then M; all 1050 m
		le(&b, 1050.0, 1050.0)
		for range points {
			le(&b, 1050.0)
		}
		if kind == 25 {
			break
		}
	}
	return b.Bytes()
}

// dbf is the attribute table, columns in the order of their names.
func (l *Layer) dbf() []byte {
	names := l.fields()
	type column struct {
		kind            byte
		width, decimals int
	}
	columns := make([]column, len(names))
	cells := make([][]string, len(l.Rows))
	for i, r := range l.Rows {
		for k, name := range names {
			s, kind := text(r.F[name])
			if l.Code == "GBK" {
				if g, err := simplifiedchinese.GBK.NewEncoder().String(s); err == nil {
					s = g
				}
			}
			cells[i] = append(cells[i], s)
			c := &columns[k]
			if kind == 'C' || c.kind == 0 {
				c.kind = kind
			}
			if _, real := r.F[name].(float64); real {
				c.decimals = 4
			}
			c.width = max(c.width, len(s))
		}
	}
	var b bytes.Buffer
	size := 1
	for k := range columns {
		c := &columns[k]
		switch c.kind {
		case 'N':
			c.width = max(c.width, 18)
		case 'D':
			c.width = 8
		default:
			c.kind, c.width, c.decimals = 'C', max(c.width, 12), 0
		}
		size += c.width
	}
	b.Write([]byte{3, 126, 1, 1})
	le(&b, uint32(len(l.Rows)), uint16(33+32*len(names)), uint16(size))
	b.Write(make([]byte, 20))
	for k, name := range names {
		c := columns[k]
		field := make([]byte, 32)
		copy(field[:10], name)
		field[11], field[16], field[17] = c.kind, byte(c.width), byte(c.decimals)
		b.Write(field)
	}
	b.WriteByte(0x0D)
	for i, r := range l.Rows {
		b.WriteByte(" *"[btoi(r.Deleted)])
		for k, c := range columns {
			pad := bytes.Repeat([]byte(" "), c.width-min(c.width, len(cells[i][k])))
			if c.kind == 'N' {
				b.Write(pad)
			}
			b.WriteString(cells[i][k])
			if c.kind != 'N' {
				b.Write(pad)
			}
		}
	}
	b.WriteByte(0x1A)
	return b.Bytes()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Boxes overwrites the record boxes of a .shp: each vertex box is replaced by
// what f gives; the header's box too where whole is set.
func Boxes(shp []byte, whole bool, f func(box [4]float64) [4]float64) {
	rewrite := func(at int) {
		var b [4]float64
		for i := range b {
			b[i] = math.Float64frombits(binary.LittleEndian.Uint64(shp[at+8*i:]))
		}
		for i, v := range f(b) {
			binary.LittleEndian.PutUint64(shp[at+8*i:], math.Float64bits(v))
		}
	}
	if whole {
		rewrite(36)
	}
	for at := 100; at+12 <= len(shp); {
		if binary.LittleEndian.Uint32(shp[at+8:]) != 0 {
			rewrite(at + 12)
		}
		at += 8 + 2*int(binary.BigEndian.Uint32(shp[at+4:]))
	}
}
