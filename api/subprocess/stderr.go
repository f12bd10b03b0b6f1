package subprocess

import (
	"io"
	"strings"
	"unicode"

	"landcheck/geo/guard"
)

// What is kept of a child's standard error: where a fatal error says what it
// is, and the last words.
const (
	keptHead = 3 << 10
	keptTail = 1 << 10
)

// stderrTail keeps the head and the tail of what it reads, which it reads to the end
// so that the child never waits.
type stderrTail struct {
	head, tail []byte
	more       bool
	over       <-chan error
}

func captureStderr(r io.Reader) *stderrTail {
	w := &stderrTail{}
	w.over = guard.Go("reading a child's standard error", func() error {
		_, err := io.Copy(w, r)
		return err
	})
	return w
}

// Write implements io.Writer.
func (w *stderrTail) Write(p []byte) (int, error) {
	n := len(p)
	if room := keptHead - len(w.head); room > 0 {
		w.head = append(w.head, p[:min(room, n)]...)
		p = p[min(room, n):]
	}
	w.tail = append(w.tail, p...)
	if cut := len(w.tail) - keptTail; cut > 0 {
		w.more = true
		w.tail = append(w.tail[:0], w.tail[cut:]...)
	}
	return n, nil
}

// text waits for the end and gives what was kept, fit for a log.
func (w *stderrTail) text() string {
	<-w.over
	text := string(w.head)
	if w.more {
		text += "\n…\n"
	}
	text += string(w.tail)
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, text))
}
