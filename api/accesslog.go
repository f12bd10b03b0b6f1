package api

import (
	"fmt"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"
)

// accessLog is what callers have read in the last hour: the audit trail has each
// caller, object and hour once, not every tile. A restart forgets it, and then
// the trail has a line more.
type accessLog struct {
	now   func() time.Time
	most  int
	calls singleflight.Group
	mutex sync.Mutex
	seen  map[access]time.Time // when it was recorded
}

type access struct{ caller, what, object string }

// How long a reading counts as recorded, and how many are remembered.
const (
	accessLasts = time.Hour
	maxAccesses = 100_000 // some 20 MB
)

func newAccessLog(now func() time.Time, most int) *accessLog {
	return &accessLog{now: now, most: most, seen: map[access]time.Time{}}
}

// once records a reading unless that was done within the hour. Who comes while
// it is being recorded waits for that.
func (r *accessLog) once(what access, record func() error) error {
	if r.known(what) {
		return nil
	}
	_, err, _ := r.calls.Do(fmt.Sprintf("%q", what), func() (any, error) {
		if r.known(what) {
			return nil, nil
		}
		if err := record(); err != nil {
			return nil, err
		}
		r.keep(what)
		return nil, nil
	})
	return err
}

func (r *accessLog) known(what access) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	at, ok := r.seen[what]
	return ok && r.now().Sub(at) < accessLasts
}

// keep remembers a reading. Where there are too many the old ones go, and where
// that is not enough all of them: what is forgotten is recorded again.
func (r *accessLog) keep(what access) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	now := r.now()
	if len(r.seen) >= r.most {
		for w, at := range r.seen {
			if now.Sub(at) >= accessLasts {
				delete(r.seen, w)
			}
		}
		if len(r.seen) >= r.most {
			clear(r.seen)
		}
	}
	r.seen[what] = now
}

// reads puts into the audit trail that the caller reads something; what cannot
// be recorded is not given out.
func (s *Server) reads(c echo.Context, what, object, county, digest string) error {
	return s.accessLog.once(access{who(c).key(), what, object}, func() error { return s.record(c, what, object, county, digest) })
}

// readsCheck is reads for a part of what came of a check.
func (s *Server) readsCheck(c echo.Context, k store.Check, part string) error {
	what := part
	switch part {
	case "faces":
		what = "ledger"
	case "findings", "overview", "ledger", "diff", "report":
	default: // layers of the plan
		what = "plan-layers"
	}
	return s.reads(c, what, k.ID, k.County, "")
}

// readsBase is reads for a base layer.
func (s *Server) readsBase(c echo.Context, county string, role domain.Role) error {
	return s.reads(c, "base-layer", county+"."+string(role), county, "")
}

// readsCollection is reads for what OGC API - Features gives.
func (s *Server) readsCollection(c echo.Context, k *collection) error {
	if k.check == "" {
		return s.readsBase(c, k.county, domain.Role(k.part))
	}
	return s.readsCheck(c, store.Check{ID: k.check, County: k.county}, k.part)
}
