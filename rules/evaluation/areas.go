package evaluation

import (
	"fmt"
	"math/big"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

func (k areasEvaluator) stated(ch *plan.Change) plan.Number {
	if k.Stated == "surveyed" {
		return ch.Surveyed
	}
	return ch.Declared
}

func (k areasEvaluator) evaluate(c *ruleEvaluation) error {
	faces, err := c.land(k.Where)
	if err != nil {
		return err
	}
	faces = c.solid(faces)
	with := map[*plan.Change][]int{}
	for _, i := range faces {
		f := &c.l.Faces[i]
		for _, ch := range f.Changes() {
			with[ch] = append(with[ch], i)
		}
	}
	judged, silent, bad := 0, 0, 0
	var flat []result.FeatureRef // within the tolerance, and planar
	for _, m := range c.l.Features {
		if _, ok := with[m.Change]; !ok && (k.Where.Given() || c.rule.Among.Given()) {
			continue
		}
		if k.Stated == "surveyed" && m.Change.Role != domain.LandUseChange && !m.Change.Reclassifies && k.Where.Given() {
			continue // SCMJ of the parcel whose class changes, not of the layers over it
		}
		stated := k.stated(m.Change)
		if !stated.Known {
			silent++
			continue
		}
		judged++
		if k.agrees(stated.Value, m.Ellipsoid) {
			if k.agreesWith(stated.Value, m.Planar) && abs(stated.Value-m.Ellipsoid) > 0.05 {
				flat = append(flat, changeRef(m.Change))
			}
			continue
		}
		bad++
		s := result.Scope{Kind: "feature", Code: m.Change.ID}
		diff := stated.Value - m.Ellipsoid
		c.found(c.broken(s), s, []group{{change: m.Change, faces: with[m.Change]}}, string(m.Change.Role), values{
			"stated": wording.DeclaredArea(stated.Value), "computed": wording.DeclaredArea(m.Ellipsoid), "difference": wording.DeclaredArea(diff),
			"limit": wording.DeclaredArea(k.allowed(m.Ellipsoid)), "hint": k.hint(stated.Value, m),
		}, geo.Text{
			ZH: "图斑 {ids} 填报面积 {stated}，计算的椭球面积 {computed}，相差 {difference}，允许 {limit}。{hint}",
			EN: "Feature {ids} states {stated}; the computed ellipsoidal area is {computed}, off by {difference} where {limit} is allowed. {hint}",
		}, geo.Text{})
	}
	if c.nothing = judged == 0; c.nothing {
		return nil
	}
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: float64(bad), Op: "<=", Unit: "count", Margin: float64(-bad),
		Terms: map[string]float64{"features": float64(judged)}}
	if bad > 0 {
		m.Status = c.broken(c.whole())
	}
	c.out.Measures = append(c.out.Measures, m)
	if len(flat) > 0 {
		c.note(geo.Textf("%[1]d 个图斑填报的是投影平面面积，差额在容差之内：%[2]s；应填椭球面积",
			"%[1]d features state the planar area, within the tolerance: %[2]s; the ellipsoidal area is wanted", len(flat), idList(flat)))
	}
	if silent > 0 {
		c.note(geo.Textf("%d 个图斑未填该面积，未作比较", "%d features do not state the area and were not compared", silent))
	}
	return nil
}

// agrees compares in 0.01 m², exactly: |stated − computed| ≤ max(absolute, share·computed).
func (k areasEvaluator) agrees(stated, computed float64) bool {
	diff := geo.Centi(stated) - geo.Centi(computed)
	if diff < 0 {
		diff = -diff
	}
	return within(diff, k.Absolute.Rat, 100) || within(diff, k.Share.Rat, geo.Centi(computed))
}

// within reports d ≤ share·of.
func within(d int64, share *big.Rat, of int64) bool {
	left := new(big.Int).Mul(big.NewInt(d), share.Denom())
	return left.Cmp(new(big.Int).Mul(big.NewInt(of), share.Num())) <= 0
}

func (k areasEvaluator) allowed(computed float64) float64 {
	return max(k.Absolute.Float(), float64(k.Share.Float()*computed))
}

// hint guesses what the figure really is.
func (k areasEvaluator) hint(stated float64, m ledger.Measured) geo.Text {
	switch e := m.Ellipsoid; {
	case k.agreesWith(stated, m.Planar):
		return geo.Text{ZH: "该数等于投影平面面积，应填椭球面积。", EN: "The figure equals the planar area; the ellipsoidal area is wanted."}
	case near(float64(stated*10000), e, 0.01):
		return geo.Text{ZH: "该数像是以公顷为单位，应以平方米为单位。", EN: "The figure looks like hectares; square metres are wanted."}
	case near(float64(stated*wording.Mu), e, 0.01):
		return geo.Text{ZH: "该数像是以亩为单位，应以平方米为单位。", EN: "The figure looks like mu; square metres are wanted."}
	}
	return geo.Text{ZH: fmt.Sprintf("为计算值的 %.2f %%。", 100*stated/max(m.Ellipsoid, 0.01)), EN: fmt.Sprintf("It is %.2f %% of the computed area.", 100*stated/max(m.Ellipsoid, 0.01))}
}

// agreesWith is for a stated figure equal to the planar area to the cent and a bit.
func (k areasEvaluator) agreesWith(stated, planar float64) bool { return abs(stated-planar) <= 0.011 }

func near(a, b, share float64) bool { return abs(a-b) <= share*b }
