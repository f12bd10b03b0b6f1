package shapefile

import (
	"context"
	"errors"
	"iter"
	"math"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
)

// Layer is a Shapefile opened for reading. After Open it does not change, so
// Near, Rows and the other readers may run concurrently; only Close must wait
// for them.
type Layer struct {
	name, shown string
	parts       companions
	shp         *mapped
	table       *table // nil without a .dbf
	records     records
	odd         oddities
	closed      atomic.Bool
	length      func() int

	cache string      // directory, "" for none
	print fingerprint // of the files when they were opened, for the cache
	began time.Time
	kept  *kept  // what the cache had
	known string // digest that the cache had

	lost atomic.Pointer[[]geo.Lost] // nil until the bytes were read for the digest

	reading sync.Once // of learned
	learned *figures
}

var (
	_ geo.Layer     = (*Layer)(nil)
	_ geo.Inspected = (*Layer)(nil)
)

// Open maps the .shp at path and walks its record headers (44 bytes each).
// The .dbf, .shx, .prj and .cpg are found beside it without regard to case.
// Shown names the layer in messages and in File, for instance
// "plan.zip!ZZQY.shp"; when it is empty the path does. A file that cannot be
// read, or that holds no areas, is a *geo.Fault.
func Open(path, shown string) (*Layer, error) { return OpenCached(path, shown, "") }

// OpenCached is Open with a directory that remembers large layers from one
// process to the next: where their records lie and their digest. It is believed
// while the files' paths, lengths, inodes and times of change are as they were
// when every byte was read; the answers are the same with it and without.
func OpenCached(path, shown, cache string) (*Layer, error) {
	return openCached(path, shown, cache, worthKeeping)
}

