package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// fairness is how long one county's checks take by themselves, and while
// another county floods the service.
type fairness struct {
	quiet, flooded []time.Duration
	waiting        int // checks of the flood that were taken in
}

// timedChecks is how many checks are timed each time.
const timedChecks = 15

// maxDelay is how much longer they may take, by the median.
const maxDelay = time.Second

// floodOne times one county's checks, floods the service from another, and
// times them again.
func floodOne(ctx context.Context, s *service, f *field, p *invariants, checks int) (fair fairness, err error) {
	calm, loud := f.counties[0], f.counties[1]
	c, noisy := newClient(s, p, s.tokens[calm.code]), newClient(s, p, s.tokens[loud.code])
	plan, err := c.upload(ctx, calm.small)
	if err != nil {
		return fair, err
	}
	other, err := noisy.upload(ctx, loud.small)
	if err != nil {
		return fair, err
	}
	if _, err := c.check(ctx, plan); err != nil { // the first opens files
		return fair, err
	}
	if _, err := noisy.check(ctx, other); err != nil {
		return fair, err
	}
	if fair.quiet, err = timeChecks(ctx, c, plan); err != nil {
		return fair, err
	}
	var asked []string
	for range checks {
		a, err := noisy.once(ctx, "flood", "POST", "/v1/plans/"+other+"/checks", []byte("{}"), "Content-Type", "application/json")
		if err != nil {
			return fair, err
		}
		var k checkState
		if a.status < 300 && a.into(&k) == nil {
			asked = append(asked, k.ID)
		}
	}
	fair.waiting = len(asked)
	if fair.flooded, err = timeChecks(ctx, c, plan); err != nil {
		return fair, err
	}
	still := 0
	for _, id := range asked {
		a, err := noisy.ask(ctx, "cancel", "DELETE", "/v1/checks/"+id, nil)
		if err != nil {
			return fair, err
		}
		if a.status == http.StatusOK {
			still++
		}
	}
	if still == 0 {
		return fair, fmt.Errorf("the flood of %d checks was over before the others were timed: ask for more (-flood)", len(asked))
	}
	if d := fair.delay(); d >= maxDelay {
		p.violated("a flood of %d checks of one county delays another's by %.2f s", fair.waiting, d.Seconds())
	}
	return fair, nil
}

func (f fairness) delay() time.Duration { return median(f.flooded) - median(f.quiet) }

func timeChecks(ctx context.Context, c *client, plan string) (took []time.Duration, err error) {
	for range timedChecks {
		began := time.Now()
		k, err := c.check(ctx, plan)
		if err != nil {
			return nil, err
		}
		if k.State != "done" {
			return nil, fmt.Errorf("check %s is %s", k.ID, k.State)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

func median[T int64 | time.Duration](all []T) T {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}
