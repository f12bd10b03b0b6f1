package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo/transient"

	"github.com/google/uuid"
)

// auditLog is the audit trail: one entry a line, oldest first, in auditFile and in
// segments before it, which are named after their last entries and never
// changed. It is not held in memory, since it only grows.
type auditLog struct {
	dir   string
	mutex sync.Mutex
	file  *os.File
	size  int64       // of whole lines
	torn  bool        // half a line may follow them
	last  store.Entry // of the file; zero in an empty one
}

// The trail goes on in a new file after so many bytes, and every month.
const auditSegment = 64 << 20

// openAudit opens the trail and cuts off half a line that a crash left: its
// writer was never told that it is there.
func (s *Store) openAudit() error {
	f, err := os.OpenFile(s.path(auditFile), os.O_RDWR|os.O_CREATE|os.O_APPEND, privateFile)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	s.audit = &auditLog{dir: s.dir, file: f}
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	for line, err := range reverseLines(f, info.Size()) {
		if err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
		if err := json.Unmarshal(line.text, &s.audit.last); err != nil {
			return damaged(s.path(auditFile), err)
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
func (t *auditLog) cut() error {
	err := t.file.Truncate(t.size)
	if t.torn = err != nil; t.torn {
		return fmt.Errorf("store: audit: %w", transient.Mark(err))
	}
	return nil
}

func (t *auditLog) close() error { return t.file.Close() }

// Record adds an entry and waits for the disk.
func (s *Store) Record(_ context.Context, e store.Entry) error {
	return s.recordAll([]store.Entry{e})
}

func (s *Store) recordAll(entries []store.Entry) error {
	if err := s.reserve.fill(); err != nil {
		return s.lockedNote(err)
	}
	return s.recordNow(entries)
}

// recordPruning adds an entry of what goes now, on a full disk too.
func (s *Store) recordPruning(e store.Entry) error {
	return s.reserve.forDeletion(func() error { return s.recordNow([]store.Entry{e}) })
}

func (s *Store) recordNow(entries []store.Entry) error {
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
func (t *auditLog) addAll(entries []store.Entry, now time.Time) error {
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

// recordOnce adds an entry that may be there already, among the last ones.
func (s *Store) recordOnce(e store.Entry) error {
	page, err := s.Entries(context.Background(), store.Query{Limit: 1000})
	if err != nil || slices.ContainsFunc(page, func(o store.Entry) bool { return o.ID == e.ID }) {
		return err
	}
	return s.reserve.forDeletion(func() error { return s.audit.record(e) })
}

func (t *auditLog) record(e store.Entry) error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.add(e)
}

func (t *auditLog) add(e store.Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("store: audit: %w", transient.Mark(err))
	}
	if t.torn {
		if err := t.cut(); err != nil {
			return err
		}
	}
	line = append(line, '\n')
	if t.size > 0 && (t.size+int64(len(line)) > auditSegment || month(t.last) != month(e)) {
		if err := t.rotate(); err != nil {
			return err
		}
	}
	if _, err = t.file.Write(line); err == nil {
		err = t.file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store: audit: %w", transient.Mark(err)), t.cut())
	}
	t.size, t.last = t.size+int64(len(line)), e
	return nil
}

func month(e store.Entry) string { return e.Time.UTC().Format("2006-01") }

// rotate makes a segment of the file and goes on in a new one.
func (t *auditLog) rotate() (err error) {
	active, segment := filepath.Join(t.dir, auditFile), filepath.Join(t.dir, auditOld+t.last.ID+auditEnd)
	next, err := os.OpenFile(filepath.Join(t.dir, unfinished+auditFile), os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND, privateFile)
	if err != nil {
		return fmt.Errorf("store: audit: %w", transient.Mark(err))
	}
	if err = os.Rename(active, segment); err == nil {
		if err = os.Rename(next.Name(), active); err != nil {
			err = errors.Join(err, os.Rename(segment, active))
		}
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store: audit: %w", transient.Mark(err)), next.Close())
	}
	old := t.file
	t.file, t.size, t.last = next, 0, store.Entry{}
	return errors.Join(old.Close(), transient.Mark(syncDir(t.dir)))
}

// segments are the files of the trail before the present one, oldest first.
func (t *auditLog) segments() ([]string, error) {
	entries, err := os.ReadDir(t.dir) // by name, which is by time
	if err != nil {
		return nil, fmt.Errorf("store: audit: %w", transient.Mark(err))
	}
	var paths []string
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), auditOld) && strings.HasSuffix(e.Name(), auditEnd) {
			paths = append(paths, filepath.Join(t.dir, e.Name()))
		}
	}
	return paths, nil
}

// lines are those of the whole trail, last line first. What is added meanwhile
// is not among them.
func (t *auditLog) lines() iter.Seq2[auditLine, error] {
	return func(yield func(auditLine, error) bool) {
		t.mutex.Lock()
		size := t.size
		active, err := os.Open(filepath.Join(t.dir, auditFile))
		older, listed := t.segments()
		t.mutex.Unlock()
		if err := errors.Join(err, listed); err != nil {
			yield(auditLine{}, err)
			return
		}
		defer active.Close()
		for line, err := range reverseLines(active, size) {
			if !yield(line, err) || err != nil {
				return
			}
		}
		for _, path := range slices.Backward(older) {
			if !segmentLines(path, yield) {
				return
			}
		}
	}
}

// segmentLines yields the lines of one segment, which may have been pruned.
func segmentLines(path string, yield func(auditLine, error) bool) (on bool) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil {
		return yield(auditLine{}, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return yield(auditLine{}, err)
	}
	for line, err := range reverseLines(f, info.Size()) {
		if !yield(line, err) || err != nil {
			return false
		}
	}
	return true
}

// Entries reads the trail from its end.
func (s *Store) Entries(ctx context.Context, q store.Query) ([]store.Entry, error) {
	page := []store.Entry{}
	on := q.After == ""
	for line, err := range s.audit.lines() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("store: audit: %w", transient.Mark(err))
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
