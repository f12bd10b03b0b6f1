package diff

import (
	"cmp"
	"slices"

	"landcheck/geo"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// Sources says in which of what they were made from two reports of one check
// differ: plan, base layers, rulebook, stage, version, GEOS. Empty where all of
// it is the same.
func Sources(old, now *result.Report) []geo.Text {
	var out []geo.Text
	other := func(zh, en string, a, b string) {
		if a != b {
			out = append(out, geo.Textf(zh+"（原 %[1]s，现 %[2]s）", en+" (then %[1]s, now %[2]s)", shown(a), shown(b)))
		}
	}
	other("方案的内容不同", "the plan is another", old.Plan.Digest, now.Plan.Digest)
	other("底图的来源不同", "the base data comes from elsewhere", old.Base.Source, now.Base.Source)
	out = append(out, BaseLayers(old.Base.Layers, now.Base.Layers)...)
	if old.Rulebook.ID != now.Rulebook.ID {
		other("规则册不同", "the rulebook is another", old.Rulebook.ID, now.Rulebook.ID)
	} else {
		other("规则册 "+now.Rulebook.ID+" 的内容不同", "the rulebook "+now.Rulebook.ID+" has changed", old.Rulebook.Digest, now.Rulebook.Digest)
	}
	other("阶段不同", "the stage is another", old.Plan.Stage, now.Plan.Stage)
	other("landcheck 的版本不同", "landcheck is of another version", old.Engine.Version, now.Engine.Version)
	other("GEOS 的版本不同", "GEOS is of another version", old.Engine.GEOS, now.Engine.GEOS)
	return out
}

// BaseLayers says which base layers are other ones, are missing or were not
// there then.
func BaseLayers(old, now []result.LayerInfo) []geo.Text {
	var out []geo.Text
	find := func(list []result.LayerInfo, l result.LayerInfo) int {
		return slices.IndexFunc(list, func(o result.LayerInfo) bool { return o.Role == l.Role && o.Name == l.Name })
	}
	for _, l := range old {
		switch i := find(now, l); {
		case i < 0:
			out = append(out, geo.Textf("底图缺少图层 %s", "the base data lacks layer %s", l.Name))
		case now[i].Digest != l.Digest:
			out = append(out, geo.Textf("底图图层 %[1]s 的内容不同（原 %[2]s，现 %[3]s）", "base layer %[1]s is another (then %[2]s, now %[3]s)", l.Name, shown(l.Digest), shown(now[i].Digest)))
		}
	}
	for _, l := range now {
		if find(old, l) < 0 {
			out = append(out, geo.Textf("底图多了图层 %s", "the base data has a layer %s more", l.Name))
		}
	}
	return out
}

// shown is a digest cut short, or a dash where there is none.
func shown(s string) string { return cmp.Or(wording.ShortDigest(s), "–") }
