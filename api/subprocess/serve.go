package subprocess

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"landcheck/geo/guard"
)

// Caller is the parent, as the child has it.
type Caller struct {
	mutex   sync.Mutex // of what is written
	out     io.Writer
	answers chan message
}

// Note says how far the task is. Where nobody hears it, the child is about to end.
func (c *Caller) Note(body any) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	_ = send(c.out, note, body, nil)
}

// Ask waits for an answer.
func (c *Caller) Ask(ctx context.Context, body, into any) error {
	c.mutex.Lock()
	err := send(c.out, question, body, nil)
	c.mutex.Unlock()
	if err != nil {
		return err
	}
	select {
	case m := <-c.answers:
		return json.Unmarshal(m.Body, into)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Handler does a task; what it returns is the result, as JSON.
type Handler func(ctx context.Context, body json.RawMessage, caller *Caller) (any, error)

// errAbandoned is why a task's context is done: its parent is gone, or wants it
// no more.
var errAbandoned = errors.New("subprocess: the parent has closed the input")

// Serve is the main function of a child: it takes one task from its standard
// input, does it and returns the exit status. prepare, which may be nil, is what
// can be done before there is a task. Whatever else the program prints goes to
// standard error.
func Serve(prepare func(), handle Handler) int {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr
	if err := serve(in, out, prepare, handle); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func serve(in io.Reader, out io.Writer, prepare func(), handle Handler) error {
	memory, _ := strconv.ParseInt(os.Getenv(memoryName), 10, 64)
	if err := limitMemory(memory); err != nil {
		return fmt.Errorf("subprocess: limits: %w", err)
	}
	if prepare != nil {
		prepare()
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	lines := listen(in)
	t, err := lines.next()
	if err != nil {
		return nil // there is nothing to do
	}
	c := &Caller{out: out, answers: make(chan message, 1)}
	guard.Go("listening to the parent", func() error {
		for {
			m, err := lines.next()
			if err != nil {
				cancel(errAbandoned)
				time.Sleep(grace)
				os.Exit(1) // also where the task looks at no context
			}
			c.answers <- m
		}
	})
	if err := send(out, began, nil, nil); err != nil {
		return err
	}
	var body any
	err = guard.Do("", func() (err error) {
		body, err = handle(ctx, t.Body, c)
		return err
	})
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if err != nil {
		return send(out, failed, nil, err)
	}
	return send(out, result, body, nil)
}
