package subprocess

import (
	"fmt"
	"strings"
	"time"
)

// EndKind a child ended.
type EndKind string

// The ends. Of these only Memory and Crash are the doing of the task.
const (
	Done    EndKind = "done"    // the task gave a result
	Failed  EndKind = "failed"  // the task gave an error
	Memory  EndKind = "memory"  // the task wanted more memory than it may have
	Crash   EndKind = "crash"   // a panic, a fatal error, a signal of its own making
	Stopped EndKind = "stopped" // its context was done
	Killed  EndKind = "killed"  // by somebody else: an operator, the system, a file that shrank under a mapping
)

// End is how a child ended, for whoever acts on it and for the log.
type End struct {
	How    EndKind
	Status string        // of the process, as the system has it
	Peak   int64         // most bytes of memory it had at a time, mapped files among them; 0: not known
	Took   time.Duration // from handing the task over
	Words  string        // what it wrote to its standard error, shortened
}

// Ours tells whether the task itself ended its process.
func (e End) Ours() bool { return e.How == Memory || e.How == Crash }

func (e End) String() string {
	text := fmt.Sprintf("%s (%s) after %s", e.How, e.Status, e.Took.Round(time.Millisecond))
	if first, _, _ := strings.Cut(e.Words, "\n"); first != "" {
		text += ": " + first
	}
	return text
}

// signs of memory that ran out, in what the Go and the C++ runtime say at their
// end. A thread that cannot be made has no room for its stack.
var noMemory = []string{
	"out of memory", "cannot allocate memory", "bad_alloc", "cannot map pages in arena",
	"pthread_create failed", "failed to create new OS thread", "failed to reserve memory",
}

// judge tells how a child ended that was not told to and gave no answer.
//
// A child that was killed by nobody here was killed by an operator or by the
// system, which ran out of memory. The system takes the largest, so that one
// that had used more than half of what it may is taken for the cause and a
// smaller one for its target.
func judge(status status, words string, peak, limit int64) EndKind {
	for _, sign := range noMemory {
		if strings.Contains(words, sign) {
			return Memory
		}
	}
	switch {
	case status.signal == "killed" && limit > 0 && peak > limit/2:
		return Memory
	case status.asked, strings.Contains(words, "[signal SIGBUS"):
		return Killed
	}
	return Crash
}

// status is how the system says that a process ended.
type status struct {
	text   string
	code   int    // -1 where it was a signal
	signal string // "" where it exited
	asked  bool   // the signal is one that people and systems send to end a process
}
