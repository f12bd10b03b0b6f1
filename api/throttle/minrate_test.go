package throttle

import (
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// connection is a body that its sender writes, with deadlines as a socket has.
type connection struct {
	*httptest.ResponseRecorder
	sender *io.PipeWriter
	timer  *time.Timer
}

// SetReadDeadline is for http.ResponseController.
func (c *connection) SetReadDeadline(at time.Time) error {
	if c.timer != nil {
		c.timer.Stop()
	}
	c.timer = time.AfterFunc(time.Until(at), func() { c.sender.CloseWithError(os.ErrDeadlineExceeded) })
	return nil
}

// TestMinRate: an upload of any length is taken that is slow all along but fast
// enough; one that drips, or that stops after a while, ends.
func TestMinRate(t *testing.T) {
	const total = 2 << 20
	pace := MinRate{Bytes: 64 << 10, Time: time.Second}
	for _, upload := range []struct {
		name  string
		part  int // bytes at a time, one every 20 ms
		upTo  int // bytes that are sent at all
		taken bool
	}{
		{"200 KB/s", 4 << 10, total, true}, {"70 KB/s", 1400, total, true}, {"63 KB/s", 1260, total, false},
		{"a byte at a time", 1, total, false}, {"stops", 4 << 10, total / 2, false}, {"never begins", 1, 0, false},
	} {
		t.Run(upload.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				from, to := io.Pipe()
				c := &connection{ResponseRecorder: httptest.NewRecorder(), sender: to}
				body := Body(t.Context(), c, from, pace, time.Now().Add(time.Hour))
				began, left := time.Now(), upload.upTo
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					for ; left > 0; time.Sleep(20 * time.Millisecond) {
						n := min(left, upload.part)
						if _, err := to.Write(make([]byte, n)); err != nil {
							return
						}
						left -= n
					}
					if upload.upTo == total {
						to.Close()
					}
				}()
				n, err := io.Copy(io.Discard, body)
				if taken := err == nil && n == total; taken != upload.taken || !taken && !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("%d bytes in %s, %v", n, time.Since(began), err)
				}
				c.timer.Stop()
				to.Close()
				<-ended
			})
		})
	}
}
