package evaluation

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

func (k requireEvaluator) evaluate(c *ruleEvaluation) error {
	faces, err := c.land(k.Where)
	if err != nil {
		return err
	}
	faces = k.due(c, faces)
	if c.nothing = len(faces) == 0; c.nothing {
		return nil
	}
	if faces = c.solid(faces); len(faces) == 0 {
		c.only()
		return nil
	}
	changes := map[*plan.Change]bool{}
	for _, i := range faces {
		changes[changeOf(&c.l.Faces[i], k.Change)] = true
	}
	lacking := map[*plan.Change]bool{}
	for _, d := range k.Each {
		if len(d.Stages) > 0 && !containsStage(d.Stages, c.o.Stage) {
			continue
		}
		good, err := c.land(d.That)
		if err != nil {
			return err
		}
		// A sliver that joins land of another change asks nothing of its own.
		for _, g := range c.groups(c.solid(without(faces, good)), k.Change) {
			st := domain.Warn
			if !d.Warn {
				lacking[g.change] = true
				st = c.broken(c.whole())
			}
			c.found(st, c.whole(), []group{g}, d.That.Text, values{"lack": d.Lack}, geo.Text{
				ZH: "图斑 {ids}（{area}）：{lack}。", EN: "Feature {ids} ({area}): {lack}."}, geo.Text{})
		}
	}
	m := result.Measure{Scope: c.whole(), Status: domain.Pass, Value: float64(len(lacking)), Op: "<=", Unit: "count", Margin: float64(-len(lacking)),
		Terms: map[string]float64{"changes": float64(len(changes))}}
	if len(lacking) > 0 {
		m.Status = c.broken(c.whole())
	}
	c.out.Measures = append(c.out.Measures, m)
	return nil
}

func containsStage(list []domain.Stage, s domain.Stage) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
