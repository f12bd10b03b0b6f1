package plan

import (
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// ids gives the features of a role ids that are unique in it: the column's
// value, else the record number. The second feature of a layer with an id keeps
// it with its record number behind ("A-7#12"), one of another layer of the role
// with that layer's name ("A-7@DLBG_2"), so that findings stay apart.
type ids struct {
	first map[string]idOwner // id → who has it
}

// idOwner is a record of a layer.
type idOwner struct {
	file   string
	record int
}

// next is the id of a record. A value that another record of the layer has is a
// issue: ids need be unique within their layer only.
func (u *ids) next(r *row, layer string) string {
	v, c := r.text(domain.ID)
	id := v
	if id == "" {
		id = strconv.Itoa(r.record)
	}
	if u.first == nil {
		u.first = map[string]idOwner{}
	}
	here := idOwner{r.file, r.record}
	var before idOwner
	for _, try := range []string{id, id + "@" + layer, id + "@" + r.file} {
		var taken bool
		if before, taken = u.first[try]; !taken {
			u.first[try] = here
			return try
		}
		if id = try; before.file == r.file {
			break
		}
	}
	r.id = id
	if v != "" {
		r.issue(checkUniqueID, c,
			geo.Textf("编号“%s”与第 %d 条记录重复", "id %q is also that of record %d", v, before.record),
			geo.Text{ZH: "请为每个图斑填写不同的编号", EN: "Give every feature an id of its own"})
	}
	return id + "#" + strconv.Itoa(r.record)
}
