package throttle

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// MinRate is the least rate of a transfer: so many bytes in each so long. Only
// time that is spent waiting for the other side counts.
type MinRate struct {
	Bytes int64
	Time  time.Duration
}

// paceTimer is how one direction of a transfer keeps to a pace.
type paceTimer struct {
	pace   MinRate
	ctx    context.Context // of the request: its end is the end of the transfer
	until  time.Time       // the end of it, however fast
	waited time.Duration
	moved  int64
	set    func(time.Time) error // the deadline of the connection
}

// begin gives the other side what is left of its time. Whoever ends the request
// from outside may have set a deadline before, so the context is looked at after.
func (s *paceTimer) begin() (time.Time, error) {
	now := time.Now()
	end := now.Add(s.pace.Time - s.waited)
	if s.until.Before(end) {
		end = s.until
	}
	_ = s.set(end) // a recorder in tests has none
	switch err := s.ctx.Err(); {
	case errors.Is(err, context.DeadlineExceeded) && errors.Is(context.Cause(s.ctx), err):
		return now, os.ErrDeadlineExceeded
	case err != nil:
		return now, context.Cause(s.ctx)
	}
	return now, nil
}

// end counts what moved; enough of it, and the time begins anew.
func (s *paceTimer) end(began time.Time, n int) {
	s.waited += time.Since(began)
	if s.moved += int64(n); s.moved >= s.pace.Bytes {
		s.moved, s.waited = 0, 0
	}
}

// rest leaves the connection with the end of the whole transfer.
func (s *paceTimer) rest() { _ = s.set(s.until) }

type pacedBody struct {
	io.ReadCloser
	watch paceTimer
}

// Body reads a body that keeps to a pace, else ends with
// os.ErrDeadlineExceeded, at the latest at until.
func Body(ctx context.Context, w http.ResponseWriter, body io.ReadCloser, p MinRate, until time.Time) io.ReadCloser {
	return &pacedBody{body, paceTimer{ctx: ctx, pace: p, until: until, set: http.NewResponseController(w).SetReadDeadline}}
}

// Read implements io.Reader.
func (b *pacedBody) Read(p []byte) (int, error) {
	began, err := b.watch.begin()
	if err != nil {
		return 0, err
	}
	n, err := b.ReadCloser.Read(p)
	b.watch.end(began, n)
	if err != nil {
		b.watch.rest() // net/http goes on reading, to see whether the caller is there
	}
	return n, err
}

type pacedWriter struct {
	http.ResponseWriter
	watch paceTimer
}

// part is what is written by one deadline, in bytes.
const part = 32 << 10

// Writer writes to a reader that keeps to a pace, else fails with
// os.ErrDeadlineExceeded, at the latest at until.
func Writer(ctx context.Context, w http.ResponseWriter, p MinRate, until time.Time) http.ResponseWriter {
	return &pacedWriter{w, paceTimer{ctx: ctx, pace: p, until: until, set: http.NewResponseController(w).SetWriteDeadline}}
}

// Write implements io.Writer.
func (w *pacedWriter) Write(data []byte) (total int, err error) {
	for first := true; first || len(data) > 0; first = false {
		n := min(len(data), part)
		began, over := w.watch.begin()
		if over != nil {
			return total, over
		}
		n, err = w.ResponseWriter.Write(data[:n])
		w.watch.end(began, n)
		if total += n; err != nil {
			return total, err
		}
		data = data[n:]
	}
	w.watch.rest()
	return total, nil
}

// Flush implements http.Flusher.
func (w *pacedWriter) Flush() {
	began, err := w.watch.begin()
	if err != nil {
		return
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush() // a writer without it has nothing to flush
	w.watch.end(began, 0)
	w.watch.rest()
}

// Unwrap is for http.ResponseController.
func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
