package rules

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/condition"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/spelling"
	"landcheck/rules/wording"
)

// bench is where one ledger is judged: what the rules share, which are judged
// side by side. A condition is evaluated once per land that it is read within,
// whoever asks.
type bench struct {
	ctx     context.Context // of this evaluation only; a bench is dropped with it
	book    *Rulebook
	l       *ledger.Ledger
	o       Options
	all     []int
	lands   memo[[]int]
	patches memo[[]float64]          // patch areas by face, by patch specification
	status  map[string]result.Status // of rules already judged
	used    map[int]bool             // justifications that served
	changes map[*plan.Change]int     // place in Plan.Changes
	areas   map[*plan.Change]float64

	doubted func() map[plan.Role]float64 // changed land in doubt, by base layer

	dusty  bool                  // some face is small or thin by itself
	pieces func() *ledger.Pieces // of all faces, made for whoever asks first

	onceFaces sync.Once
	faces     map[*plan.Change][]int // see facesOf
}

func newBench(ctx context.Context, book *Rulebook, l *ledger.Ledger, o Options) *bench {
	b := &bench{ctx: ctx, book: book, l: l, o: o,
		status: map[string]result.Status{}, used: map[int]bool{},
		changes: map[*plan.Change]int{}, areas: map[*plan.Change]float64{}}
	b.doubted = sync.OnceValue(b.doubtfulLand)
	b.dusty, b.pieces = hasDust(l), sync.OnceValue(l.Pieces)
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
func (b *bench) within(faces []int, key string, cond condition.Condition, patch []float64) ([]int, string, error) {
	if !cond.Given() || cond.Always() {
		return faces, key, nil
	}
	key += "\x00" + cond.Text
	got, err := b.lands.get(key, func() ([]int, error) { return b.filter(faces, cond, patch) })
	return got, key, err
}

// memo finds each thing once, for whoever asks first; the others wait for it.
type memo[T any] struct {
	mu    sync.Mutex
	found map[string]func() (T, error)
}

func (m *memo[T]) get(key string, find func() (T, error)) (T, error) {
	m.mu.Lock()
	got := m.found[key]
	if got == nil {
		if m.found == nil {
			m.found = map[string]func() (T, error){}
		}
		got = sync.OnceValues(find)
		m.found[key] = got
	}
	m.mu.Unlock()
	return got()
}

// chunk is how many faces a worker takes at a time.
const chunk = 8192

// filter runs one condition over faces with a machine per worker; the result
// is in order whatever the number of workers.
func (b *bench) filter(faces []int, cond condition.Condition, patch []float64) ([]int, error) {
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
func (b *bench) spread(n int, ready func() (do func(i int) error, err error)) error {
	group := guard.New()
	var next atomic.Int64
	for range min(b.o.Jobs, n) {
		group.Go(func() error {
			do, err := ready()
			for i := int(next.Add(1)) - 1; i < n && err == nil; i = int(next.Add(1)) - 1 {
				if err = b.ctx.Err(); err == nil {
					err = do(i)
				}
			}
			return err
		})
	}
	return group.Wait()
}

// machine is what a worker evaluates conditions with.
func (b *bench) machine() *condition.Machine {
	return condition.NewMachine(condition.PlanValues{County: b.l.Plan.County, Year: b.l.Plan.Year, Stage: string(b.o.Stage)})
}

// amounts reads a quantity of faces, in their order.
func (b *bench) amounts(faces []int, a condition.Amount, patch []float64) ([]float64, error) {
	return b.machine().Amounts(&a, b.l.Faces, faces, patch)
}

// total adds with Neumaier's compensation: 100 000 faces keep their 0.01 m².
type total struct{ s, c float64 }

func (t *total) add(x float64) {
	n := t.s + x
	if abs(t.s) >= abs(x) {
		t.c += (t.s - n) + x
	} else {
		t.c += (x - n) + t.s
	}
	t.s = n
}

func (t *total) sum() float64 { return t.s + t.c }

func abs(x float64) float64 { return max(x, -x) }

func sumOf(xs []float64) float64 {
	var t total
	for _, x := range xs {
		t.add(x)
	}
	return t.sum()
}

// unused says why a justification did not serve, false when it did.
func (b *bench) unused(i int, j *plan.Justification) (geo.Text, bool) {
	if b.used[i] {
		return geo.Text{}, false
	}
	scope := j.Scope
	if scope == "" {
		scope = "-"
	}
	r := b.book.Rule(j.Rule)
	switch {
	case r == nil:
		var ids []string
		for k := range b.book.Rules {
			ids = append(ids, b.book.Rules[k].ID)
		}
		if near := spelling.Nearest(j.Rule, ids); near != "" {
			return geo.Textf("论证说明所指规则“%s”不存在，是否应为“%s”？", "the justification names rule %q, which does not exist; did you mean %q?", j.Rule, near), true
		}
		return geo.Textf("论证说明所指规则“%s”不存在", "the justification names rule %q, which does not exist", j.Rule), true
	case r.Level != result.InPrinciple:
		return geo.Textf("规则“%s”不是“原则上”条款，论证说明无效", "rule %q is not an in-principle clause, a justification has no effect", j.Rule), true
	case strings.TrimSpace(j.Reason) == "":
		return geo.Textf("规则“%s”（范围 %s）的论证没有写明理由（reason），论证无效",
			"the justification of rule %q (scope %s) gives no reason; it has no effect", j.Rule, scope), true
	case !j.Present && j.Document == "":
		return geo.Textf("规则“%s”（范围 %s）的论证说明没有写明文件（document），论证说明无效",
			"the justification of rule %q (scope %s) names no document; it has no effect", j.Rule, scope), true
	case !j.Present && !j.Why.IsZero():
		return wording.Textf("规则“%[1]s”（范围 %[2]s）的论证说明无效：%[3]s", "the justification of rule “%[1]s” (scope %[2]s) has no effect: %[3]s", j.Rule, scope, j.Why), true
	case !j.Present:
		return geo.Textf("规则“%s”（范围 %s）的论证文件“%s”不在方案包内，论证说明无效",
			"the justification of rule %q (scope %s) names the document %q, which is not in the package; it has no effect", j.Rule, scope, j.Document), true
	case b.expired(j):
		return wording.Textf("规则“%[1]s”（范围 %[2]s）的论证说明有效期至 %[3]s，在方案年度 %[4]d 年之前，无效",
			"the justification of rule “%[1]s” (scope %[2]s) ran until %[3]s, before the plan's year %[4]d, and has no effect", j.Rule, scope, dateText(j.Expires), b.l.Plan.Year), true
	}
	if b.status[j.Rule] == result.Fail && !b.forAll(j.Scope) {
		return geo.Textf("规则“%s”的问题不在论证说明的范围 %s 之内，论证未使用；按全方案判定的规则请把 scope 留空",
			"what breaks rule %q lies outside the scope %s of its justification, which was not used; leave scope empty for a rule that is judged for the whole plan", j.Rule, j.Scope), true
	}
	return geo.Textf("规则“%s”（范围 %s）的论证说明没有对应的问题，未使用",
		"the justification of rule %q (scope %s) matches no finding and was not used", j.Rule, scope), true
}

// expired compares with the plan's year, since reports hold no clock: a
// justification lapses when it ends before that year begins.
func (b *bench) expired(j *plan.Justification) bool {
	return len(j.Expires) >= 4 && b.l.Plan.Year > 0 && strings.Compare(j.Expires[:4], wording.Number(float64(b.l.Plan.Year))) < 0
}
