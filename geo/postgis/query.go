package postgis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/geo/wkb"
)

// query is one reading of a layer's rows, in record order.
type query struct {
	l      *layer
	shapes bool
	wanted []wanted // parallel to the columns asked for
	raw    int      // place of raw in the row; 0 if nothing may be there
	places int      // of the row
	sql    string
	args   []any
	clause string
	after  int // record after which to begin
	most   int // rows at most; 0 all of them

	seen, last int // rows read, and the record of the last
}

// wanted is where a value comes from: a place in the row, or raw alone.
type wanted struct {
	column
	known bool
	place int // 0: no column of its own
	as    storageType
	held  string // its key in raw
}

func (l *layer) query(columns []string, shapes bool) *query {
	q := &query{l: l, shapes: shapes, wanted: make([]wanted, len(columns))}
	list := []string{"f.record"}
	for i, name := range columns {
		for _, c := range l.columns {
			if !strings.EqualFold(c.Name, name) {
				continue
			}
			q.wanted[i] = wanted{column: c, known: true, as: c.kind(), held: c.key()}
			if c.kind() != rawKind {
				q.wanted[i].place = len(list)
				list = append(list, "f."+c.key())
			}
			q.raw = -1
		}
	}
	if q.raw != 0 {
		q.raw = len(list)
		list = append(list, "f.raw::text")
	}
	if shapes {
		list = append(list, "st_asbinary(f.geom, 'NDR')")
	}
	q.places = len(list)
	// County and dataset stand in the text, so that another server or Citus sees
	// the one partition when it plans; both are digits.
	q.sql = fmt.Sprintf("select %s from %s f where f.county = '%s' and f.dataset = %d", strings.Join(list, ", "), l.table(), l.County, l.ID)
	return q
}

// handful is how many boxes one scan of the index may be asked for.
const handful = 8

// near restricts the query to boxes: each looked up in the index if they are
// few, else everything within reach of them all. PostGIS rounds boxes to 32
// bits, outwards; what comes back too much is left out here.
func (q *query) near(boxes []orb.Bound, few bool) {
	if !few {
		boxes = []orb.Bound{reach(boxes)}
	}
	if len(boxes) <= handful {
		// In one pass over the table, in its order: for the many parcels of a
		// project area half the work of finding records first.
		var each []string
		for _, b := range boxes {
			n := len(q.args)
			each = append(each, fmt.Sprintf("f.geom && st_makeenvelope($%d, $%d, $%d, $%d, %d)", n+1, n+2, n+3, n+4, q.l.SRID))
			q.args = append(q.args, finite(b.Min[0]), finite(b.Min[1]), finite(b.Max[0]), finite(b.Max[1]))
		}
		q.clause = " and (" + strings.Join(each, " or ") + ")"
		return
	}
	var x0, y0, x1, y1 []float64
	for _, b := range boxes {
		x0, y0 = append(x0, finite(b.Min[0])), append(y0, finite(b.Min[1]))
		x1, y1 = append(x1, finite(b.Max[0])), append(y1, finite(b.Max[1]))
	}
	// Lateral and offset 0 make it one index scan a box, also where the county
	// is a foreign table; the shapes themselves are then read once, in order.
	q.clause = fmt.Sprintf(` and f.record = any (array(select distinct n.record
		from unnest($1::float8[], $2::float8[], $3::float8[], $4::float8[]) b (x0, y0, x1, y1), lateral (
			select g.record from %s g where g.county = '%s' and g.dataset = %d
			and g.geom && st_makeenvelope(b.x0, b.y0, b.x1, b.y1, %d) offset 0) n))`, q.l.table(), q.l.County, q.l.ID, q.l.SRID)
	q.args = []any{x0, y0, x1, y1}
}

func reach(boxes []orb.Bound) orb.Bound {
	all := boxes[0]
	for _, b := range boxes[1:] {
		all = all.Union(b)
	}
	return all
}

func finite(v float64) float64 { return max(-1e30, min(1e30, v)) }

