package postgis

import (
	"net"
	"time"
)

// lostAfter is how long a peer may be silent before its connection counts as
// lost: one whose machine or network is gone says nothing, for ever.
const lostAfter = 30 * time.Second

// dialer connects so that a peer that is gone is noticed, whether one waits for
// it (keep-alive) or sends to it (userTimeout).
func dialer() *net.Dialer {
	return &net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: lostAfter / 2, Interval: lostAfter / 6, Count: 3},
		Control:         userTimeout,
	}
}
