package ledger

import (
	"context"
	"runtime"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// OfLand is the ledger of land that somebody might change: p holds it as changes
// without a plan around them. It has the faces, as those of a check, what each
// township designated, and names; no totals of a project area, and nothing of what
// is wrong with the inputs but notices. Errors are those of Build.
func OfLand(ctx context.Context, p *plan.Plan, b Base, o Options) (*Ledger, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	l := newLedger(p, b, o)
	surveyor, err := geo.NewSurveyor(p.CRS, centre(p))
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	w := &builder{stop: stop, ledger: l, base: b, surveyor: surveyor, jobs: o.Jobs}
	if err := w.prepare(ctx); err != nil {
		return nil, err
	}
	w.prepareReadings()
	if err := w.gather(ctx); err != nil {
		return nil, err
	}
	w.readings = nil
	if err := w.cutAll(ctx, o.Progress); err != nil {
		return nil, err
	}
	l.Townships, l.Villages = map[string]string{}, map[string]string{}
	for role, names := range map[domain.Role]*map[string]string{domain.Townships: &l.Townships, domain.Villages: &l.Villages} {
		if !l.Present[role] {
			continue
		}
		if *names, err = b.Units(ctx, role); err != nil {
			return nil, err
		}
	}
	if err := w.designated(ctx); err != nil {
		return nil, err
	}
	l.Notices = append(b.Notices(), w.notices...)
	for _, f := range b.Issues() {
		l.Notices = append(l.Notices, geo.Notice{Severity: geo.Warning, File: f.File, Record: f.Record, Message: f.Message})
	}
	return l, nil
}
