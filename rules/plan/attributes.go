package plan

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// RecordOf is a record of a base layer.
type RecordOf struct {
	File   string
	Record int
}

// Attributes gives columns of the parcels of a role as they are written, by
// record; a column that a layer lacks is "". Boxes are as in Near.
func (b *Base) Attributes(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, columns []string) (map[RecordOf][]string, error) {
	all := map[RecordOf][]string{}
	for _, l := range b.layers[role] {
		if l.err != nil {
			return nil, l.err
		}
		_, native, err := l.way(work, boxes)
		if err != nil {
			return nil, err
		}
		if err := l.attributes(ctx, native, columns, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (l *baseLayer) attributes(ctx context.Context, boxes []orb.Bound, columns []string, to map[RecordOf][]string) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for f, err := range l.layer.Near(ctx, boxes, columns) {
		if err != nil {
			return inFile(err, l.layer.File())
		}
		to[RecordOf{l.layer.File(), f.Record}] = f.Values
	}
	return nil
}
