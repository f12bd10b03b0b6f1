package filegdb

import "context"

// Cells visits every row's values of some columns, as Rows gives them, but as
// bytes that hold until visit returns. An error of visit ends it.
func (l *Layer) Cells(ctx context.Context, columns []string, visit func(record int, values [][]byte) error) error {
	if l.closed.Load() {
		return errClosed
	}
	t, r := l.table, l.reader(columns)
	values := make([][]byte, len(columns))
	return l.place(t.scan(ctx, func(i int) error {
		if _, err := r.Begin(i); err != nil {
			return err
		}
		if err := r.cells(i, values); err != nil {
			return err
		}
		return visit(t.id(i), values)
	}))
}
