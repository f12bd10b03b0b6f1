package ledger

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// Base is what the ledger asks of base data, in files or in a database.
type Base interface {
	Has(role domain.Role) bool
	// HasField reports whether the role's layers have a column for a field.
	HasField(role domain.Role, field domain.Field) bool
	// Near gives the parcels whose boxes meet any of the boxes, in the working
	// system, by layer and record; nil boxes mean all of them.
	Near(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound) ([]plan.Parcel, error)
	// Survey is Near without the shapes of parcels whose area is known and for
	// which skip holds.
	Survey(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, skip func(*plan.Parcel) bool) ([]*plan.Parcel, error)
	// SetAreas remembers the areas of parcels that were measured.
	SetAreas(role domain.Role, work geo.CRS, measured []plan.Measured)
	// Designated sums declared PBF by township; work is for the rest, which
	// comes with geometry.
	Designated(ctx context.Context, work geo.CRS) (plan.Designated, error)
	// Units are the code and name of every township or village.
	Units(ctx context.Context, role domain.Role) (map[string]string, error)
	// Manifest is what base.yaml says, never nil; Unsure are layers that were not
	// read though their names come near a role's, by role.
	Manifest() *plan.BaseManifest
	Unsure() map[domain.Role][]string
	// Issues and Notices are what was wrong or odd about what was read so far.
	Issues() []plan.Issue
	Notices() []geo.Notice
}

// Options of a build.
type Options struct {
	Sliver   SliverLimits
	Blocks   *BlockSpec            // measure cropland blocks too; nil: do not
	Jobs     int                   // goroutines; 0 means one per processor
	Progress func(done, total int) // called with changes cut; may be nil, may come from any goroutine
	// Read is closed once somebody else has read the base data whole, for its
	// digest, which shows more than the parcels that a plan meets: what is odd is
	// gathered after that, so that it is the same however fast who read. nil: at once.
	Read <-chan struct{}
}

// Build cuts the changed land of a plan into faces. Errors are *geo.InputError for
// input that cannot be read; any other is internal.
func Build(outer context.Context, p *plan.Plan, b Base, o Options) (*Ledger, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	l := newLedger(p, b, o)
	surveyor, err := geo.NewSurveyor(p.CRS, centre(p))
	if err != nil {
		return nil, err
	}
	whole, stop := context.WithCancelCause(outer)
	defer stop(nil)
	w := &builder{stop: stop, ledger: l, base: b, surveyor: surveyor, jobs: o.Jobs, blocks: o.Blocks}
	if err := w.compareLandUse(whole); err != nil {
		return nil, err
	}
	if err := w.prepare(whole); err != nil {
		return nil, err
	}
	w.prepareReadings()
	// Cutting reads the land near the changes, the totals that of the project
	// area: neither waits for the other but where they meet.
	// What is wrong with the changes is told first, and nothing waits for totals
	// then; what is wrong with totals is told once the changes are known to be
	// right, so that it is the same input error however fast who is.
	ctx, cancel := context.WithCancelCause(whole)
	defer cancel(nil)
	err = w.sideBySide(ctx, func(ctx context.Context) error {
		err := w.gather(ctx)
		if err == nil {
			err = w.cutAll(ctx, o.Progress)
		}
		if err != nil {
			cancel(err)
		}
		return err
	}, w.totals)
	w.readings = nil
	if err != nil {
		return nil, err
	}
	if err := w.structure(whole); err != nil {
		return nil, err
	}
	if o.Read != nil {
		select {
		case <-o.Read:
		case <-outer.Done():
			return nil, context.Cause(outer)
		}
	}
	return l, w.issues(whole)
}

// newLedger is one without faces, that says which base data there is.
func newLedger(p *plan.Plan, b Base, o Options) *Ledger {
	l := &Ledger{Plan: p, CRS: p.CRS, Sliver: o.Sliver, Present: map[domain.Role]bool{}, Lacks: lacks(b),
		Absent: b.Manifest().Absent, Unsure: b.Unsure()}
	for _, role := range domain.BaseRoles() {
		l.Present[role] = b.Has(role)
	}
	return l
}

func centre(p *plan.Plan) orb.Point {
	for _, f := range p.Project {
		return f.Geometry.Bound().Center()
	}
	for _, c := range p.Changes {
		return c.Geometry.Bound().Center()
	}
	return orb.Point{}
}

