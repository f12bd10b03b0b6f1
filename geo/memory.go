package geo

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"math"
	"strings"
	"sync"

	"github.com/paulmach/orb"
)

// NewMemory is a layer over a table held in memory: how small formats (GeoJSON,
// coordinate TXT) and tests become layers. File is the name shown to people.
// Digest is that of the source file; empty means: over the table itself.
// The table must not be changed afterwards.
func NewMemory(t *Table, file, digest string, notices []Notice) Layer {
	m := &memory{table: t, file: file, notices: notices, bound: Bound(nil)}
	m.digest = sync.OnceValue(func() string {
		if digest != "" {
			return digest
		}
		return digestTable(t)
	})
	m.boxes = make([]orb.Bound, len(t.Rows))
	for i, row := range t.Rows {
		m.boxes[i] = Bound(row.Geometry)
		if !m.boxes[i].IsEmpty() {
			m.bound = m.bound.Union(m.boxes[i])
		}
	}
	return m
}

type memory struct {
	table   *Table
	file    string
	digest  func() string
	notices []Notice
	boxes   []orb.Bound // parallel to the rows; empty for a null shape
	bound   orb.Bound
}

func (m *memory) Name() string      { return m.table.Name }
func (m *memory) File() string      { return m.file }
func (m *memory) CRS() (CRS, error) { return m.table.CRS, nil }
func (m *memory) Fields() []Field   { return m.table.Fields }
func (m *memory) Len() int          { return len(m.table.Rows) }
func (m *memory) Bound() orb.Bound  { return m.bound }
func (m *memory) Notices() []Notice { return m.notices }
func (m *memory) Close() error      { return nil }

func (m *memory) Digest(context.Context) (string, error) { return m.digest(), nil }

func (m *memory) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[Feature, error] {
	wanted := NewIndex(boxes)
	return m.each(ctx, columns, func(i int) (orb.MultiPolygon, bool) {
		return m.table.Rows[i].Geometry, boxes == nil || wanted.meets(m.boxes[i])
	})
}

func (m *memory) Rows(ctx context.Context, columns []string) iter.Seq2[Feature, error] {
	return m.each(ctx, columns, func(int) (orb.MultiPolygon, bool) { return nil, true })
}

// each yields the wanted rows with the columns asked for.
func (m *memory) each(ctx context.Context, columns []string, wanted func(int) (orb.MultiPolygon, bool)) iter.Seq2[Feature, error] {
	return func(yield func(Feature, error) bool) {
		places := make([]int, len(columns))
		for i, c := range columns {
			places[i] = FieldIndex(m.table.Fields, c)
		}
		for i, row := range m.table.Rows {
			if i%1024 == 0 && ctx.Err() != nil {
				yield(Feature{}, ctx.Err())
				return
			}
			shape, ok := wanted(i)
			if !ok {
				continue
			}
			values := make([]string, len(places))
			for k, p := range places {
				if p >= 0 && p < len(row.Values) {
					values[k] = row.Values[p]
				}
			}
			if !yield(Feature{Record: row.Record, Geometry: shape, Values: values}, nil) {
				return
			}
		}
	}
}

// FieldIndex finds a column by its name without regard to case, else by its
// alias; -1 if absent.
func FieldIndex(fields []Field, name string) int {
	for i, f := range fields {
		if strings.EqualFold(f.Name, name) {
			return i
		}
	}
	for i, f := range fields {
		if f.Alias != "" && strings.EqualFold(f.Alias, name) {
			return i
		}
	}
	return -1
}

// meets reports whether a box touches or overlaps one of the indexed.
func (ix *Index) meets(b orb.Bound) bool {
	hit := false
	ix.Search(b, func(int) bool { hit = true; return false })
	return hit
}

// digestTable is a digest over names, values and coordinate bits; every part
// carries its length, so that no two tables share an encoding.
func digestTable(t *Table) string {
	h := sha256.New()
	var word [8]byte
	number := func(v uint64) {
		binary.LittleEndian.PutUint64(word[:], v)
		h.Write(word[:])
	}
	text := func(s string) {
		number(uint64(len(s)))
		h.Write([]byte(s))
	}
	text(t.Name)
	for _, v := range []float64{float64(t.CRS.Kind), t.CRS.CentralMeridian, t.CRS.FalseEasting, t.CRS.FalseNorthing} {
		number(math.Float64bits(v))
	}
	number(uint64(len(t.Fields)))
	for _, f := range t.Fields {
		text(f.Name)
		number(uint64(f.Type))
	}
	for _, row := range t.Rows {
		number(uint64(row.Record))
		for _, v := range row.Values {
			text(v)
		}
		number(uint64(len(row.Geometry)))
		for _, polygon := range row.Geometry {
			number(uint64(len(polygon)))
			for _, ring := range polygon {
				number(uint64(len(ring)))
				for _, p := range ring {
					number(math.Float64bits(p[0]))
					number(math.Float64bits(p[1]))
				}
			}
		}
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
