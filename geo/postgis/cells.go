package postgis

import (
	"context"
	"encoding/binary"

	"github.com/jackc/pgx/v5"
)

// Cells visits every record's values of some columns, as Rows gives them but in
// no order, as bytes that hold until visit returns: a county's areas are summed
// without sorting its rows and without a string for each (BenchmarkCells). An
// error of visit ends it.
func (l *layer) Cells(ctx context.Context, columns []string, visit func(record int, values [][]byte) error) error {
	q := l.query(columns, false)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	rows, err := l.db.pool.Query(ctx, q.sql, pgx.QueryExecModeDescribeExec)
	if err != nil {
		return q.failed(ctx, err)
	}
	defer rows.Close()
	defer cancel() // before Close, which else reads to the end
	values := make([][]byte, len(columns))
	buffer := make([]byte, 0, 256)
	for rows.Next() {
		row := rows.RawValues()
		if err := q.check(row); err != nil {
			return q.failed(ctx, err)
		}
		if buffer, err = q.cells(row, values, buffer[:0]); err != nil {
			return q.failed(ctx, err)
		}
		if err := visit(int(int64(binary.BigEndian.Uint64(row[0]))), values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return q.failed(ctx, err)
	}
	return nil
}

// cells are the values of a row; those that have to be written are in buffer.
func (q *query) cells(row, values [][]byte, buffer []byte) ([]byte, error) {
	var raw map[string]string
	if q.raw > 0 && row[q.raw] != nil {
		var err error
		if raw, err = parseRaw(row[q.raw]); err != nil {
			return buffer, err
		}
	}
	for i, w := range q.wanted {
		values[i] = nil
		if s, kept := raw[w.held]; w.known && kept {
			values[i] = []byte(s)
		} else if w.place > 0 {
			start := len(buffer)
			buffer = w.text(buffer, row[w.place])
			values[i] = buffer[start:len(buffer):len(buffer)]
		}
	}
	return buffer, nil
}
