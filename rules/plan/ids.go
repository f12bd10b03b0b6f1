package plan

import (
	"strconv"

	"landcheck/geo"
)

// ids gives the features of one layer ids that are unique in it: the column's
// value, else the record number. The second feature with an id keeps it with
// its record number behind ("A-7#12"), so that findings stay apart.
type ids struct {
	first map[string]int // id → record
}

// next is the id of a record. A value that another record has is a flaw.
func (u *ids) next(r *row) string {
	v, c := r.text(ID)
	id := v
	if id == "" {
		id = strconv.Itoa(r.record)
	}
	if u.first == nil {
		u.first = map[string]int{}
	}
	before, taken := u.first[id]
	if !taken {
		u.first[id] = r.record
		return id
	}
	r.id = id
	if v != "" {
		r.flaw(checkUniqueID, c,
			geo.Textf("编号“%s”与第 %d 条记录重复", "id %q is also that of record %d", v, before),
			geo.Text{ZH: "请为每个图斑填写不同的编号", EN: "Give every feature an id of its own"})
	}
	return id + "#" + strconv.Itoa(r.record)
}
