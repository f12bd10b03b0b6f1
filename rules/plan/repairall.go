package plan

import (
	"context"
	"runtime"
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/guard"
)

// maxCrossings is how often the shapes of all features together may cross
// themselves: ten seconds of repairing. It is counted, not timed, so that no
// machine decides what a plan is.
const maxCrossings = 10 * geo.MaxCrossings

// repairAll repairs features side by side and gives what was wrong with each,
// nil where nothing was.
func repairAll(ctx context.Context, features []*Feature) ([]*Issue, error) {
	found, crossings := make([]*Issue, len(features)), make([]int, len(features))
	failed := make([]error, len(features)) // the first in order is told, whoever came first
	err := eachFeature(ctx, features, func(k *geo.Kernel, i int) {
		found[i], crossings[i], failed[i] = examine(k, features[i])
	})
	if err != nil {
		return nil, err
	}
	all := 0
	for i, f := range features {
		if failed[i] != nil {
			return nil, failed[i]
		}
		if all += crossings[i]; all > maxCrossings {
			return nil, &geo.InputError{File: f.File, Record: f.Record,
				Message: geo.Textf("到该图斑为止，方案的图形与自身相交超过 %d 处", "up to this feature, the shapes of the plan cross themselves in more than %d places", maxCrossings),
				Advice:  geo.Text{ZH: "请修正自相交的图形后重新导出", EN: "Correct the shapes that cross themselves and export the layers again"}}
		}
	}
	err = eachFeature(ctx, features, func(k *geo.Kernel, i int) {
		if found[i] != nil && len(features[i].Geometry) > 0 {
			failed[i] = repairFeature(k, features[i], found[i])
		}
	})
	for _, e := range failed {
		if err == nil {
			err = e
		}
	}
	return found, err
}

// eachFeature runs work for every feature, each worker with a kernel of its own.
func eachFeature(ctx context.Context, features []*Feature, work func(k *geo.Kernel, i int)) error {
	const few = 32
	var next atomic.Int64
	group, ctx := guard.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), len(features)/few+1) {
		group.Go(func() error {
			kernel := geo.NewKernel()
			for {
				from := int(next.Add(few)) - few
				if from >= len(features) || ctx.Err() != nil {
					return ctx.Err()
				}
				for i := from; i < min(from+few, len(features)) && ctx.Err() == nil; i++ {
					work(kernel, i)
				}
			}
		})
	}
	return group.Wait()
}
