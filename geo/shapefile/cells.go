package shapefile

import (
	"landcheck/geo/inplace"

	"context"
	"io"
)

// Cells visits every record's values of some columns, as Rows gives them, but
// as bytes that hold until visit returns: a county's areas are summed without
// a string for each (BenchmarkCells). An error of visit ends it.
func (l *Layer) Cells(ctx context.Context, columns []string, visit func(record int, values [][]byte) error) error {
	if l.closed.Load() {
		return errClosed
	}
	values := make([][]byte, len(columns))
	if l.table == nil {
		for i := range l.records.len() {
			if err := visit(i+1, values); err != nil {
				return err
			}
		}
		return ctx.Err()
	}
	t := l.table
	picked := t.pick(columns)
	// Copied, not mapped: of a row that is read once the copy costs less than
	// its page, and counts for nothing in memory.
	step := max(1, int(cellsBuffer/max(t.width, 1)))
	buffer := make([]byte, int64(step)*t.width)
	for from := 0; from < t.rows; from += step {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		to := min(from+step, t.rows)
		rows := buffer[:int64(to-from)*t.width]
		if _, err := io.ReadFull(io.NewSectionReader(t.file.Source, t.header+int64(from)*t.width, int64(len(rows))), rows); err != nil {
			return l.place(inplace.Changed(from+1, err))
		}
		for i := from; i < to; i++ {
			row := rows[int64(i-from)*t.width:][:t.width]
			if row[0] == deletedFlag {
				continue
			}
			for k, c := range picked {
				if c != nil {
					values[k] = c.bytes(row, i+1, &l.odd)
				}
			}
			if err := visit(i+1, values); err != nil {
				return err
			}
		}
	}
	if !t.file.Unchanged() {
		return l.place(inplace.Changed(0, nil))
	}
	return nil
}

const cellsBuffer = 256 << 10
