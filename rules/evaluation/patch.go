package evaluation

import (
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/wording"
)

func covered(refs []ledger.Ref, role domain.Role) bool {
	for _, r := range refs {
		if r.Role == role {
			return true
		}
	}
	return false
}

func (k compareEvaluator) evaluate(c *ruleEvaluation) error {
	of, a, err := c.sum(k.Of)
	if err != nil {
		return err
	}
	against, b, err := c.sum(k.Against)
	if err != nil {
		return err
	}
	if c.nothing = len(of) == 0 && k.Of.Of.Total == ""; c.nothing {
		return nil
	}
	if len(of) > 0 && !c.there(of) {
		c.skip(of)
		c.only()
		return nil
	}
	m, n := c.connected(of, k.Gap), c.connected(against, k.Gap)
	for _, hold := range k.Hold {
		value, limit, unit, holds := a, b, "m2", geo.Centi(a) <= geo.Centi(b)
		op, label := "<=", geo.Text{ZH: "总面积", EN: "total area"}
		switch {
		case hold == "total_within":
		case len(n) == 0:
			c.nothing = len(c.out.Measures) == 0
			continue
		case hold == "fewer":
			value, limit, unit, holds = float64(len(m)), float64(len(n)), "count", len(m) <= len(n)
			label = geo.Text{ZH: "图斑个数", EN: "number of patches"}
		default: // mean_larger: a/m ≥ b/n as integers
			value, limit = a/float64(len(m)), b/float64(len(n))
			op, label = ">=", geo.Text{ZH: "平均图斑面积", EN: "mean patch area"}
			holds = geo.Centi(a)*int64(len(n)) >= geo.Centi(b)*int64(len(m))
		}
		margin := limit - value
		if op == ">=" {
			margin = -margin
		}
		res := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: value, Op: op, Limit: limit, Unit: unit, Margin: margin, Label: &label,
			Close: unit == "m2" && abs(margin) <= c.book.Parameters.Tolerance,
			Terms: map[string]float64{"patches": float64(len(m)), "against_patches": float64(len(n)), "m2": geo.RoundArea(a), "against_m2": geo.RoundArea(b)}}
		if unit == "m2" {
			res.Value, res.Limit, res.Margin = geo.RoundArea(value), geo.RoundArea(limit), geo.RoundArea(margin)
		}
		if !holds {
			res.Status = c.broken(c.whole())
			v, l := wording.Area(value), wording.Area(limit)
			if unit == "count" {
				v, l = wording.Same(fmt.Sprint(len(m))), wording.Same(fmt.Sprint(len(n)))
			}
			message := geo.Text{ZH: "{hold} {value}，大于 {limit}。", EN: "The {hold} {value} is above {limit}."}
			if op == ">=" {
				message = geo.Text{ZH: "{hold} {value}，小于 {limit}。", EN: "The {hold} {value} is below {limit}."}
			}
			c.found(res.Status, c.whole(), c.groups(of, ""), hold, values{"value": v, "limit": l, "hold": label}, message, geo.Text{})
		}
		c.out.Measures = append(c.out.Measures, res)
	}
	return nil
}

func (c *ruleEvaluation) patchKey() string {
	p := c.rule.Patches
	return fmt.Sprintf("patches %s within %v, all %v", p.Of.Text, p.Gap, c.keepAll)
}

// patchAreas gives every face that a PatchSpec takes in the gross area of its patch.
func (c *ruleEvaluation) patchAreas(p *rulebook.PatchSpec) ([]float64, error) {
	return c.patches.get(c.amongKey+"\x00"+c.patchKey(), func() ([]float64, error) {
		faces, err := c.land(p.Of)
		if err != nil {
			return nil, err
		}
		out := make([]float64, len(c.l.Faces))
		for _, g := range c.connected(faces, p.Gap) {
			var t total
			for _, i := range g {
				t.add(c.l.Faces[i].Area)
			}
			for _, i := range g {
				out[i] = t.sum()
			}
		}
		return out, nil
	})
}

// connected groups faces into patches, by first face; the geometry is the
// ledger's. Slivers make no patch and join none.
func (c *ruleEvaluation) connected(faces []int, gap float64) [][]int {
	var out [][]int
	if slivers, _ := c.slivers(faces); !c.keepAll {
		faces = without(faces, slivers)
	}
	for k, n := range c.l.Patches(c.stopped, faces, gap) {
		if n == len(out) {
			out = append(out, nil)
		}
		out[n] = append(out[n], faces[k])
	}
	return out
}
