package together

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// findProjects finds copies of packages, and versions of projects: plans of one
// code whose project areas lie at one place. Of one code at two places the code
// is wrong, and they are two projects.
func (c *checker) findProjects() error {
	c.project, c.copies = make([]int, len(c.plans)), make([]bool, len(c.plans))
	byDigest, byCode := map[string]int{}, map[string][]int{}
	copies, versions, apart := groups{}, groups{}, groups{}
	boxes := make([]orb.Bound, len(c.plans))
	for i, p := range c.plans {
		c.project[i] = i
		info := result.TogetherPackage{Package: p.Name, Code: p.info.Code, Name: p.info.Name, County: p.info.County, Digest: p.info.Digest}
		if first, there := byDigest[p.info.Digest]; there && p.info.Digest != "" {
			c.copies[i], c.project[i] = true, c.project[first]
			info.CopyOf = c.plans[first].Name
			copies.add(first, i)
		} else {
			byDigest[p.info.Digest] = i
			var err error
			if boxes[i], err = p.box(); err != nil {
				return err
			}
			if code := p.code(); code != "" {
				for _, j := range byCode[code] {
					if boxes[j].Intersects(boxes[i]) {
						c.project[i], info.VersionOf = j, c.plans[j].Name
						versions.add(j, i)
						break
					}
				}
				if c.project[i] == i {
					if all := byCode[code]; len(all) > 0 {
						apart.add(all[0], i)
					}
					byCode[code] = append(byCode[code], i)
				}
			}
		}
		c.out.Packages = append(c.out.Packages, info)
	}
	copies.each(func(all []int) {
		c.told(all, geo.Textf("%[1]s是内容完全相同的方案包，只计一次。", "%[1]s are copies of one package, to the byte: they count once.", c.labels(all)))
	})
	versions.each(func(all []int) {
		c.told(all, geo.Textf("%[1]s的项目编号都是 %[2]s，是同一项目的 %[3]d 个版本：彼此不比对，乡镇合计取调出最多的一个。",
			"%[1]s have the project code %[2]s: %[3]d versions of one project, which are not held against each other; the township sum takes the one that takes most.",
			c.labels(all), c.plans[all[0]].code(), len(all)))
	})
	apart.each(func(all []int) {
		c.told(all, geo.Textf("%[1]s的项目编号都是 %[2]s，但整治区域不在一处：按 %[3]d 个项目比对。",
			"%[1]s have the project code %[2]s, but their project areas lie apart: they are taken for %[3]d projects.",
			c.labels(all), c.plans[all[0]].code(), len(all)))
	})
	return nil
}

// told warns of plans that are one project.
func (c *checker) told(all []int, message geo.Text) {
	r := c.of(sameProject)
	f := result.Finding{Status: domain.Warn, Scope: result.Scope{Kind: "plan"}, Message: message, Features: []result.FeatureRef{}}
	c.complete(&f, sameProject, all, "")
	r.Findings = append(r.Findings, f)
}

// box is where the project area lies, in degrees; empty where nothing does.
func (p *Plan) box() (orb.Bound, error) {
	box := geo.Bound(nil)
	if p.crs.IsZero() {
		return box, nil
	}
	for i := range p.project {
		box = box.Union(geo.Bound(p.project[i].Geometry))
	}
	t, err := geo.NewTransform(p.crs, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return box, err
	}
	return t.Bound(box)
}

// groups are places by the first of each, in the order of the first.
type groups struct {
	order []int
	of    map[int][]int
}

func (g *groups) add(first, i int) {
	if g.of == nil {
		g.of = map[int][]int{}
	}
	if g.of[first] == nil {
		g.order = append(g.order, first)
		g.of[first] = []int{first}
	}
	g.of[first] = append(g.of[first], i)
}

func (g *groups) each(visit func(all []int)) {
	for _, first := range g.order {
		visit(g.of[first])
	}
}