func openCached(path, shown, cache string, least int64) (*Layer, error) {
	if shown == "" {
		shown = path
	}
	shown = geo.Printable(shown)
	l := &Layer{name: layerName(path), shown: shown, cache: cache, began: time.Now()}
	if err := l.open(path, least); err != nil {
		err = l.place(err)
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (l *Layer) open(path string, least int64) error {
	var err error
	if l.parts, err = findCompanions(path); err != nil {
		return err
	}
	if l.cache != "" { // before anything is mapped: remember compares it with one made after
		if l.print, err = l.parts.fingerprint(); err != nil {
			l.cache = "" // without it, then
		}
	}
	if l.shp, err = mapFile(path); err != nil {
		return err
	}
	if l.shp.size < least {
		l.cache = ""
	}
	if l.parts.dbf == "" {
		l.odd.add(noTable, 0)
	} else if l.table, err = openTable(l.parts, &l.odd); err != nil {
		return err
	}
	l.length = sync.OnceValue(l.countLive)
	if l.remember() {
		return nil
	}
	var index *mapped
	if l.parts.shx == "" {
		l.odd.add(noIndex, 0)
	} else if index, err = mapFile(l.parts.shx); err != nil {
		return inFile(err, ".shx")
	}
	err = guard(0, func() error { return l.readRecords(index) })
	return errors.Join(err, index.close())
}

// layerName is the base name without its ending; names that are not UTF-8
// were made on a Chinese Windows.
func layerName(path string) string {
	name := filepath.Base(path)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if !utf8.ValidString(name) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
		if err != nil {
			decoded = strings.ToValidUTF8(name, "\ufffd")
		}
		name = decoded
	}
	return geo.Printable(name)
}

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
	way := passage{file: l.table.file}
	defer way.leave()
	err := guard(0, func() error {
		for i := range n {
			way.reach(l.table.header + int64(i)*l.table.width)
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
func (l *Layer) Bound() orb.Bound { return l.records.bound }

// Notices is what was odd so far, in the order of the first record concerned,
// then what Inspected says.
func (l *Layer) Notices() []geo.Notice { return append(l.odd.notices(l.sibling), l.Inspected()...) }

// Inspected implements geo.Inspected: the figures that the table lost.
func (l *Layer) Inspected() []geo.Notice {
	if list := l.lost.Load(); list != nil {
		return geo.LostNotices(l.sibling(".dbf"), *list)
	}
	return nil
}

// Oddities is the same with every record that shows each, for those who keep
// the layer elsewhere and read it piece by piece again.
func (l *Layer) Oddities() []geo.Oddity { return l.odd.list(l.sibling) }

// Near implements geo.Layer. One pass over the boxes held in memory finds the
// candidates; only they are decoded. A record whose geometry came to nothing
// (null shape, no usable ring) is yielded only for nil boxes.
func (l *Layer) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return l.NearAfter(ctx, boxes, columns, 0, math.MaxInt)
}

// NearAfter implements geo.Seeker: records before are passed over unread.
func (l *Layer) NearAfter(ctx context.Context, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		n := 0
		page := func(f geo.Feature, err error) bool {
			n++
			return yield(f, err) && n < most
		}
		if most <= 0 {
			return
		}
		l.each(ctx, page, columns, l.following(after, l.finding(boxes)), func(i int, row rowReader) (geo.Feature, bool, error) {
			none := geo.Feature{}
			if l.deleted(i) {
				return none, false, nil
			}
			geometry, err := l.geometry(i)
			if err != nil || geometry == nil && boxes != nil {
				return none, false, err
			}
			return geo.Feature{Record: i + 1, Geometry: geometry, Values: row(i)}, true, nil
		})
	}
}

// Rows implements geo.Layer.
func (l *Layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		l.each(ctx, yield, columns, l.rows, func(i int, row rowReader) (geo.Feature, bool, error) {
			if l.deleted(i) {
				return geo.Feature{}, false, nil
			}
			return geo.Feature{Record: i + 1, Values: row(i)}, true, nil
		})
	}
}

// read reads record i, or reports that it is not wanted.
type read func(i int, row rowReader) (f geo.Feature, wanted bool, err error)

// each yields the candidates that read finds wanted, in record order, until
// the consumer stops; a failure is placed and yielded once.
func (l *Layer) each(
	ctx context.Context, yield func(geo.Feature, error) bool,
	columns []string, find find, read read,
) {
	if l.closed.Load() {
		yield(geo.Feature{}, errClosed)
		return
	}
	defer l.shp.forget()
	row := func(int) []string { return make([]string, len(columns)) }
	if l.table != nil {
		defer l.table.file.forget()
		row = l.table.reader(columns, &l.odd)
	}
	var found []int32
	touched := 0
	for block := range l.records.blocks {
		err := ctx.Err()
		if err == nil {
			err = guard(0, func() (err error) { found, err = find(block, found[:0]); return err })
		}
		if err != nil {
			yield(geo.Feature{}, l.place(err))
			return
		}
		for _, i := range found {
			i := int(i)
			var f geo.Feature
			var wanted bool
			err := guard(i+1, func() (err error) { f, wanted, err = read(i, row); return err })
			if err != nil {
				yield(geo.Feature{}, l.place(err))
				return
			}
			if wanted && !yield(f, nil) {
				return
			}
		}
		if touched += len(found); touched >= forgetAfter {
			touched = 0
			l.shp.forget()
			if l.table != nil {
				l.table.file.forget()
			}
		}
	}
	if !l.shp.unchanged() || l.table != nil && !l.table.file.unchanged() {
		yield(geo.Feature{}, l.place(changed(0, nil)))
	}
}

// forgetAfter is how many records are read before their pages are given back.
const forgetAfter = 64 << 10

func (l *Layer) deleted(i int) bool { return l.table != nil && l.table.deleted(i) }

var errClosed = errors.New("shapefile: layer is closed")

// Close unmaps the files. It may be called twice.
func (l *Layer) Close() error {
	if l.closed.Swap(true) {
		return nil
	}
	l.storeFigures()
	err := l.shp.close()
	if l.kept != nil {
		err = errors.Join(err, l.kept.file.close())
	}
	if l.table != nil {
		err = errors.Join(err, l.table.file.close())
	}
	return err
}
