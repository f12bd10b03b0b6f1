package report

import (
	"landcheck/geo"
	"landcheck/rules/result"
)

// keyFigures are the figures that a reviewer looks for first: what PBF goes out
// and comes in, the township nearest to its limit, cropland and construction
// land before and after. They are those of form, measures and tables.
func keyFigures(r *result.Report) []keyFigure {
	var out []keyFigure
	add := func(zh, en string, value, more geo.Text) {
		out = append(out, keyFigure{geo.Text{ZH: zh, EN: en}, value, more})
	}
	if f := r.Form; f != nil {
		const m2 = 10000 // of an hm², in which the form is
		add("永久基本农田调出（净）", "PBF out (net)", area(f.Out.Area*m2), ofProject(f.Out.ProjectShare))
		add("永久基本农田补划（净）", "PBF in (net)", area(f.In.Area*m2), balance((f.In.Area-f.Out.Area)*m2))
	}
	if m, ok := worstTownship(r); ok {
		add("调出占划定面积最高的乡镇", "Township with the largest share out", scopeName(m.Scope), geo.Text{ZH: line(m, "zh"), EN: line(m, "en")})
	}
	if y := lastYear(r); y != nil {
		add("耕地新增（净）", "Cropland gained (net)", area(y.CroplandGainedCumulative), balance(y.CroplandGainedCumulative-y.CroplandLostCumulative))
	}
	if gained, lost, any := construction(r); any {
		add("建设用地新增（毛）", "Construction land gained (gross)", area(gained), balance(gained-lost))
	}
	if r.Layer == nil {
		add("变更土地（毛）", "Changed land (gross)", area(r.Ledger.Changed), geo.Textf("台账 %[1]d 个面", "%[1]d faces in the ledger", r.Ledger.Faces))
	}
	return out
}

func ofProject(share *float64) geo.Text {
	if share == nil {
		return geo.Text{}
	}
	n := Percent(*share)
	return geo.Textf("占整治区域原永久基本农田 %[1]s", "%[1]s of the project area's PBF", n)
}

// balance says what comes in less what goes out.
func balance(m2 float64) geo.Text {
	a := area(m2)
	if m2 > 0 {
		a = geo.Text{ZH: "+" + a.ZH, EN: "+" + a.EN}
	}
	return geo.Textf("增减相抵 %[1]s", "%[2]s in balance", a.ZH, a.EN)
}

// worstTownship is the township whose share is nearest to its limit, or
// furthest over it.
func worstTownship(r *result.Report) (worst result.Measure, ok bool) {
	for i := range r.Rules {
		for _, m := range r.Rules[i].Measures {
			if townshipShare(m) && (!ok || m.Value-m.Limit > worst.Value-worst.Limit) {
				worst, ok = m, true
			}
		}
	}
	return worst, ok
}

// townshipShare reports a measure of the share that a township gives up.
func townshipShare(m result.Measure) bool {
	return m.Scope.Kind == "township" && m.Unit == "ratio" && m.Op == "<="
}

// lastYear is the year row with the sums so far of all; nil without rows.
func lastYear(r *result.Report) *result.YearRow {
	if len(r.Years) == 0 {
		return nil
	}
	return &r.Years[len(r.Years)-1]
}

func construction(r *result.Report) (gained, lost float64, any bool) {
	for _, y := range r.Years {
		gained, lost, any = gained+y.ConstructionGained, lost+y.ConstructionLost, true
	}
	return gained, lost, any
}

// keyArea is one of the key figures in m².
type keyArea struct {
	Title geo.Text
	Area  float64
}

// keyAreas are the key figures that are areas, with what goes out beside what
// comes in.
func keyAreas(r *result.Report) []keyArea {
	if r.Layer != nil {
		return nil
	}
	var out []keyArea
	add := func(zh, en string, m2 float64) { out = append(out, keyArea{geo.Text{ZH: zh, EN: en}, m2}) }
	if y := lastYear(r); y != nil {
		add("永久基本农田调出（净）", "PBF out (net)", y.PBFOutCumulative)
		add("永久基本农田补划（净）", "PBF in (net)", y.PBFInCumulative)
		add("耕地新增（净）", "Cropland gained (net)", y.CroplandGainedCumulative)
		add("耕地减少（净）", "Cropland lost (net)", y.CroplandLostCumulative)
	}
	if gained, lost, any := construction(r); any {
		add("建设用地新增（毛）", "Construction land gained (gross)", gained)
		add("建设用地减少（毛）", "Construction land lost (gross)", lost)
	}
	add("变更土地（毛）", "Changed land (gross)", r.Ledger.Changed)
	return out
}
