package ledger

import (
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// statedLand is land of which a layer states another class than counts.
type statedLand struct {
	records map[int]bool
	area    float64 // m²
}

// statedClasses says of the national pilot's changes of PBF that state other classes
// than count: before the plan the base's (TZQDLBM), after it that of the land-use
// change or of the land use after (TZHDLBM).
func (w *builder) statedClasses() {
	before, after := map[string]*statedLand{}, map[string]*statedLand{}
	for i := range w.ledger.Faces {
		f := &w.ledger.Faces[i]
		if f.Sliver {
			continue
		}
		for _, c := range []*plan.Change{f.Out, f.In} {
			if !c.Adjustment || c.Traits.Written != "" { // planning codes have other words for it
				continue
			}
			differs(before, c, f, c.ClassBefore, f.Before.Class)
			differs(after, c, f, domain.ClassCode(c.Traits.Class), f.After.Class)
		}
	}
	w.tellStated(before, geo.Text{ZH: "%[1]d 个图斑共 %[2]s m² 的调整前地类（TZQDLBM）与底图不同，以底图为准", EN: "%[1]d features state another class before (TZQDLBM) than the base data, on %[2]s m²; the base data counts"})
	w.tellStated(after, geo.Text{ZH: "%[1]d 个图斑共 %[2]s m² 的调整后地类（TZHDLBM）与整治后地类图斑或地类变更不同，以后者为准", EN: "%[1]d features state another class after (TZHDLBM) than the land use after the plan or the land-use change, on %[2]s m²; those count"})
}

// differs adds a face of a change to those on which it states another class.
func differs(to map[string]*statedLand, c *plan.Change, f *Face, stated, counts string) {
	if stated == "" || counts == "" || stated == counts {
		return
	}
	if to[c.File] == nil {
		to[c.File] = &statedLand{records: map[int]bool{}}
	}
	to[c.File].records[c.Record] = true
	to[c.File].area += f.Area
}

func (w *builder) tellStated(found map[string]*statedLand, message geo.Text) {
	for _, file := range slices.Sorted(maps.Keys(found)) {
		s := found[file]
		w.ledger.Notices = append(w.ledger.Notices, geo.Notice{Severity: geo.Warning, File: file,
			Message: geo.Textf(message.ZH, message.EN, len(s.records), metres2(s.area))})
	}
}
