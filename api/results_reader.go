package api

import (
	"context"

	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/rules/ledger"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/labstack/echo/v4"
)

// reader is a result as one caller reads it: what is in memory at once, what is
// not when it is the caller's turn. The place comes before what readers of one
// part share, so that nobody stands behind what another has asked for besides.
type reader struct {
	*checkResult
	place func() (leave func(), err error)
}

// of gives the result of a check that is done to a caller, until ctx is done.
func (r *results) of(ctx context.Context, caller, id string) reader {
	return reader{r.result(id), func() (func(), error) {
		leave, ok := r.reading.Wait(ctx, caller)
		if !ok {
			return nil, ctx.Err()
		}
		return leave, nil
	}}
}

// result gives the result of a check that is done to who asks.
func (s *Server) result(c echo.Context, k store.Check) reader {
	return s.results.of(c.Request().Context(), who(c).key(), k.ID)
}

// inTurn is a part of a result, read in a place if need be.
func inTurn[T any](r reader, part *onceValue[T], get func() (T, error)) (T, error) {
	if v := part.value.Load(); v != nil {
		return *v, nil
	}
	leave, err := r.place()
	if err != nil {
		var none T
		return none, err
	}
	defer leave()
	return get()
}

// Report is the whole report.
func (r reader) Report() (*result.Report, error) {
	return inTurn(r, &r.checkResult.report, r.checkResult.Report)
}

// Ledger is the whole ledger.
func (r reader) Ledger() (*ledger.Ledger, error) {
	return inTurn(r, &r.checkResult.ledger, r.checkResult.Ledger)
}

// Found lists the findings, worst first.
func (r reader) Found() ([]found, error) { return inTurn(r, &r.checkResult.found, r.checkResult.Found) }

// Faces is the ledger with geometry in degrees.
func (r reader) Faces() ([]face, error) { return inTurn(r, &r.checkResult.faces, r.checkResult.Faces) }

// draw gives a layer in degrees.
func (r reader) draw(layer string) ([]tile.Feature, error) {
	return inTurn(r, r.layer(layer), func() ([]tile.Feature, error) { return r.checkResult.draw(layer) })
}

// Drawing is the map of the report; nothing keeps it.
func (r reader) Drawing() (*report.Drawing, error) {
	leave, err := r.place()
	if err != nil {
		return nil, err
	}
	defer leave()
	return r.archive.Drawing()
}
