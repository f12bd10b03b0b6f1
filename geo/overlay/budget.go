package overlay

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Budget bounds what one cut may cost beyond what its land is worth. All of it
// is counted, none of it timed: the same land is refused on every machine.
type Budget struct {
	Steps  int64 // turns of inner loops; about 2 ns each
	Splits int64 // places at which edges are cut, two for each crossing; about 200 bytes each
	Covers int64 // sum over the cells of how many inputs cover each; 12 bytes each
}

// BudgetFor is the budget of a cut of so many edges. Cadastral land, noisy and
// loaded twice, takes up to 400 steps, 4 splits and 10 covers an edge
// (TestBudgetOfParcels holds it to a quarter of what is allowed); the constants
// are for small land that is drawn wildly. A cut that is given no more than
// them stays below 0.5 s and 100 MB; what is allowed by the edge keeps millions
// of vertices right.
func BudgetFor(edges int) Budget {
	n := int64(edges)
	return Budget{
		Steps:  200e6 + 4000*n,
		Splits: min(100_000+16*n, 500_000+2*n),
		Covers: 2_000_000 + 64*n,
	}
}

// Excess is the error of a cut that would cost more than its budget, or that
// does not settle: the land is drawn so that hardly anything but the edges of
// these two inputs crossing each other remains of it.
type Excess struct {
	Crossed []Crossed // those that cross most first; never empty
	Why     ExcessReason
	Limit   int64
}

// Crossed is two inputs that cross or touch each other; one may cross itself.
type Crossed struct {
	Inputs [2]int // ascending
	Times  int    // 0: they only lie by each other, or on the same land
}

// ExcessReason is what there is too much of.
type ExcessReason string

// The reasons.
const (
	TooManySteps  ExcessReason = "steps"  // edges whose boxes overlap
	TooManySplits ExcessReason = "splits" // edges that cross or touch
	TooManyCovers ExcessReason = "covers" // cells under many inputs
	NotSettled    ExcessReason = "rounds" // crossings that make others when they are put on the grid
)

func (e *Excess) Error() string {
	return fmt.Sprintf("overlay: inputs %d and %d need more than %d %s", e.Crossed[0].Inputs[0], e.Crossed[0].Inputs[1], e.Limit, e.Why)
}

// What is done once to many things is counted as the steps that take as long.
const (
	perSegment = 100 // to be merged with others or linked to them
	perVertex  = 20  // to be put into an outline
)

// lookEvery is how many steps pass between two looks at the context and the
// budget: some 0.1 ms.
const lookEvery = 1 << 16

// spending is what the cut at hand has cost so far.
type spending struct {
	budget Budget
	steps  int64
	look   int64 // steps at which to look up next
	splits int64 // of the rounds before
	spent  int64 // steps of all cuts before
	pairs  []pair
	latest pair // whose edges were held against each other last
}

// pair is two inputs, the smaller first.
type pair struct{ a, b int32 }

// Spent is how many steps all cuts have taken so far.
func (ar *Arranger) Spent() int64 { return ar.spending.spent + ar.spending.steps }

// begin opens the books for a cut of the segments that are there.
func (ar *Arranger) begin() {
	s := &ar.spending
	s.spent, s.steps, s.look, s.splits = s.spent+s.steps, 0, lookEvery, 0
	s.pairs, s.latest = s.pairs[:0], pair{}
	edges := len(ar.segments) + ar.islandEdges
	if ar.Budget != nil {
		s.budget = ar.Budget(edges)
	} else {
		s.budget = BudgetFor(edges)
	}
}

// withinBudget looks at the context and the budget; loops ask for it whenever steps
// has passed look.
func (ar *Arranger) withinBudget(ctx context.Context) error {
	s := &ar.spending
	s.look = s.steps + lookEvery
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	switch {
	case s.splits+int64(len(ar.splits)) > s.budget.Splits:
		return ar.excess(TooManySplits, s.budget.Splits)
	case s.steps > s.budget.Steps:
		return ar.excess(TooManySteps, s.budget.Steps)
	}
	return nil
}

func (ar *Arranger) excess(why ExcessReason, limit int64) error {
	worst := ar.Worst()
	if why == TooManyCovers && worst[0].Times == 0 && ar.graph.faces > 0 {
		p := ar.mostCovering()
		worst = []Crossed{{Inputs: [2]int{int(p.a), int(p.b)}}}
	}
	return &Excess{Crossed: worst, Why: why, Limit: limit}
}

// fewCrossed is how many pairs are told of.
const fewCrossed = 32

// Input is a shape of the last cut.
func (ar *Arranger) Input(i int) *Shape { return ar.shapes[i] }

// Worst is the inputs whose edges cross most in the last cut, a few of them; of
// a cut without crossings, those that were held against each other last.
func (ar *Arranger) Worst() []Crossed {
	count := map[pair]int{}
	for _, p := range ar.spending.pairs {
		count[p]++
	}
	if len(count) == 0 {
		count[ar.spending.latest] = 0
	}
	all := make([]Crossed, 0, len(count))
	for p, n := range count {
		all = append(all, Crossed{[2]int{int(p.a), int(p.b)}, n})
	}
	slices.SortFunc(all, func(a, b Crossed) int {
		return cmp.Or(-cmp.Compare(a.Times, b.Times), slices.Compare(a.Inputs[:], b.Inputs[:]))
	})
	return all[:min(len(all), fewCrossed)]
}

// mostCovering is the two inputs that cover most faces.
func (ar *Arranger) mostCovering() pair {
	count := map[int32]int{}
	for _, w := range ar.winding {
		for _, d := range w {
			count[d.input]++
		}
	}
	top := pair{-1, -1}
	above := func(i, j int32) bool { // i before j
		return j < 0 || count[i] > count[j] || count[i] == count[j] && i < j
	}
	for i := range count {
		switch {
		case above(i, top.a):
			top = pair{i, top.a}
		case above(i, top.b):
			top.b = i
		}
	}
	if top.b < 0 {
		top.b = top.a
	}
	return pair{min(top.a, top.b), max(top.a, top.b)}
}
