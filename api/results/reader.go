package results

import (
	"context"

	"landcheck/api/access"
	"landcheck/api/cache"
	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/rules/ledger"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/labstack/echo/v4"
)

// Reader is a result as one caller reads it: what is in memory at once, what is
// not when it is the caller's turn. The place comes before what readers of one
// part share, so that nobody stands behind what another has asked for besides.
type Reader struct {
	*Result
	place func() (leave func(), err error)
}

// Of gives the result of a check that is done to a caller, until ctx is done.
func (r *Cache) Of(ctx context.Context, caller, id string) Reader {
	return Reader{r.result(id), func() (func(), error) {
		leave, ok := r.reading.Wait(ctx, caller)
		if !ok {
			return nil, ctx.Err()
		}
		return leave, nil
	}}
}

// For gives the result of a check that is done to who asks.
func (r *Cache) For(c echo.Context, k store.Check) Reader {
	return r.Of(c.Request().Context(), access.Who(c).Key(), k.ID)
}

// inTurn is a part of a result, read in a place if need be.
func inTurn[T any](r Reader, part *cache.Once[T], get func() (T, error)) (T, error) {
	if v, ok := part.Known(); ok {
		return v, nil
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
func (r Reader) Report() (*result.Report, error) {
	return inTurn(r, &r.Result.report, r.Result.Report)
}

// Ledger is the whole ledger.
func (r Reader) Ledger() (*ledger.Ledger, error) {
	return inTurn(r, &r.Result.ledger, r.Result.Ledger)
}

// Found lists the findings, worst first.
func (r Reader) Found() ([]Found, error) { return inTurn(r, &r.Result.found, r.Result.Found) }

// Faces is the ledger with geometry in degrees.
func (r Reader) Faces() ([]Face, error) { return inTurn(r, &r.Result.faces, r.Result.Faces) }

// Draw gives a layer in degrees.
func (r Reader) Draw(layer string) ([]tile.Feature, error) {
	return inTurn(r, r.layer(layer), func() ([]tile.Feature, error) { return r.Result.draw(layer) })
}

// Drawing is the map of the report; nothing keeps it.
func (r Reader) Drawing() (*report.Drawing, error) {
	leave, err := r.place()
	if err != nil {
		return nil, err
	}
	defer leave()
	return r.archive.Drawing()
}
