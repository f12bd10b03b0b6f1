package plan

import (
	"landcheck/geo"
	"landcheck/geo/catalog"
)

// Limits is what a package may ask of the machine. A zero is the default of
// the container's limits, and no limit for what it holds: whoever checks their
// own package may wait for it, a service may not.
type Limits struct {
	Container catalog.Options
	Features  int // of all plan layers
	Vertices  int // of all plan layers
}

// budget is what is left of the limits.
type budget struct {
	limits             Limits
	features, vertices int
}

// spend takes a feature off; a *geo.InputError when there is nothing left.
func (b *budget) spend(file string, f geo.Feature) error {
	b.features++
	for _, polygon := range f.Geometry {
		for _, ring := range polygon {
			b.vertices += len(ring)
		}
	}
	split := geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽限制", EN: "Split the plan by sub-project, or ask the administrator for a higher limit"}
	if most := b.limits.Features; most > 0 && b.features > most {
		return &geo.InputError{File: file, Record: f.Record, Advice: split,
			Message: geo.Textf("方案的图斑超过 %d 个", "the plan has more than %d features", most)}
	}
	if most := b.limits.Vertices; most > 0 && b.vertices > most {
		return &geo.InputError{File: file, Record: f.Record, Advice: split,
			Message: geo.Textf("方案的顶点超过 %d 个", "the plan has more than %d vertices", most)}
	}
	return nil
}
