package ledger

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// AfterState is what a plan's whole land use after the plan (land_use_after)
// comes to beside the changes that are made of it.
type AfterState struct {
	// Redrawn is the land whose class differs only because outlines were drawn
	// anew, which is no change.
	Redrawn Slivers
	// Uncovered is the part of the project area of which the layer says nothing;
	// slivers of it are in Gaps.
	Uncovered []Strip
	Gaps      Slivers
	// Beyond is what of the layer lies outside the project area, m².
	Beyond float64
}

// Slivers are pieces of land that inaccurate borders make; m² of all.
type Slivers struct {
	Pieces int
	Area   float64
}

// comparison holds the land use after the plan against the base's.
type comparison struct {
	*builder
	state   *AfterState
	after   []*overlay.Shape // parallel to Plan.After
	areas   []float64        // of the features, m²
	index   *geo.Index       // of the features
	base    []plan.Parcel    // land use near them
	parcels *geo.Index       // of base
	project []*overlay.Shape
	cells   []int // into how many each feature is cut
}

// compareLandUse makes the plan's land-use changes where the package states the
// whole land use after it: they are its difference from the base's (README.md,
// The land use after the plan). The caller's plan stays as it is; the ledger's
// is a copy with the changes.
func (w *builder) compareLandUse(ctx context.Context) error {
	p := *w.ledger.Plan
	if !p.StatesAfter {
		return nil
	}
	if !w.ledger.Present[domain.LandUse] {
		return noLandUse(&p)
	}
	c := &comparison{builder: w, state: &AfterState{}}
	if err := c.prepare(ctx); err != nil {
		return err
	}
	found, err := c.differences(ctx)
	if err != nil {
		return err
	}
	kept, err := c.withoutRedrawn(ctx, found)
	if err != nil {
		return err
	}
	changes, err := c.changesOf(ctx, kept)
	if err != nil {
		return err
	}
	if err := c.findGaps(ctx); err != nil {
		return err
	}
	p.Changes = append(slices.Clone(p.Changes), changes...)
	slices.SortStableFunc(p.Changes, func(a, b plan.Change) int { return plan.CompareRoles(a.Role, b.Role) })
	p.After = nil
	w.ledger.Plan, w.ledger.After = &p, c.state
	c.tell()
	return nil
}

func noLandUse(p *plan.Plan) error {
	return &geo.InputError{File: afterFile(p),
		Message: geo.Text{ZH: "整治后地类图斑要与底图的地类图斑比较才能得出变更，而底图中没有地类图斑",
			EN: "the land use after the plan is compared with the base's to find what changes, and the base has no land use"},
		Advice: geo.Textf("请在底图中提供图层 %s", "Supply the layer %s in the base data", domain.LandUse.Names()[0])}
}

// afterFile is the file of the first layer that states the land use after.
func afterFile(p *plan.Plan) string {
	for _, l := range p.Layers {
		if l.Role == domain.LandUseAfter {
			return l.File
		}
	}
	return ""
}

// prepare puts the features on the grid and reads the base's land use about them.
func (c *comparison) prepare(ctx context.Context) error {
	p := c.ledger.Plan
	c.after, c.areas, c.cells = make([]*overlay.Shape, len(p.After)), make([]float64, len(p.After)), make([]int, len(p.After))
	c.project = make([]*overlay.Shape, len(p.Project))
	boxes := make([]orb.Bound, len(p.After))
	err := c.share(ctx, len(p.Project)+len(p.After), func(i int) (err error) {
		if i < len(p.Project) {
			c.project[i], err = overlay.PrepareContext(ctx, p.Project[i].Geometry)
			return err
		}
		i -= len(p.Project)
		rounded := overlay.Rounded(p.After[i].Geometry)
		c.after[i], err = overlay.PrepareContext(ctx, rounded)
		if err == nil {
			c.areas[i], boxes[i] = c.surveyor.MultiPolygon(rounded), geo.Bound(rounded)
		}
		return err
	})
	if err != nil {
		return err
	}
	c.index = geo.NewIndex(boxes)
	if len(boxes) > 0 {
		if c.base, err = c.builder.base.Near(ctx, domain.LandUse, c.ledger.CRS, boxes); err != nil {
			return err
		}
	}
	of := make([]orb.Bound, len(c.base))
	for i := range c.base {
		of[i] = geo.Bound(c.base[i].Geometry)
	}
	c.parcels = geo.NewIndex(of)
	return nil
}

// vertices of all that is cut.
func (c *comparison) vertices() int {
	n := 0
	for i := range c.ledger.Plan.After {
		n += vertices(c.ledger.Plan.After[i].Geometry)
	}
	for i := range c.ledger.Plan.Project {
		n += vertices(c.ledger.Plan.Project[i].Geometry)
	}
	for i := range c.base {
		n += vertices(c.base[i].Geometry)
	}
	return n
}

// tell says what is no change and yet not as it should be.
func (c *comparison) tell() {
	file := afterFile(c.ledger.Plan)
	say := func(severity geo.Severity, message geo.Text) {
		c.notices = append(c.notices, geo.Notice{Severity: severity, File: file, Message: message})
	}
	if s := c.state.Redrawn; s.Pieces > 0 {
		say(geo.Info, geo.Textf("有 %[1]d 块细碎图斑（共 %[2]s m²）的地类与底图不同，是边线重绘所致，没有作为变更",
			"%[1]d slivers (%[2]s m² in all) differ in class from the base data because outlines were drawn anew; they are no changes", s.Pieces, metres2(s.Area)))
	}
	if s := c.state.Gaps; s.Pieces > 0 {
		say(geo.Info, geo.Textf("整治区域内有 %[1]d 条细碎缝隙（共 %[2]s m²）没有整治后地类，按不变处理",
			"%[1]d slivers of the project area (%[2]s m² in all) have no class after the plan; they count as unchanged", s.Pieces, metres2(s.Area)))
	}
	if c.state.Beyond >= c.ledger.Sliver.Area {
		say(geo.Warning, geo.Textf("有 %s m² 在整治区域之外；其中与底图地类不同的，按整治区域外的变更核查",
			"%s m² lie outside the project area; what of it differs in class from the base data is checked as a change outside", metres2(c.state.Beyond)))
	}
}
