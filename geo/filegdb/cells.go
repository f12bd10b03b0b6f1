package filegdb

import (
	"context"

	"landcheck/geo/inplace"
)

// Cells visits every row's values of some columns, as Rows gives them, but as
// bytes that hold until visit returns. An error of visit ends it.
func (l *Layer) Cells(ctx context.Context, columns []string, visit func(record int, values [][]byte) error) error {
	if l.closed.Load() {
		return errClosed
	}
	t, r := l.table, l.reader(columns)
	values := make([][]byte, len(columns))
	err := inplace.Guard(0, func() error {
		way := inplace.Sequential{File: t.file}
		defer way.Leave()
		for i := range t.offsets {
			if i%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			way.Reach(int64(t.offsets[i]))
			if err := r.split(i); err != nil {
				return err
			}
			if err := r.cells(i, values); err != nil {
				return err
			}
			if err := visit(t.id(i), values); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !t.file.Unchanged() {
		err = inplace.Changed(0, nil)
	}
	return l.place(err)
}
