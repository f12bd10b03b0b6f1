package plan

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// settle finds the system of every layer and the working system. A system that
// had to be guessed, or that differs from the project area's, is an issue.
func (p *Plan) settle(sources []layerAssignment, user geo.CRS) error {
	for i := range sources {
		s := &sources[i]
		var err error
		if s.crs, s.origin, err = nativeCRS(s.layer, user); err != nil {
			return err
		}
		if s.origin != unknownOrigin {
			p.setSystem(s.layer.File(), s.crs)
		}
		if p.CRS.IsZero() && s.role == domain.ProjectArea && s.origin != unknownOrigin {
			p.Native = s.crs
			p.CRS = geo.WorkingCRS(s.crs, s.layer.Bound().Center())
		}
	}
	for _, s := range sources {
		say := func(severity geo.Severity, message geo.Text) {
			p.Notices = append(p.Notices, geo.Notice{Severity: severity, File: s.layer.File(), Message: message})
		}
		switch s.origin {
		case unknownOrigin:
			if s.layer.Len() == 0 {
				p.Notices = append(p.Notices, undrawnLayer(s.layer))
			}
			continue
		case guessed:
			say(geo.Warning, geo.Textf("图层没有坐标系说明（缺 .prj），按坐标判断为 %s", "the layer does not say its coordinate system (no .prj); by its coordinates it is %s", s.crs))
		case given:
			say(geo.Info, geo.Textf("图层没有坐标系说明，按指定的 %s 读取", "the layer does not say its coordinate system; read as %s, as told", s.crs))
		}
		switch {
		case p.Native.IsZero() || s.crs == p.Native:
		case sameMeridian(s.crs, p.Native):
			say(geo.Info, geo.Textf("图层的坐标系为 %s，整治区域为 %s，已换算", "the layer is in %s, the project area in %s; it was converted", s.crs, p.Native))
		default:
			p.Issues = append(p.Issues, Issue{Check: checkCRS, Role: s.role, File: s.layer.File(),
				Message: geo.Textf("图层的坐标系为 %s，整治区域为 %s，不在同一投影带", "the layer is in %s, the project area in %s: another zone", s.crs, p.Native),
				Remedy:  geo.Text{ZH: "请以同一投影带导出方案各图层；核查时已自动转换", EN: "Export all layers of the plan in one zone; the check reprojected it for itself"}})
		}
	}
	return nil
}

func (p *Plan) setSystem(file string, c geo.CRS) {
	if p.systems == nil {
		p.systems = map[string]geo.CRS{}
	}
	p.systems[file] = c
}

// SystemOf is the system in which a layer came, Native where that is not known.
func (p *Plan) SystemOf(file string) geo.CRS {
	if c, ok := p.systems[file]; ok {
		return c
	}
	return p.Native
}

// sameMeridian tells whether two systems differ in nothing but their false
// origin, or one of them is degrees (as GeoJSON always is): no mistake.
func sameMeridian(a, b geo.CRS) bool {
	return a.Kind != b.Kind || a.CentralMeridian == b.CentralMeridian
}

// transform leads from a layer's system to the working one. A layer of null
// shapes has no system and needs none.
func (p *Plan) transform(s layerAssignment) (*geo.Transform, error) {
	if s.crs.IsZero() || p.CRS.IsZero() {
		any := geo.CRS{Kind: geo.Geographic}
		return geo.NewTransform(any, any)
	}
	return geo.NewTransform(s.crs, p.CRS)
}

