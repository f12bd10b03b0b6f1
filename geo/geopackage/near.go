package geopackage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// manyKeys: to fetch more than every second row by its key costs more than to
// read them all.
const manyKeys = 2

// candidates are the keys of the rows whose shapes' boxes meet a box, in order;
// all means that a scan is cheaper than fetching them one by one.
func (x *index) candidates(wanted *geo.Index) (keys []int64, all bool) {
	for i, b := range x.boxes {
		if !b.empty() && meets(wanted, b.bound()) {
			keys = append(keys, x.keys[i])
		}
	}
	slices.Sort(keys)
	if len(keys) > len(x.keys)/manyKeys {
		return nil, true
	}
	return keys, false
}

func (b box) bound() orb.Bound {
	return orb.Bound{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}
}

func meets(ix *geo.Index, b orb.Bound) bool {
	hit := false
	ix.Search(b, func(int) bool { hit = true; return false })
	return hit
}

// keyList is the keys as the JSON array that json_each takes: one statement
// for any number of them.
func keyList(keys []int64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(k, 10))
	}
	b.WriteByte(']')
	return b.String()
}
