package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"golang.org/x/sync/errgroup"
)

// scale is what a second processor is worth: the same check on one and on two,
// in turn, and two checks on one processor each, side by side. The last is what
// the machine gives to those who share nothing but its memory.
type scale struct {
	field *field
	turns int
}

func (s *scale) run(ctx context.Context, w io.Writer) error {
	var one, two, beside []time.Duration
	var gains, limits []float64
	for range s.turns {
		a, err := s.checks(ctx, 1, "--jobs", "1")
		if err != nil {
			return err
		}
		b, err := s.checks(ctx, 1, "--jobs", "2")
		if err != nil {
			return err
		}
		c, err := s.checks(ctx, 2, "--jobs", "1")
		if err != nil {
			return err
		}
		one, two, beside = append(one, a), append(two, b), append(beside, c)
		gains, limits = append(gains, float64(a)/float64(b)), append(limits, 2*float64(a)/float64(c))
	}
	fmt.Fprintf(w, "\nTwo processors: %d turns, plan of %d changes, county of %d parcels, files.\n\n", s.turns, s.field.changes, s.field.county.parcels)
	fmt.Fprintf(w, "| | time, s | × as fast |\n|---|---:|---:|\n")
	fmt.Fprintf(w, "| a check on one processor | %.3f | 1 |\n", median(one).Seconds())
	fmt.Fprintf(w, "| a check on two | %.3f | %.2f |\n", median(two).Seconds(), median(gains))
	fmt.Fprintf(w, "| two checks side by side, one processor each | %.3f | %.2f |\n", median(beside).Seconds(), median(limits))
	return nil
}

// checks is how long some checks at the same time take.
func (s *scale) checks(ctx context.Context, n int, flags ...string) (time.Duration, error) {
	began := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i := range n {
		cmd := exec.CommandContext(ctx, s.field.landcheck, append([]string{"check", s.field.county.plans[s.field.changes], "--base", s.field.county.base,
			"--quiet", "-o", s.field.output(fmt.Sprintf("scale-%d.json", i))}, flags...)...)
		cmd.Env = append(os.Environ(), "LANDCHECK_CACHE="+s.field.output("cache"))
		group.Go(func() error {
			_, err := measure(ctx, cmd, 1, 3)
			return err
		})
	}
	err := group.Wait()
	return time.Since(began), err
}