// kind is the role of a feature in a layer that holds two kinds; "" for one
// that changes nothing (HRHCLXDM 0) or whose kind is not known.
func (r *row) kind() domain.Role {
	var kinds map[string]domain.Role
	switch r.role {
	case domain.PBFChange:
		kinds = map[string]domain.Role{"0": "", "1": domain.PBFIn, "2": domain.PBFOut}
	case domain.PBFAdjusted:
		kinds = map[string]domain.Role{domain.AdjustedOut: domain.PBFOut, domain.AdjustedIn: domain.PBFIn, domain.AdjustedInto: domain.PBFIn, notAdjusted: ""}
	case domain.UrbanChange:
		kinds = map[string]domain.Role{"1": domain.UrbanAdded, "2": domain.UrbanRemoved}
	case domain.RedChange:
		kinds = map[string]domain.Role{"1": domain.RedAdded, "2": domain.RedRemoved}
	default:
		return r.role
	}
	v, c := r.text(domain.Kind)
	if n, ok := parseWhole(v, 0, 9); ok && v != "" {
		v = string(rune('0' + n))
	}
	role, ok := kinds[v]
	if !ok {
		if c.name == "" {
			c = r.schema[domain.Kind][0]
		}
		remedy := geo.Text{ZH: "请填写 1（增加）或 2（减少）；核查时已略过该图斑", EN: "Write 1 (added) or 2 (removed); the check leaves the feature out"}
		switch r.role {
		case domain.PBFAdjusted:
			remedy = geo.Text{ZH: "请填写 调出、调入 或 补划，或在 plan.yaml 的 layers 中用 values: {TZLX: {…: in, …: out}} 说明；核查时已略过该图斑",
				EN: "Write 调出 (out), 调入 or 补划 (in), or say under layers in plan.yaml what the words mean, values: {TZLX: {…: in, …: out}}; the check leaves the feature out"}
		case domain.PBFChange:
			remedy = geo.Text{ZH: "请填写 1（划入）、2（划出）或 0（保留）；核查时已略过该图斑", EN: "Write 1 (in), 2 (out) or 0 (kept); the check leaves the feature out"}
		}
		r.issue(checkCodes, c, geo.Textf("%s 的值“%s”不是变更类型", "%s is %q, not a kind of change", c.name, shorten(v)), remedy)
	}
	return role
}

// notAdjusted is what values: makes of a word that means no change at all.
const notAdjusted = "不调整"

// change reads what a change says of the land after it, but for its class.
func (r *row) change(c *Change) {
	c.Traits.Ridge = r.ridge()
	c.Traits.Slope = r.slope()
	c.Traits.Grade = r.grade()
	c.Traits.Refinement = r.code(domain.Refinement, domain.Refinements(), nil)
	c.Year = r.year()
	c.Date = r.date(domain.DateField, r.dateColumns(c.Role)...)
	c.Declared = r.area(domain.Area)
	c.Surveyed = r.area(domain.SurveyedArea)
	c.SurveyMethod = r.code(domain.SurveyMethod, domain.SurveyMethods(), surveyWords())
	c.SurveyDate = r.date(domain.SurveyDate)
	c.Purpose = r.purpose()
	c.SubProject = r.plain(domain.SubProject)
	c.ClassBefore = domain.ClassCode(r.plain(domain.ClassBefore))
}

// dateColumns restricts which dates a change may take in a layer of both kinds:
// acceptance for land that comes in, taking out for land that leaves.
func (r *row) dateColumns(role domain.Role) []string {
	if _, overridden := r.override[domain.DateField]; overridden || r.role != domain.PBFChange && r.role != domain.PBFAdjusted {
		return nil
	}
	return columns(role, domain.DateField)
}

// surveyWords are survey methods written out.
func surveyWords() map[string]string {
	return map[string]string{"实测": "SC", "网络RTK": "WLRTK", "全站仪": "QZY", "图上作业": "TSZY", "系数测算": "XSCS"}
}

// sortIssues orders issues for reports: by layer, record, check, field.
func sortIssues(issues []Issue) {
	slices.SortStableFunc(issues, func(a, b Issue) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record),
			strings.Compare(a.Check, b.Check), strings.Compare(a.Field, b.Field))
	})
}

// sortedNotices orders notices by file and record and drops repeated ones.
func sortedNotices(all []geo.Notice) []geo.Notice {
	slices.SortStableFunc(all, func(a, b geo.Notice) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record), strings.Compare(a.Message.EN, b.Message.EN))
	})
	return slices.Compact(all)
}
