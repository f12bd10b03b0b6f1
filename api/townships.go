package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/room"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// townshipLedger is a county's ledger: what its townships designated, which
// projects moved how much, and what is left.
type townshipLedger struct {
	County      string              `json:"county"`
	BaseVersion int                 `json:"base_version"`
	Rulebook    string              `json:"rulebook"` // whose limit it is
	Limit       *float64            `json:"limit"`    // share of what was designated; null: it sets none
	Townships   []ledgerTownship    `json:"townships"`
	Projects    []store.LedgerEntry `json:"projects"`
}

// ledgerTownship is one township, net m².
type ledgerTownship struct {
	Code       string            `json:"code"`
	Name       string            `json:"name"`
	Designated float64           `json:"designated_m2"`
	Decreed    bool              `json:"decreed"` // base.yaml states it
	Moved      float64           `json:"moved_m2"`
	MovedIn    float64           `json:"moved_in_m2"`
	Left       *float64          `json:"left_m2"` // null where it cannot be said: why
	Why        *geo.Text         `json:"why,omitempty"`
	Projects   []townshipProject `json:"projects"`
}

type townshipProject struct {
	Code string  `json:"code"`
	Out  float64 `json:"pbf_out_m2"`
	In   float64 `json:"pbf_in_m2"`
}

// showTownships is the ledger of a county.
func (s *Server) showTownships(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	code, err := s.county(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	ledger, err := s.Store.LedgerEntries(ctx, code)
	if err != nil {
		return err
	}
	d, version, err := s.designationsOf(ctx, code)
	if err != nil {
		return err
	}
	out := townshipLedger{County: code, BaseVersion: version, Rulebook: s.pinned(code), Townships: []ledgerTownship{}, Projects: ledger}
	if limit, ok := d.Limit(); ok {
		out.Limit = &limit
	}
	for _, t := range d.After(priorOf(ledger)) {
		out.Townships = append(out.Townships, townshipView(t, ledger))
	}
	return c.JSON(http.StatusOK, out)
}

func townshipView(t room.Township, ledger []store.LedgerEntry) ledgerTownship {
	v := ledgerTownship{Code: t.Code, Name: t.Name, Designated: t.Designated, Decreed: t.Decreed, Moved: t.Moved, MovedIn: t.MovedIn, Projects: []townshipProject{}}
	if t.Known {
		v.Left = &t.Room
	} else {
		v.Why = &t.Why
	}
	for _, p := range ledger {
		for _, m := range p.Moves {
			if m.Township == t.Code {
				v.Projects = append(v.Projects, townshipProject{p.Code, m.Out, m.In})
			}
		}
	}
	return v
}

// priorOf is what projects moved, as a check counts it.
func priorOf(ledger []store.LedgerEntry) (all []plan.Prior) {
	for _, p := range ledger {
		for _, m := range p.Moves {
			all = append(all, plan.Prior{Project: p.Code, Township: m.Township, PBFOut: m.Out, PBFIn: m.In})
		}
	}
	return all
}

// ledgerTag tells one state of a ledger from another.
func ledgerTag(ledger []store.LedgerEntry) string {
	h := sha256.New()
	for _, p := range ledger {
		fmt.Fprintf(h, "%q %v\n", p.Code, p.Moves)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// designationSize is what a county's designations take in memory, bytes, and
// designationMemory what all of them may.
const (
	designationSize   = 1 << 20
	designationMemory = 32 << 20
)

// designationsOf is what the current base data of a county says; it is read once
// for each version and rulebook.
func (s *Server) designationsOf(ctx context.Context, county string) (*room.Designations, int, error) {
	counties, err := s.Store.Counties(ctx, county)
	if err != nil {
		return nil, 0, err
	}
	if len(counties) == 0 {
		return nil, 0, problem.NotFound(geo.Textf("没有 %q 的底图", "there is no base data of %q", county))
	}
	version, book := counties[0].Version, s.books[s.pinned(county)]
	d, err := s.designations.Of(ctx, fmt.Sprintf("%s %d %s", county, version, book.Digest), func() (*room.Designations, int64, error) {
		base, _, err := s.Store.Base(ctx, county, version, orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, nil)
		if err != nil {
			return nil, 0, err
		}
		defer base.Close()
		d, err := room.DesignationsOf(ctx, base, book)
		return d, designationSize, err
	})
	return d, version, err
}

// removeFromLedger takes a project out of the ledger: later checks do not count it.
func (s *Server) removeFromLedger(c echo.Context) error {
	reason, err := reasonOf(c)
	if err != nil {
		return err
	}
	county, err := s.county(c)
	if err != nil {
		return err
	}
	code := request.InPath(c, "project")
	e := access.Entry(c, "ledger-remove", code, county, "")
	e.Reason = reason
	err = s.Store.RemoveFromLedger(c.Request().Context(), county, code, e)
	if store.IsAbsent(err) {
		return problem.NotFound(geo.Textf("台账中没有项目 %q", "the ledger has no project %q", code))
	}
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
