package room

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/wording"
)

// wanted is what each check needs of the base data, and what its absence means.
var wanted = []struct {
	check Check
	role  domain.Role
	field domain.Field // "" for the layer itself
	means geo.Text
}{
	{RedLine, domain.RedLine, "", geo.Text{ZH: "候选地块没有与生态保护红线核对，也找不出红线天窗", EN: "candidates were not held against the red line, and its windows are not known"}},
	{UrbanBoundary, domain.UrbanBoundary, "", geo.Text{ZH: "候选地块没有与城镇开发边界核对", EN: "candidates were not held against the urban boundary"}},
	{WaterManagement, domain.WaterManagement, "", geo.Text{ZH: "河道湖泊内的耕地只按细化代码判断", EN: "river and lake beds are told by refinement codes alone"}},
	{PBFReserve, domain.PBFReserve, "", geo.Text{ZH: "不知道哪些候选地块在储备区内", EN: "which candidates lie in the reserve is not known"}},
	{Slope, domain.LandUse, domain.Slope, geo.Text{ZH: "候选地块的坡度没有核对", EN: "slopes of candidates were not looked at"}},
	{Refinement, domain.LandUse, domain.Refinement, geo.Text{ZH: "不稳定利用耕地没有剔除", EN: "unstable cropland was not left out"}},
	{Grade, domain.LandUse, domain.Grade, geo.Text{ZH: "候选地块没有按质量等别排序", EN: "candidates were not ranked by grade"}},
}

// reserve says what cannot be looked at. A layer that base.yaml says the county
// does not have is not wanting; one that was not read though its name comes near
// may hold anything.
func (s *survey) reserve(l *ledger.Ledger) {
	s.undone = map[Check]bool{}
	for _, w := range wanted {
		var why geo.Text
		switch {
		case w.field != "" && slices.Contains(l.Lacks[w.role], w.field):
			why = geo.Textf("%[1]s 没有字段 %[2]s", "%[1]s has no field %[2]s", wording.RoleTitle(w.role), columnOf(w.role, w.field))
		case w.field != "":
			continue
		case len(l.Unsure[w.role]) > 0:
			why = geo.Textf("底图文件 %[1]s 没有读取，其中可能有%[2]s", "the base file %[1]s was not read and may hold %[2]s", l.Unsure[w.role][0], w.role.Title())
		case l.Present[w.role] || l.Absent[w.role]:
			continue
		default:
			why = geo.Textf("底图没有 %[1]s", "the base data has no %[1]s", wording.RoleTitle(w.role))
		}
		s.undone[w.check] = true
		s.room.Reservations = append(s.room.Reservations, Reservation{Check: w.check, Role: w.role,
			Message: geo.Textf("%[1]s：%[2]s", "%[1]s: %[2]s", why, w.means)})
	}
}

// columnOf is the column that the standards give a field of a layer.
func columnOf(role domain.Role, field domain.Field) string {
	layer, _ := domain.LayerOf(role)
	for _, f := range layer.Fields {
		if f.Field == field {
			return f.Columns[0]
		}
	}
	return string(field)
}
