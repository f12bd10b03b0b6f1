package overlay

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestBudget: a cut within its budget is the same as one without; one split too
// many is an excess that names inputs.
func TestBudget(t *testing.T) {
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		var shapes []*Shape
		for _, s := range rapid.SampledFrom([]func(*rapid.T) []orb.MultiPolygon{drawShapes, randomScribble}).Draw(t, "draw")(t) {
			shapes = append(shapes, Prepare(s))
		}
		keep := func(c []int32) bool { return c[0] == 0 }
		var free Arranger
		want, err := free.CellsWithin(context.Background(), shapes, keep)
		if err != nil {
			t.Fatal(err)
		}
		splits := free.spending.splits
		var ar Arranger
		budget := Budget{Steps: 1 << 40, Splits: splits, Covers: 1 << 20}
		ar.Budget = func(int) Budget { return budget }
		if got, err := ar.CellsWithin(context.Background(), shapes, keep); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v\nwithout a budget %v, %v", got, want, err)
		}
		if splits == 0 {
			return
		}
		refused++
		budget.Splits = splits - 1
		_, err = ar.CellsWithin(context.Background(), shapes, keep)
		var excess *Excess
		if !errors.As(err, &excess) || excess.Why != TooManySplits || excess.Crossed[0].Times == 0 ||
			excess.Crossed[0].Inputs[1] >= len(shapes) || excess.Crossed[0].Inputs[0] > excess.Crossed[0].Inputs[1] {
			t.Fatalf("%d of %d splits: %v", splits-1, splits, err)
		}
		budget = Budget{Steps: 1 << 40, Splits: splits}
		if _, err = ar.CellsWithin(context.Background(), shapes, keep); !errors.As(err, &excess) || excess.Why != TooManyCovers {
			t.Fatalf("no covers: %v", err)
		}
		budget = Budget{Splits: splits, Covers: 1 << 20}
		if _, err = ar.CellsWithin(context.Background(), shapes, keep); !errors.As(err, &excess) || excess.Why != TooManySteps {
			t.Fatalf("no steps: %v", err)
		}
	})
	if refused == 0 {
		t.Error("nothing was cut")
	}
}

// TestBudgetOfParcels: a change over parcels takes no quarter of its budget,
// nor do the same parcels read three times with a hair's noise.
func TestBudgetOfParcels(t *testing.T) {
	change, parcels := neighbourhood()
	shapes := []*Shape{Prepare(change)}
	for noise := range 3 {
		for _, p := range parcels {
			p = p.Clone()
			for i := range p[0][0] {
				p[0][0][i][0] += 0.0003 * float64(noise*(i%2))
			}
			p[0][0][len(p[0][0])-1] = p[0][0][0]
			shapes = append(shapes, Prepare(p))
		}
	}
	var ar Arranger
	ar.Budget = func(edges int) Budget {
		if edges < 500 {
			t.Errorf("only %d edges", edges)
		}
		b := BudgetFor(edges)
		fixed := BudgetFor(0)
		return Budget{(b.Steps - fixed.Steps) / 4, (b.Splits - fixed.Splits) / 4, (b.Covers - fixed.Covers) / 4}
	}
	if _, err := ar.CellsWithin(t.Context(), shapes, func(c []int32) bool { return c[0] == 0 }); err != nil {
		t.Error(err)
	}
}

// TestCancelled: a cut stops with the cause of its context.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	shapes := []*Shape{Prepare(comb(100, 1000, 0)), Prepare(comb(100, 1000, 1))}
	var ar Arranger
	cells, err := ar.CellsWithin(ctx, shapes, func([]int32) bool {
		cancel(why)
		return true
	})
	if !errors.Is(err, why) {
		t.Errorf("%d cells, %v", len(cells), err)
	}
}

// looksThen is a context that ends once it was looked at so many times.
type looksThen struct {
	context.Context
	left, after int
}

func (c *looksThen) Err() error {
	if c.left--; c.left >= 0 {
		return nil
	}
	c.after++
	return context.Canceled
}

// TestCancelledAnywhere: a cut of many edges ends with the first look at its context
// that says to, and linking its edges, the longest step that is not counted, looks
// several times.
func TestCancelledAnywhere(t *testing.T) {
	shapes := []*Shape{Prepare(comb(40_000, 1000, 0)), Prepare(comb(1, 3000, 0))}
	var ar Arranger
	endsAtOnce(t, "cut", 5, 20, func(ctx context.Context) error {
		_, err := ar.CellsWithin(ctx, shapes, func([]int32) bool { return true })
		return err
	})
	endsAtOnce(t, "link", 12, 12, func(ctx context.Context) error { return ar.graph.build(ctx, ar.segments) })
}

// endsAtOnce runs something that looks at its context a number of times at least,
// and again with contexts that end at some of these looks.
func endsAtOnce(t *testing.T, name string, tries, least int, run func(ctx context.Context) error) {
	whole := &looksThen{Context: context.Background(), left: 1 << 30}
	if err := run(whole); err != nil {
		t.Fatal(err)
	}
	looks := 1<<30 - whole.left
	if looks < least {
		t.Errorf("%s: %d looks", name, looks)
	}
	for i := range tries {
		k := i * (looks - 1) / (tries - 1)
		ctx := &looksThen{Context: context.Background(), left: k}
		if err := run(ctx); err == nil || ctx.after > 2 {
			t.Fatalf("%s ended at look %d of %d: error %v, %d looks after", name, k, looks, err, ctx.after)
		}
	}
}
