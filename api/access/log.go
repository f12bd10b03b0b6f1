package access

import (
	"fmt"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"
)

// Log is what callers have read in the last hour: the audit trail has each
// caller, object and hour once, not every tile. A restart forgets it, and then
// the trail has a line more.
type Log struct {
	trail func(c echo.Context, what, object, county, digest string) error // where a reading is recorded
	now   func() time.Time
	most  int
	calls singleflight.Group
	mutex sync.Mutex
	seen  map[reading]time.Time // when it was recorded
}

// reading is what is recorded once an hour.
type reading struct{ caller, what, object string }

// How long a reading counts as recorded, and how many are remembered.
const (
	accessLasts = time.Hour
	MaxAccesses = 100_000 // some 20 MB
)

// NewLog records readings in a trail and remembers so many of them.
func NewLog(trail func(c echo.Context, what, object, county, digest string) error, now func() time.Time, most int) *Log {
	return &Log{trail: trail, now: now, most: most, seen: map[reading]time.Time{}}
}

// once records a reading unless that was done within the hour. Who comes while
// it is being recorded waits for that.
func (r *Log) once(what reading, record func() error) error {
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

func (r *Log) known(what reading) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	at, ok := r.seen[what]
	return ok && r.now().Sub(at) < accessLasts
}

// keep remembers a reading. Where there are too many the old ones go, and where
// that is not enough all of them: what is forgotten is recorded again.
func (r *Log) keep(what reading) {
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

// Reads puts into the audit trail that the caller reads something; what cannot
// be recorded is not given out.
func (r *Log) Reads(c echo.Context, what, object, county, digest string) error {
	return r.once(reading{Who(c).Key(), what, object}, func() error { return r.trail(c, what, object, county, digest) })
}

// ReadsCheck is reads for a part of what came of a check.
func (r *Log) ReadsCheck(c echo.Context, k store.Check, part string) error {
	what := part
	switch part {
	case "faces":
		what = "ledger"
	case "findings", "overview", "ledger", "diff", "report", "export", "together", "passport", "decision", "map", "suggestion":
	default: // layers of the plan
		what = "plan-layers"
	}
	return r.Reads(c, what, k.ID, k.County, "")
}

// ReadsBase is reads for a base layer.
func (r *Log) ReadsBase(c echo.Context, county string, role domain.Role) error {
	return r.Reads(c, "base-layer", county+"."+string(role), county, "")
}
