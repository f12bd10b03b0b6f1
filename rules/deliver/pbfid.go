package deliver

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// serial counts on in numbers of one form: a prefix and so many digits.
type serial struct {
	digits int
	last   map[string]int // by prefix
}

// note looks at a number that is there already.
func (s serial) note(number string) {
	at := len(number) - s.digits
	if at <= 0 {
		return
	}
	if n, err := strconv.Atoi(number[at:]); err == nil && n >= 0 {
		s.last[number[:at]] = max(s.last[number[:at]], n)
	}
}

func (s serial) next(prefix string) string {
	s.last[prefix]++
	return fmt.Sprintf("%s%0*d", prefix, s.digits, s.last[prefix])
}

// identify gives ids and numbers to the records that lack them: BSM after the
// highest in the layer (county, layer, 8 digits), YJJBNTTBBH after the highest of
// its administrative unit (unit, 6 digits). It returns how many records of base data
// had an id that another has too, or none, and got a new one.
func (l *pbfLayer) identify(rows []*pbfRow, county string) (repeated int) {
	ids, numbers := serial{8, map[string]int{}}, serial{6, map[string]int{}}
	prefixes, lengths, codes := map[string]int{}, map[int]int{}, map[string]int{}
	used := make(map[string]bool, len(rows))
	for _, row := range rows {
		if row.renumber {
			continue
		}
		id := l.get(row, fieldBSM)
		if id == "" || used[id] {
			row.renumber = true
			repeated++
			continue
		}
		used[id] = true
		if len(id) == 18 {
			prefixes[id[:10]]++
		}
		ids.note(id)
	}
	for _, row := range rows {
		numbers.note(l.get(row, fieldNumber))
		if unit := l.get(row, fieldXZQDM); unit != "" {
			lengths[len(unit)]++
		}
		if code := l.get(row, fieldYSDM); code != "" {
			codes[code]++
		}
	}
	code := cmp.Or(commonest(codes), "2005010300")
	prefix := cmp.Or(commonest(prefixes), county+code[min(4, len(code)):min(8, len(code))])
	length := cmp.Or(commonest(lengths), 12)
	for _, row := range rows {
		if row.renumber {
			id := ids.next(prefix)
			for used[id] {
				id = ids.next(prefix)
			}
			used[id] = true
			l.set(row, fieldBSM, id)
		}
		if row.change == changedIn {
			unit := l.get(row, fieldZLDWDM)
			l.set(row, fieldYSDM, code)
			l.set(row, fieldXZQDM, prefixOf(unit, length))
		}
		if row.change != "" && l.get(row, fieldNumber) == "" {
			l.set(row, fieldNumber, numbers.next(cmp.Or(l.get(row, fieldXZQDM), county)))
		}
	}
	return repeated
}

// prefixOf is a code cut to a length, without zeros that only fill it up.
func prefixOf(unit string, length int) string {
	if length < len(unit) {
		unit = unit[:length]
	}
	if length > 12 {
		return unit
	}
	if len(unit) == 12 && strings.HasSuffix(unit, "000") {
		return unit[:9]
	}
	return unit
}

// commonest is the key that occurs most, of several the least; the zero key of
// nothing.
func commonest[K cmp.Ordered](counts map[K]int) (most K) {
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		if counts[k] > counts[most] {
			most = k
		}
	}
	return most
}
