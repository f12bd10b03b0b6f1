package shapefile

import (
	"errors"
	"sync/atomic"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// Layer is a Shapefile opened for reading. After Open it does not change, so
// Near, Rows and the other readers may run concurrently; only Close must wait
// for them.
type Layer struct {
	name, shown string
	parts       companions
	shp         *inplace.File
	table       *table // nil without a .dbf
	records     records
	odd         inplace.Issues
	closed      atomic.Bool
	length      func() int

	cache inplace.Cache
	known string // digest that the cache had

	lost atomic.Pointer[[]geo.LostValues] // nil until the bytes were read for the digest
}

var (
	_ geo.Layer          = (*Layer)(nil)
	_ geo.InspectedLayer = (*Layer)(nil)
)

// Name is the file's base name without ".shp".
func (l *Layer) Name() string { return l.name }

// File is the name given to Open.
func (l *Layer) File() string { return l.shown }

// Fields are the columns of the .dbf; none without one.
func (l *Layer) Fields() []geo.Field {
	if l.table == nil {
		return nil
	}
	fields := make([]geo.Field, len(l.table.columns))
	for i, c := range l.table.columns {
		fields[i] = c.Field
	}
	return fields
}

// Len counts the records that are not deleted. The first call reads one byte
// of each .dbf row.
func (l *Layer) Len() int { return l.length() }

func (l *Layer) countLive() int {
	n := l.records.len()
	if l.table == nil || l.closed.Load() {
		return n
	}
	live := 0
	way := inplace.Sequential{File: l.table.file}
	defer way.Leave()
	err := inplace.Guard(0, func() error {
		for i := range n {
			way.Reach(l.table.header + int64(i)*l.table.width)
			if !l.table.deleted(i) {
				live++
			}
		}
		return nil
	})

	if err != nil {
		return n // the file was cut short; reading it will say so
	}
	return live
}

// Bound is the box of all records.
func (l *Layer) Bound() orb.Bound { return l.records.Bound() }

// Notices is what was odd so far, in the order of the first record concerned,
// then what Inspected says.
func (l *Layer) Notices() []geo.Notice { return append(l.odd.Notices(l.sibling), l.Inspected()...) }

// Inspected implements geo.Inspected: the figures that the table lost.
func (l *Layer) Inspected() []geo.Notice {
	if list := l.lost.Load(); list != nil {
		return geo.LostNotices(l.sibling(".dbf"), *list)
	}
	return nil
}

// Issues is the same with every record that shows each, for those who keep
// the layer elsewhere and read it piece by piece again.
func (l *Layer) Issues() []geo.Issue { return l.odd.List(l.sibling) }

func (l *Layer) deleted(i int) bool { return l.table != nil && l.table.deleted(i) }

var errClosed = errors.New("shapefile: layer is closed")

// Close unmaps the files. It may be called twice.
func (l *Layer) Close() error {
	if l.closed.Swap(true) {
		return nil
	}
	err := errors.Join(l.cache.Close(), l.shp.Close())
	if l.table != nil {
		err = errors.Join(err, l.table.file.Close())
	}
	return err
}
