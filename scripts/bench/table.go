package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"
)

// row is a contestant with what was measured of it.
type row struct {
	implementation
	runs   []figures
	rounds []int // of the runs
}

type table struct {
	field *field
	rows  []*row
}

// measure runs everyone in turn, round by round, so that what slows the
// machine down slows all down; one uncounted round warms caches up.
func (t *table) measure(ctx context.Context, rounds int) error {
	var truth *answers
	for round := -1; round < rounds; round++ {
		for _, r := range t.rows {
			if round > 0 && r.name != reference && (r.once || r.runs[0].wall > slow) {
				continue
			}
			if round == -1 && r.group != "self" {
				continue // the files are in memory by then, and they are slow
			}
			got, err := r.run(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			if r.answers != nil {
				a, err := r.answers()
				if err != nil {
					return fmt.Errorf("%s: %w", r.name, err)
				}
				if truth == nil {
					truth = &a
				}
				if err := truth.differ(a); err != nil {
					return fmt.Errorf("%s answers otherwise than %s: %w", r.name, reference, err)
				}
			}
			fmt.Fprintf(os.Stderr, "round %d  %-50s %8.3f s\n", round+1, r.name, got.wall.Seconds())
			if round >= 0 {
				r.runs, r.rounds = append(r.runs, got), append(r.rounds, round)
			}
			if r.server {
				if err := t.field.pg.settle(ctx); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// run runs a contestant's steps and adds them up.
func (r *row) run(ctx context.Context) (figures, error) {
	if r.prepare != nil {
		if err := r.prepare(ctx); err != nil {
			return figures{}, err
		}
	}
	var sum figures
	for _, s := range r.steps(ctx) {
		f, err := measure(ctx, s.cmd, s.expected...)
		if err != nil {
			return figures{}, err
		}
		sum.wall += f.wall
		sum.cpu += f.cpu
		sum.peak = max(sum.peak, f.peak)
	}
	return sum, nil
}

func (t *table) print(w io.Writer) {
	f := t.field
	fmt.Fprintf(w, "\n%d parcels, plan of %d changes, %d processors; medians; ratio: time to that of %s in the same round.\n", f.county.parcels, f.changes, runtime.NumCPU(), reference)
	fmt.Fprintf(w, "Answers of all rows that give any: the same within %g m² + %g.\n\n", tolerance, toleranceShare)
	fmt.Fprintf(w, "| | time, s | cpu, s | peak, MB | ratio | runs |\n|---|---:|---:|---:|---:|---:|\n")
	against := t.rows[slices.IndexFunc(t.rows, func(r *row) bool { return r.name == reference })]
	for _, r := range t.rows {
		var walls, cpus []time.Duration
		var peaks []int64
		var ratios []float64
		for i, run := range r.runs {
			walls, cpus, peaks = append(walls, run.wall), append(cpus, run.cpu), append(peaks, run.peak)
			ratios = append(ratios, float64(run.wall)/float64(against.runs[r.rounds[i]].wall))
		}
		if len(walls) == 0 {
			continue
		}
		cpu, peak := fmt.Sprintf("%.2f", median(cpus).Seconds()), fmt.Sprint(median(peaks)>>20)
		if r.server { // the server's are not ours to see
			cpu, peak = "–", "–"
		}
		fmt.Fprintf(w, "| %s | %.3f | %s | %s | %.2f | %d |\n", r.name, median(walls).Seconds(), cpu, peak, median(ratios), len(walls))
	}
}
