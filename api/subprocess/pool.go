package subprocess

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"landcheck/geo/guard"
	"landcheck/geo/transient"
)

// Options of a pool.
type Options struct {
	// Args start the child's side of this program: os.Args without the first.
	Args []string
	// Memory is what a child may have, in bytes: its heap, stacks and other data
	// of its own. Files that it maps do not count: the system takes their pages
	// back whenever it needs them. 0 is no limit.
	Memory int64
	Idle   int          // children that wait for a task, so that none waits for a start
	Log    *slog.Logger // nil: none
}

// grace is how long a child that is told to stop may take to give back what it
// holds elsewhere, a query in a database for instance.
const grace = 300 * time.Millisecond

// Pool starts children. It is safe for concurrent use.
type Pool struct {
	o      Options
	starts chan func()   // for the one thread that starts children
	over   chan struct{} // closed when that thread ends, with the pool

	mutex    sync.Mutex
	idle     []*child
	starting int
	closed   bool
	ended    <-chan error
	work     guard.Group
}

// New makes a pool; close it.
func New(o Options) *Pool {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := &Pool{o: o, starts: make(chan func()), over: make(chan struct{}), work: guard.New()}
	// A child that is to die with its parent dies with the thread that started
	// it: that thread is this one, which stays.
	p.ended = guard.Go("starting children", func() error {
		runtime.LockOSThread()
		for {
			select {
			case start := <-p.starts:
				start()
			case <-p.over:
				return nil
			}
		}
	})
	p.refill()
	return p
}

// Close ends children that wait, and those that still have a task: end its
// context before.
func (p *Pool) Close() error {
	p.mutex.Lock()
	if p.closed {
		p.mutex.Unlock()
		return nil
	}
	p.closed = true
	idle := p.idle
	p.idle = nil
	p.mutex.Unlock()
	for _, c := range idle {
		c.stop(0)
	}
	err := p.work.Wait()
	close(p.over)
	return errors.Join(err, <-p.ended)
}

// refill starts children until enough wait.
func (p *Pool) refill() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for n := len(p.idle) + p.starting; n < p.o.Idle && !p.closed; n++ {
		p.starting++
		p.work.Go(func() error {
			c, err := p.start()
			p.mutex.Lock()
			defer p.mutex.Unlock()
			p.starting--
			switch {
			case err != nil:
				p.o.Log.Warn("no child could be started ahead", "error", err)
			case p.closed:
				c.stop(0)
			default:
				p.idle = append(p.idle, c)
			}
			return nil
		})
	}
}

// take is a child that waits, else a new one.
func (p *Pool) take() (*child, error) {
	p.mutex.Lock()
	if p.closed {
		p.mutex.Unlock()
		return nil, errClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[0]
		p.idle = p.idle[1:]
		p.mutex.Unlock()
		return c, nil
	}
	p.mutex.Unlock()
	return p.start()
}

var errClosed = transient.Mark(errors.New("subprocess: the pool is closed"))

// start a child, in the thread for it.
func (p *Pool) start() (c *child, err error) {
	done := make(chan struct{})
	select {
	case p.starts <- func() {
		defer close(done)
		c, err = launch(p.o)
	}:
		<-done
		return c, err
	case <-p.over:
		return nil, errClosed
	}
}

// Task is what a child is to do.
type Task struct {
	Body any // as JSON
	// Note hears of how far the child is; nil: nobody does.
	Note func(json.RawMessage)
	// Answer gives the child what it asks for. An error ends the child.
	Answer func(ctx context.Context, question json.RawMessage) (any, error)
}

// starts that may go wrong before a task is given up: a child that somebody
// kills while it waits has nothing to do with the task it never saw.
const maxStarts = 4

// Run hands a task to a child and reads its result into out. An error of the
// task comes back as the task said it; one that Answer gave, as it is. Where the
// child gave no answer, the error is an *Ended. When ctx is done the child ends
// at once and the error is the cause.
func (p *Pool) Run(ctx context.Context, t Task, out any) (End, error) {
	defer p.refill()
	for n := 1; ; n++ {
		if err := context.Cause(ctx); err != nil {
			return End{How: Stopped}, err
		}
		c, err := p.take()
		if err != nil {
			return End{How: Killed}, fmt.Errorf("subprocess: %w", err)
		}
		end, began, err := c.run(ctx, t, out)
		if began || end.How == Stopped {
			return end, err
		}
		end.How = Killed // it never had the task
		if n == maxStarts {
			return end, &Ended{End: end}
		}
		p.o.Log.Warn("a child ended before its task", "end", end.String())
	}
}

// Ended is the error of a child that ended without an answer.
type Ended struct {
	End
	Err error // what it said of it, where it could
}

func (e *Ended) Error() string {
	text := "the process of the task ended: " + e.End.String()
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives what the child said.
func (e *Ended) Unwrap() error { return e.Err }