// run streams the rows. A consumer that stops early has the server stop too.
func (q *query) run(ctx context.Context, wanted *geo.Index, yield func(geo.Feature, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	args := append([]any{pgx.QueryExecModeDescribeExec}, q.args...) // hardly any text comes twice
	rows, err := q.l.db.pool.Query(ctx, q.sql+q.clause+q.page(), args...)
	if err != nil {
		yield(geo.Feature{}, q.failed(ctx, err))
		return
	}
	defer rows.Close()
	defer cancel() // before Close, which else reads to the end
	for rows.Next() {
		row := rows.RawValues()
		if err := q.check(row); err != nil {
			yield(geo.Feature{}, q.failed(ctx, err))
			return
		}
		q.seen, q.last = q.seen+1, int(int64(binary.BigEndian.Uint64(row[0])))
		f, ok, err := q.feature(row, wanted)
		if err != nil {
			yield(geo.Feature{}, q.failed(ctx, err))
			return
		}
		if ok && !yield(f, nil) {
			return
		}
	}
	err = rows.Err()
	if rows.Close(); err == nil && q.seen == 0 {
		err = q.l.still(ctx)
	}
	if err != nil {
		yield(geo.Feature{}, q.failed(ctx, err))
	}
}

// errValues is a row that is not one of the question: another's answer.
var errValues = errors.New("the database gave values of another form than those that were asked for")

// check holds a row against the form that it must have before its bytes are read.
// It can be another only where two programs share a connection.
func (q *query) check(row [][]byte) error {
	ok := len(row) == q.places && len(row[0]) == 8
	for _, w := range q.wanted {
		if !ok || w.place == 0 || row[w.place] == nil {
			continue
		}
		switch n := len(row[w.place]); w.as {
		case smallKind:
			ok = n == 2
		case doubleKind:
			ok = n == 8
		}
	}
	if !ok {
		return transient.Mark(&geo.InputError{File: q.l.db.name, Err: errValues,
			Message: geo.Text{ZH: "数据库给出的值不是所查询的形式，没有作出结论", EN: "the database gave values of another form than those that were asked for, no verdict was given"},
			Advice:  geo.Text{ZH: "连接经过 pgbouncer 时请设 pool_mode = session", EN: "If the connection goes through pgbouncer, set pool_mode = session"}})
	}
	return nil
}

// page is the end of the query: the order, and what part of it.
func (q *query) page() string {
	s := " order by f.record"
	if q.after > 0 {
		s = fmt.Sprintf(" and f.record > %d", q.after) + s
	}
	if q.most > 0 {
		s += fmt.Sprintf(" limit %d", q.most)
	}
	return s
}

func (q *query) failed(ctx context.Context, err error) error { return q.l.failed(ctx, err) }

// feature reads a row; not ok for one whose box meets none of the wanted.
func (q *query) feature(row [][]byte, wanted *geo.Index) (f geo.Feature, ok bool, err error) {
	if q.shapes {
		shape := row[len(row)-1]
		if wanted != nil {
			box, _, err := wkb.Box(shape, 0)
			if err != nil {
				return f, false, err
			}
			hit := false
			wanted.Search(box, func(int) bool { hit = true; return false })
			if !hit {
				return f, false, nil
			}
		}
		if shape != nil {
			read, err := wkb.Decode(shape, 0, wkb.Options{})
			if err != nil {
				return f, false, err
			}
			f.Geometry = read.Parts
		}
	}
	f.Record = int(int64(binary.BigEndian.Uint64(row[0])))
	f.Values = make([]string, len(q.wanted))
	var raw map[string]string
	if q.raw > 0 && row[q.raw] != nil {
		if raw, err = parseRaw(row[q.raw]); err != nil {
			return f, false, err
		}
	}
	for i, w := range q.wanted {
		if !w.known {
			continue
		}
		if s, kept := raw[w.held]; kept {
			f.Values[i] = s
		} else if w.place > 0 {
			f.Values[i] = string(w.text(nil, row[w.place]))
		}
	}
	return f, true, nil
}

// text appends a column's value as the source wrote it.
func (w wanted) text(to, b []byte) []byte {
	switch {
	case b == nil:
		return to
	case w.as == smallKind:
		return strconv.AppendInt(to, int64(int16(binary.BigEndian.Uint16(b))), 10)
	case w.as == doubleKind:
		return strconv.AppendFloat(to, math.Float64frombits(binary.BigEndian.Uint64(b)), 'f', w.Decimals, 64)
	case to == nil:
		return b
	}
	return append(to, b...)
}
