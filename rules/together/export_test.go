package together

import (
	"context"

	"landcheck/rules/result"
)

// Spent is what the land of plans costs to hold against each other, in steps that
// do not depend on the machine.
func Spent(ctx context.Context, plans []*Plan) (int64, error) {
	c := &checker{plans: plans, at: map[string]int{}, out: &result.Together{}}
	for _, step := range []func() error{c.findProjects, func() error { return c.areas(ctx) }, func() error { return c.changes(ctx) }} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return c.spent, nil
}
