package plan

import (
	"context"
	"iter"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Record is a record of a base layer with its columns as they are written, in the
// order that was asked for.
type Record struct {
	Parcel
	Values []string
}

// Columns are the fields that the layers of a role have between them, in the order
// in which they come; of fields of one name the widest.
func (b *Base) Columns(role domain.Role) []geo.Field {
	var all []geo.Field
	for _, l := range b.layers[role] {
		for _, f := range l.layer.Fields() {
			at := geo.FieldIndex(all, f.Name)
			if at < 0 {
				all = append(all, f)
				continue
			}
			all[at].Width, all[at].Decimals = max(all[at].Width, f.Width), max(all[at].Decimals, f.Decimals)
			if f.Type != all[at].Type {
				all[at].Type = geo.TextField
			}
		}
	}
	return all
}

// Whole gives every record of a role that counts, by layer and record, null shapes
// too (their Geometry is nil), with columns; one that a layer lacks is "". Geometry
// is in the working system and not validated, as in Near.
func (b *Base) Whole(ctx context.Context, role domain.Role, work geo.CRS, columns []string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, l := range b.layers[role] {
			for r, err := range b.whole(ctx, l, work, columns) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

func (b *Base) whole(ctx context.Context, l *baseLayer, work geo.CRS, columns []string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if l.err != nil {
			yield(Record{}, l.err)
			return
		}
		if l.origin == unknownOrigin {
			work = l.crs // null shapes only: nothing is reprojected
		}
		transform, _, err := l.way(work, nil)
		if err != nil {
			yield(Record{}, err)
			return
		}
		l.mutex.Lock()
		defer l.mutex.Unlock()
		var issues []Issue
		defer func() { b.note(issues) }()
		known := len(l.layout.columns)
		for f, err := range l.layer.Near(ctx, nil, append(l.layout.columns[:known:known], columns...)) {
			if err != nil {
				yield(Record{}, inFile(err, l.layer.File()))
				return
			}
			r := Record{Parcel: l.parcel(f, &issues), Values: make([]string, len(columns))}
			if !r.counts() {
				continue
			}
			for i, v := range f.Values[known:] {
				r.Values[i] = geo.Printable(strings.TrimSpace(v))
			}
			if len(f.Geometry) > 0 {
				if r.Geometry, err = transform.MultiPolygon(f.Geometry); err != nil {
					yield(Record{}, inRecord(err, l.layer.File(), f.Record))
					return
				}
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}
