package main

import (
	"sync/atomic"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"

	"github.com/dustin/go-humanize"
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
	b := a.progressOf(quiet, geo.Text{ZH: "切分变更图斑 ", EN: "cutting changes "})
	b.set(0, len(p.Changes))
	return b
}

// progressOf is a bar of work whose amount its steps tell.
func (a *app) progressOf(quiet bool, what geo.Text) *progress {
	if quiet || !terminal(a.rawErr) {
		return &progress{}
	}
	c := mpb.New(mpb.WithOutput(a.rawErr), mpb.WithWidth(48))
	return &progress{container: c, bar: c.AddBar(0,
		mpb.PrependDecorators(decor.Name(what.In(a.lang)), decor.CountersNoUnit("%d / %d")),
		mpb.AppendDecorators(decor.Percentage()), mpb.BarRemoveOnComplete())}
}

// set may be called from any goroutine, in any order.
func (p *progress) set(done, total int) {
	if p.bar == nil {
		return
	}
	p.bar.SetTotal(int64(total), false)
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

// loadProgress is a bar of rows with what was sent and the time that is left;
// off a terminal it only counts.
type loadProgress struct {
	progress
	shapeless int
	sent      atomic.Int64
}

func (a *app) loadBar(quiet bool, rows int) *loadProgress {
	p := &loadProgress{}
	if quiet || !terminal(a.rawErr) {
		return p
	}
	name := geo.Text{ZH: "装载底图 ", EN: "loading "}.In(a.lang)
	left := geo.Text{ZH: " 剩余 ", EN: " left "}.In(a.lang)
	p.container = mpb.New(mpb.WithOutput(a.rawErr), mpb.WithWidth(40))
	p.bar = p.container.AddBar(int64(rows),
		mpb.PrependDecorators(decor.Name(name), decor.CountersNoUnit("%d / %d")),
		mpb.AppendDecorators(
			decor.Any(func(decor.Statistics) string { return humanize.Bytes(uint64(p.sent.Load())) }),
			decor.Name(left), decor.AverageETA(decor.ET_STYLE_GO)),
		mpb.BarRemoveOnComplete())
	return p
}

// set is called from one goroutine.
func (p *loadProgress) set(l postgis.LoadProgress) {
	p.shapeless = l.Shapeless
	p.sent.Store(l.Bytes)
	p.progress.set(l.Rows, l.TotalRows)
}