// builder is everything that the steps of one build share. What the cutters
// read is complete before they start.
type builder struct {
	stop     context.CancelCauseFunc // ends all of it: nothing can be had from outside
	ledger   *Ledger
	base     Base
	surveyor *geo.Surveyor
	jobs     int
	blocks   *BlockSpec

	changes         []*overlay.Shape // parallel to Plan.Changes
	changeIndex     *geo.Index
	corners         func() *overlay.Corners // of the changes
	surveys         map[*plan.Change]bool   // those with a field survey of their own land
	project         []*overlay.Shape
	areas           *geo.Index // of the boxes of project, where they are many
	layers          []layer    // base roles that are there, in BaseRoles order
	selfOverlapping []*parcel
	afterOverlaps   []overlapCell // within land_use_after
	urbanHoles      *holes
	redHoles        *holes
	readings        map[domain.Role]*cachedRead
	land            land // of the project area
	inputErrorMutex sync.Mutex
	notices         []geo.Notice
}

// prepare puts the project area and the changes on the grid and measures them.
func (w *builder) prepare(ctx context.Context) error {
	p := w.ledger.Plan
	w.project = make([]*overlay.Shape, len(p.Project))
	w.changes = make([]*overlay.Shape, len(p.Changes))
	w.ledger.Features = make([]Measured, len(p.Changes))
	boxes := make([]orb.Bound, len(p.Changes))
	err := w.share(ctx, len(p.Project)+len(p.Changes), func(i int) (err error) {
		if i < len(p.Project) { // first, being large
			w.project[i], err = overlay.PrepareContext(ctx, p.Project[i].Geometry)
			return err
		}
		i -= len(p.Project)
		boxes[i], err = w.prepareChange(ctx, i)
		return err
	})
	w.changeIndex = geo.NewIndex(boxes)
	w.corners = sync.OnceValue(func() *overlay.Corners { return overlay.CornersOf(w.changes) })
	w.areas = indexAreas(p.Project)
	w.surveys = map[*plan.Change]bool{}
	for _, m := range w.ledger.Features {
		if m.surveyed() {
			w.surveys[m.Change] = true
		}
	}
	return err
}

// prepareChange gives the box of a change.
func (w *builder) prepareChange(ctx context.Context, i int) (box orb.Bound, err error) {
	c := &w.ledger.Plan.Changes[i]
	rounded := overlay.Rounded(c.Geometry)
	if w.changes[i], err = overlay.PrepareContext(ctx, rounded); err != nil {
		return box, err
	}
	w.ledger.Features[i] = Measured{
		Change:    c,
		Ellipsoid: w.surveyor.MultiPolygon(rounded),
		Planar:    w.surveyor.Planar(rounded),
		Perimeter: perimeter(rounded),
	}
	return geo.Bound(rounded), stopped(ctx)
}

// cutAll cuts every change, workers taking the next one as they get free, and
// puts the faces into plan order.
func (w *builder) cutAll(ctx context.Context, progress func(done, total int)) error {
	n := len(w.changes)
	pieces := make([]cut, n)
	budget := newAllowance(n, w.vertices())
	var next, done atomic.Int64
	group, working := guard.WithContext(ctx)
	for range min(w.jobs, max(n, 1)) {
		group.Go(func() error {
			c := &cutter{builder: w}
			for {
				i := int(next.Add(1)) - 1
				if i >= n || !budget.needs(i) {
					return nil
				}
				if err := working.Err(); err != nil {
					return context.Cause(working)
				}
				before := c.spent()
				piece, err := c.cut(working, i)
				if err != nil && working.Err() != nil {
					return context.Cause(working)
				}
				pieces[i] = piece
				budget.done(i, c.spent()-before+piece.cost(), err)
				if progress != nil {
					progress(int(done.Add(1)), n)
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := budget.failed(func(i int) error { return w.tooMuch(ctx, i) }); err != nil {
		return err
	}
	return w.assemble(ctx, pieces)
}

// tooMuch is the input error of the change that costs most where all together cost
// too much.
func (w *builder) tooMuch(ctx context.Context, i int) error {
	c := &cutter{builder: w}
	if _, err := c.cut(ctx, i); err != nil {
		return err
	}
	a, b := mostToBlame(c.arranger.Worst(), c.feature)
	return tooMuch(tooManyTogether, a, b, nil)
}

// vertices of everything that is cut for the changes.
func (w *builder) vertices() int {
	n := 0
	for _, f := range w.ledger.Plan.Project {
		n += vertices(f.Geometry)
	}
	for i := range w.ledger.Plan.Changes {
		n += vertices(w.ledger.Plan.Changes[i].Geometry)
	}
	for i := range w.layers {
		n += w.layers[i].vertices
	}
	return n
}
