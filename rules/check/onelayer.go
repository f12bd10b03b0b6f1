package check

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/rulebook"
)

// LayerRequest is a check of one layer by itself.
type LayerRequest struct {
	Layer   *plan.Plan // as plan.OpenLayer gives it
	Book    *rulebook.Rulebook
	Version string // of the program, for the report
	Jobs    int    // processors to use, 0 for all
}

// RunLayer checks the data of one layer: geometry, fields, codes, overlaps. It is
// no check of a plan, and its report says so.
func RunLayer(ctx context.Context, o LayerRequest) (*Result, error) {
	l, err := ledger.OfLayer(ctx, o.Layer, ledger.Options{
		Sliver: ledger.SliverLimits{Area: o.Book.Parameters.SliverArea, Width: o.Book.Parameters.SliverWidth}, Jobs: o.Jobs})
	if err != nil {
		return nil, err
	}
	r, err := evaluation.OfLayer(ctx, o.Book, l, evaluation.Options{Version: o.Version, GEOS: geo.GEOSVersion(), Jobs: o.Jobs})
	if err != nil {
		return nil, err
	}
	return &Result{Report: r, Ledger: l}, nil
}

// LayerDrawing is the map of a layer that was checked by itself.
func (r *Result) LayerDrawing() (*report.Drawing, error) {
	return report.NewDrawing(r.Report, r.Ledger)
}
