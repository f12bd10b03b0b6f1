package embedded

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo/outside"

	"github.com/google/uuid"
)

// trail is the audit file: one entry a line, oldest first. It is not held in
// memory, since it only grows.
type trail struct {
	mutex sync.Mutex
	file  *os.File
	size  int64 // of whole lines
	torn  bool  // half a line may follow them
}

// openAudit opens the trail and cuts off half a line that a crash left: its
// writer was never told that it is there.
func (s *Store) openAudit() error {
	f, err := os.OpenFile(s.path(auditFile), os.O_RDWR|os.O_CREATE|os.O_APPEND, privateFile)
	if err != nil {
		return fmt.Errorf("store: %w", outside.Mark(err))
	}
	s.audit = &trail{file: f}
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("store: %w", outside.Mark(err))
	}
	for line, err := range backward(f, info.Size()) {
		if err != nil {
			return fmt.Errorf("store: %w", outside.Mark(err))
		}
		s.audit.size = line.end
		break
	}
	if s.audit.size < info.Size() {
		s.o.Log.Warn("audit trail ended within a line", "bytes", info.Size()-s.audit.size)
		return s.audit.cut()
	}
	return nil
}

// cut takes away what follows the whole lines; where it cannot, nothing is added
// until it can.
func (t *trail) cut() error {
	err := t.file.Truncate(t.size)
	if t.torn = err != nil; t.torn {
		return fmt.Errorf("store: audit: %w", outside.Mark(err))
	}
	return nil
}

func (t *trail) close() error { return t.file.Close() }

// Record adds an entry and waits for the disk.
func (s *Store) Record(ctx context.Context, e store.Entry) error {
	return s.recordAll(ctx, []store.Entry{e})
}

func (s *Store) recordAll(_ context.Context, entries []store.Entry) error {
	s.mutex.Lock()
	err := s.open()
	s.mutex.Unlock()
	if err == nil { // not under the mutex: the disk takes its time
		err = s.audit.addAll(entries, s.now())
	}
	if len(entries) == 0 {
		return err
	}
	return s.lockedNote(err)
}

// addAll adds entries made now; their ids are in the order of the trail.
func (t *trail) addAll(entries []store.Entry, now time.Time) error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for _, e := range entries {
		id, err := uuid.NewV7()
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		if e.ID = id.String(); e.Time.IsZero() {
			e.Time = now
		}
		if err := t.add(e); err != nil {
			return err
		}
	}
	return nil
}

func (t *trail) add(e store.Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("store: audit: %w", err)
	}
	if t.torn {
		if err := t.cut(); err != nil {
			return err
		}
	}
	line = append(line, '\n')
	if _, err = t.file.Write(line); err == nil {
		err = t.file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store: audit: %w", outside.Mark(err)), t.cut())
	}
	t.size += int64(len(line))
	return nil
}

// Entries reads the trail from its end.
func (s *Store) Entries(ctx context.Context, q store.Query) ([]store.Entry, error) {
	s.audit.mutex.Lock()
	size := s.audit.size
	s.audit.mutex.Unlock()
	page := []store.Entry{}
	on := q.After == ""
	for line, err := range backward(s.audit.file, size) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("store: audit: %w", outside.Mark(err))
		}
		if q.Limit > 0 && len(page) == q.Limit {
			break
		}
		var e store.Entry
		if err := json.Unmarshal(line.text, &e); err != nil {
			return nil, damaged(s.path(auditFile), err)
		}
		if on && store.Sees(q.Prefix, e.County) && (q.County == "" || q.County == e.County) {
			page = append(page, e)
		}
		on = on || e.ID == q.After && store.Sees(q.Prefix, e.County)
	}
	return page, nil
}

type auditLine struct {
	text []byte
	end  int64 // after its newline
}

// chunk that backward reads at a time, in bytes.
const chunk = 64 << 10

// backward yields the whole lines of the first size bytes, last line first;
// what follows the last newline is none.
func backward(r io.ReaderAt, size int64) iter.Seq2[auditLine, error] {
	return func(yield func(auditLine, error) bool) {
		var held []byte // what was read and not yielded, beginning at start
		start, whole := size, false
		for start > 0 {
			n := min(start, chunk)
			part := make([]byte, n, int(n)+len(held))
			if _, err := r.ReadAt(part, start-n); err != nil {
				yield(auditLine{}, err)
				return
			}
			start -= n
			held = append(part, held...)
			for {
				// The newline before the line that ends held.
				last := len(held)
				if whole {
					last--
				}
				i := bytes.LastIndexByte(held[:max(last, 0)], '\n')
				if i < 0 {
					break
				}
				if whole && !yield(auditLine{slices.Clone(held[i+1 : len(held)-1]), start + int64(len(held))}, nil) {
					return
				}
				held, whole = held[:i+1], true
			}
		}
		if whole {
			yield(auditLine{held[:len(held)-1], int64(len(held))}, nil)
		}
	}
}
