package ledger

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/plan"
)

// implausible is by how much a declared net area may differ from its shape's
// before it cannot be square metres: hectares are 10 000 times less, mu 667
// times, and no ridges take nine tenths of a field.
const implausible = 10

// implausibleAreas says of PBF under changed land that declares an area that
// its shape cannot have. Pieces take their share of what is declared, so land
// declared in hectares would leave PBF as next to nothing.
func (w *works) implausibleAreas() {
	l := w.ledger
	from := len(l.Flaws)
	for i := range w.layers {
		for j := range w.layers[i].parcels {
			p := &w.layers[i].parcels[j]
			if p.Role != plan.PBF || !p.Net.Known || !p.under.Load() {
				continue
			}
			whole := p.whole(w.surveyor.MultiPolygon)
			if whole <= 0 || p.Net.Value*implausible >= whole && p.Net.Value <= whole*implausible {
				continue
			}
			l.Flaws = append(l.Flaws, plan.Flaw{Check: "data-fields", Role: p.Role, File: p.File, Record: p.Record, ID: p.ID, Field: "YJJBNTMJ",
				Message: geo.Textf("永久基本农田面积 YJJBNTMJ（或 JBNTMJ）为 %.2f，而图形有 %.2f m²，单位可能不是平方米",
					"the declared PBF area YJJBNTMJ (or JBNTMJ) is %.2f, but the shape has %.2f m²: it may not be in square metres", p.Net.Value, whole),
				Remedy: geo.Text{ZH: "请以平方米为单位重新填写底图的永久基本农田面积（1 公顷 = 10000 平方米，1 亩 = 666.67 平方米），或留空由图形计算",
					EN: "Write the PBF area of the base data in square metres (1 hm² is 10000, 1 mu 666.67), or leave it empty to have it computed"}})
		}
	}
	slices.SortFunc(l.Flaws[from:], func(a, b plan.Flaw) int {
		return compareFeatures(plan.Feature{Role: a.Role, File: a.File, Record: a.Record}, plan.Feature{Role: b.Role, File: b.File, Record: b.Record})
	})
}
