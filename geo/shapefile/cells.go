package shapefile

import "context"

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
	way := passage{file: t.file}
	defer way.leave()
	err := guard(0, func() error {
		for i := range t.rows {
			if i%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			way.reach(t.header + int64(i+1)*t.width - 1)
			if t.deleted(i) {
				continue
			}
			row := t.row(i)
			for k, c := range picked {
				if c != nil {
					values[k] = c.bytes(row, i+1, &l.odd)
				}
			}
			if err := visit(i+1, values); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !t.file.unchanged() {
		err = changed(0, nil)
	}
	return l.place(err)
}
