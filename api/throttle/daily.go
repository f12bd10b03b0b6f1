package throttle

import (
	"sync"
	"time"
)

// Day is the time that a daily amount is for. It begins with its first use.
const Day = 24 * time.Hour

// Daily gives each caller an amount a day. A restart forgets what was used.
type Daily struct {
	most  int64
	now   func() time.Time
	mutex sync.Mutex
	used  map[string]*usage
	swept time.Time // when ended days were last dropped
}

type usage struct {
	since time.Time
	n     int64
}

// NewDaily gives each caller so much a day.
func NewDaily(most int64, now func() time.Time) *Daily {
	return &Daily{most: most, now: now, used: map[string]*usage{}, swept: now()}
}

// Most is the amount of a day.
func (d *Daily) Most() int64 { return d.most }

// Use takes n of a caller's day. Where there is less left nothing is taken, and
// wait is until the next day begins.
func (d *Daily) Use(caller string, n int64) (wait time.Duration, ok bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	now := d.now()
	d.sweep(now)
	u := d.used[caller]
	if u == nil || now.Sub(u.since) >= Day {
		u = &usage{since: now}
		d.used[caller] = u
	}
	if n > d.most-u.n {
		return u.since.Add(Day).Sub(now), false
	}
	u.n += n
	return 0, true
}

// sweep drops the days that have ended, once an hour.
func (d *Daily) sweep(now time.Time) {
	if now.Sub(d.swept) < time.Hour {
		return
	}
	d.swept = now
	for caller, u := range d.used {
		if now.Sub(u.since) >= Day {
			delete(d.used, caller)
		}
	}
}
