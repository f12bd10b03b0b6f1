package together

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// planFeature is a project area or a change of one of the plans.
type planFeature struct {
	plan    int
	feature *plan.Feature
	box     orb.Bound // in degrees, which all plans have in common
}

// areaFeatures are the project areas of all plans that count.
func (c *checker) areaFeatures() ([]planFeature, error) {
	return c.features(func(p *Plan, take func(f *plan.Feature)) {
		for i := range p.project {
			take(&p.project[i])
		}
	})
}

// changeFeatures are the changes of all plans that count.
func (c *checker) changeFeatures() ([]planFeature, error) {
	return c.features(func(p *Plan, take func(f *plan.Feature)) {
		for i := range p.changes {
			take(&p.changes[i].Feature)
		}
	})
}

func (c *checker) features(each func(p *Plan, take func(f *plan.Feature))) (all []planFeature, err error) {
	for _, i := range c.counted() {
		p := c.plans[i]
		if p.crs.IsZero() {
			continue // nothing is drawn
		}
		t, err := geo.NewTransform(p.crs, geo.CRS{Kind: geo.Geographic})
		if err != nil {
			return nil, err
		}
		var failed error
		each(p, func(f *plan.Feature) {
			box, err := t.Bound(geo.Bound(f.Geometry))
			if err != nil && failed == nil {
				failed = err
			}
			all = append(all, planFeature{plan: i, feature: f, box: box})
		})
		if failed != nil {
			return nil, failed
		}
	}
	return all, nil
}

func (c *checker) ref(t *planFeature) result.FeatureRef {
	f := t.feature
	return result.FeatureRef{Role: string(f.Role), ID: f.ID, File: f.File, Record: f.Record, Package: c.plans[t.plan].Name}
}

// named is a feature with what it is: 永久基本农田调出 TC001.
func named(f *plan.Feature) geo.Text {
	id := f.ID
	if id == "" {
		id = "#" + itoa(f.Record)
	}
	title := f.Role.Title()
	return geo.Textf("%[1]s %[2]s", "%[1]s %[2]s", title, id)
}

// firstOf is the first of features that has a role.
func firstOf(features []planFeature, at []int, role domain.Role) (int, bool) {
	for _, k := range at {
		if features[k].feature.Role == role {
			return k, true
		}
	}
	return 0, false
}
