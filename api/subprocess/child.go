package subprocess

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"landcheck/geo/guard"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// The child's own settings; the parent's other settings are not its business,
// and secrets may be among them.
const (
	ownPrefix    = "LANDCHECK_"
	memoryName   = "LANDCHECK_CHILD_MEMORY"
	collectShare = 0.85 // of the memory, from which on the collector works harder
)

// child is a process with at most one task.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   io.ReadCloser
	words *stderrTail
	dir   string // its temporary files
	limit int64
	once  sync.Once

	gone   chan struct{} // closed when the system has taken it away; then
	status status
}

// launch starts a child that waits for its task.
func launch(o Options) (_ *child, err error) {
	c := &child{limit: o.Memory, gone: make(chan struct{})}
	if c.dir, err = os.MkdirTemp("", "landcheck-child-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, outfile.RemoveAll(c.dir))
		}
	}()
	program, err := self()
	if err != nil {
		return nil, err
	}
	c.cmd = exec.Command(program, o.Args...)
	c.cmd.Args[0] = os.Args[0]
	c.cmd.Env = environment(o, c.dir)
	ownProcessGroup(c.cmd)
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if c.out, err = c.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	complaints, err := c.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, transient.Mark(err) // no processes, no memory, the program replaced
	}
	c.words = captureStderr(complaints)
	guard.Go("waiting for a child", func() error {
		defer close(c.gone)
		state, err := c.cmd.Process.Wait() // Cmd.Wait would close what is still read
		c.status = statusOf(state, err)
		return nil
	})
	return c, nil
}

// environment of a child: the parent's, but for landcheck's own settings.
func environment(o Options, dir string) []string {
	var env []string
	for _, s := range os.Environ() {
		if !strings.HasPrefix(s, ownPrefix) && !strings.HasPrefix(s, TempVariable+"=") {
			env = append(env, s)
		}
	}
	env = append(env, TempVariable+"="+dir)
	if o.Memory > 0 {
		env = append(env, memoryName+"="+strconv.FormatInt(o.Memory, 10))
		if os.Getenv("GOMEMLIMIT") == "" {
			env = append(env, "GOMEMLIMIT="+strconv.FormatInt(int64(collectShare*float64(o.Memory)), 10))
		}
	}
	return env
}

// run hands the task over and waits for the end. began tells whether the child
// had the task.
func (c *child) run(ctx context.Context, t Task, out any) (end End, began bool, err error) {
	start := time.Now()
	defer context.AfterFunc(ctx, func() { c.stop(grace) })()
	w := c.observe()
	h := c.talk(ctx, t, out)
	if h.answered {
		c.stop(0)
	} else {
		c.stop(grace) // it is gone, or about to be
	}
	w.stop()
	end = End{How: h.how, Status: c.status.text, Peak: max(w.peak.Load(), h.peak), Took: time.Since(start), Words: c.words.text()}
	if h.answered {
		end.Status = "answered" // and was not waited for
	}
	switch cause := context.Cause(ctx); {
	case h.answered && h.how == Done:
		return end, true, nil
	case cause != nil:
		end.How = Stopped
		return end, h.began, cause
	case w.over.Load():
		end.How = Memory
	case !h.answered:
		end.How = judge(c.status, end.Words, end.Peak, c.limit)
	}
	if end.How == Failed {
		return end, true, h.err
	}
	return end, h.began, &Ended{End: end, Err: h.err}
}

// childResult is what a child said.
type childResult struct {
	began, answered bool
	how             EndKind
	err             error
	peak            int64
}

// talk goes on until the child has answered or is gone.
func (c *child) talk(ctx context.Context, t Task, out any) (h childResult) {
	if err := send(c.in, task, t.Body, nil); err != nil {
		return h // it is gone: its end says why
	}
	lines := listen(c.out)
	for {
		m, err := lines.next()
		if err != nil {
			return h
		}
		h.peak = max(h.peak, m.Peak)
		switch m.Kind {
		case began:
			h.began = true
		case note:
			if t.Note != nil {
				t.Note(m.Body)
			}
		case question:
			a, err := t.Answer(ctx, m.Body)
			if err != nil {
				h.answered, h.how, h.err = true, Failed, err
				return h
			}
			_ = send(c.in, answer, a, nil) // where it is gone, the next line says so
		case result:
			h.answered, h.how = true, Done
			if len(m.Body) == 0 || out == nil {
				return h
			}
			if err := json.Unmarshal(m.Body, out); err != nil {
				h.how, h.err = Failed, fmt.Errorf("subprocess: %w", err)
			}
			return h
		case failed:
			h.answered, h.how, h.err = true, Failed, m.Error.error()
			switch {
			case m.Error.Memory:
				h.how = Memory
			case m.Error.Panic:
				h.how = Crash
			}
			return h
		}
	}
}

// stop ends the child, after a time to do so by itself, and waits for it. Its
// temporary files are gone then.
func (c *child) stop(after time.Duration) {
	c.once.Do(func() {
		_ = c.in.Close() // which tells it
		if after > 0 {
			select {
			case <-c.gone:
			case <-time.After(after):
			}
		}
		_ = c.cmd.Process.Kill() // where it is gone there is nothing to do
		<-c.gone
		_ = outfile.RemoveAll(c.dir) // what stays goes with the parent's own
	})
}
