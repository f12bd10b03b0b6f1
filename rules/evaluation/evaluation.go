package evaluation

import (
	"slices"
	"sync"
	"sync/atomic"

	"landcheck/geo/guard"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// evaluation is of one ledger by one rulebook: what the rules share, which are
// judged side by side. A condition is evaluated once per land that it is read within,
// whoever asks.
type evaluation struct {
	stopped func() error // why to end early, nil while there is no reason to
	book    *rulebook.Rulebook
	l       *ledger.Ledger
	o       Options
	all     []int
	lands   memo[[]int]
	patches memo[[]float64]          // patch areas by face, by patch specification
	status  map[string]domain.Status // of rules already judged
	used    map[int]bool             // justifications that served
	changes map[*plan.Change]int     // place in Plan.Changes
	areas   map[*plan.Change]float64

	doubted func() map[domain.Role]float64 // changed land in doubt, by base layer

	dusty  bool                      // some face is small or thin by itself
	pieces func() *ledger.Components // of all faces, made for whoever asks first

	onceFaces sync.Once
	faces     map[*plan.Change][]int // see facesOf
}

func newEvaluation(book *rulebook.Rulebook, l *ledger.Ledger, o Options) *evaluation {
	b := &evaluation{stopped: func() error { return nil }, book: book, l: l, o: o,
		status: map[string]domain.Status{}, used: map[int]bool{},
		changes: map[*plan.Change]int{}, areas: map[*plan.Change]float64{}}
	b.doubted = sync.OnceValue(b.doubtfulLand)
	b.dusty, b.pieces = hasDust(l), sync.OnceValue(func() *ledger.Components { return l.Components(b.stopped) })
	b.all = make([]int, len(l.Faces))
	for i := range b.all {
		b.all[i] = i
	}
	for i := range l.Plan.Changes {
		b.changes[&l.Plan.Changes[i]] = i
	}
	for _, m := range l.Features {
		b.areas[m.Change] = m.Ellipsoid
	}
	return b
}

// within filters faces (ascending indices) by a condition. key names the
// faces, so that the same question is answered once.
func (b *evaluation) within(faces []int, key string, cond condition.Condition, patch []float64) ([]int, string, error) {
	if !cond.Given() || cond.Always() {
		return faces, key, nil
	}
	key += "\x00" + cond.Text
	got, err := b.lands.get(key, func() ([]int, error) { return b.filter(faces, cond, patch) })
	return got, key, err
}

// chunk is how many faces a worker takes at a time.
const chunk = 8192

// filter runs one condition over faces with a machine per worker; the result
// is in order whatever the number of workers.
func (b *evaluation) filter(faces []int, cond condition.Condition, patch []float64) ([]int, error) {
	n := (len(faces) + chunk - 1) / chunk
	parts := make([][]int, n)
	err := b.spread(n, func() (func(int) error, error) {
		machine := b.machine()
		return func(i int) (err error) {
			parts[i], err = machine.Select(&cond, b.l.Faces, faces[i*chunk:min((i+1)*chunk, len(faces))], patch)
			return err
		}, nil
	})
	return slices.Concat(parts...), err
}

// spread does n things over the workers, each of which makes itself ready
// first. It ends with the first error, or the context's.
func (b *evaluation) spread(n int, ready func() (do func(i int) error, err error)) error {
	group := guard.New()
	var next atomic.Int64
	for range min(b.o.Jobs, n) {
		group.Go(func() error {
			do, err := ready()
			for i := int(next.Add(1)) - 1; i < n && err == nil; i = int(next.Add(1)) - 1 {
				if err = b.stopped(); err == nil {
					err = do(i)
				}
			}
			return err
		})
	}
	return group.Wait()
}

// machine is what a worker evaluates conditions with.
func (b *evaluation) machine() *condition.Machine {
	return condition.NewMachine(condition.PlanValues{County: b.l.Plan.County, Year: b.l.Plan.Year, Stage: string(b.o.Stage)})
}

// amounts reads a quantity of faces, in their order.
func (b *evaluation) amounts(faces []int, a condition.Amount, patch []float64) ([]float64, error) {
	return b.machine().Amounts(&a, b.l.Faces, faces, patch)
}
