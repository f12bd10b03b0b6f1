package main

import (
	"sync/atomic"

	"landcheck/geo"
	"landcheck/rules/plan"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress is a bar on the terminal; anywhere else it shows nothing.
type progress struct {
	container *mpb.Progress
	bar       *mpb.Bar
	latest    atomic.Int64
}

func (a *app) progress(quiet bool, p *plan.Plan) *progress {
	if quiet || !terminal(a.stderr) {
		return &progress{}
	}
	c := mpb.New(mpb.WithOutput(a.stderr), mpb.WithWidth(48))
	name := geo.Text{ZH: "切分变更图斑 ", EN: "cutting changes "}.In(a.lang)
	return &progress{container: c, bar: c.AddBar(int64(len(p.Changes)),
		mpb.PrependDecorators(decor.Name(name), decor.CountersNoUnit("%d / %d")),
		mpb.AppendDecorators(decor.Percentage()), mpb.BarRemoveOnComplete())}
}

// set may be called from any goroutine, in any order.
func (p *progress) set(done, _ int) {
	if p.bar == nil {
		return
	}
	for {
		seen := p.latest.Load()
		if int64(done) <= seen {
			return
		}
		if p.latest.CompareAndSwap(seen, int64(done)) {
			p.bar.SetCurrent(int64(done))
			return
		}
	}
}

// done takes the bar away, finished or not.
func (p *progress) done() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.container.Wait()
	}
}
