// Package embedded is the store in a directory, for one server:
//
//	lock                     held while a server runs
//	plans/ID/plan.json       and the uploaded file beside it
//	checks/ID/check.json     state, rewritten whole at every change
//	checks/ID/files/…        artifacts of a done check
//	checks/ID/decisions.json what reviewers decided on it
//	reviews/PROJECT/ID.json  what people said of a finding of a project
//	tokens.json              hashes, never tokens
//	townships.json           township ledgers: what projects moved
//	bases.json               base data that was handed in: versions, which is current, loads
//	bases/ID/…               the files of such a version
//	audit.jsonl              only ever added to; audit-ID.jsonl the same of earlier times
//	reserve/…                room that deletions have on a full disk
//
// What is queried is in memory; the directory is read once, at opening. What
// the store said it did is on disk by then.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

// Options of a store. The zero value will do.
type Options struct {
	QueueLimit  int              // checks of one county that may wait; 0: any number
	CallerLimit int              // checks of one caller that may wait; 0: any number
	Quota       store.Quota      // bytes of packages and artifacts of a county
	Now         func() time.Time // nil: time.Now
	Log         *slog.Logger     // nil: silence
	Cache       string           // directory that remembers large base layers; "": none
}

// Store is a store in a directory. It is a store.Store.
type Store struct {
	dir     string
	o       Options
	lock    *os.File
	audit   *auditLog
	reserve reserve
	work    sync.WaitGroup // calls of Work

	mutex     sync.Mutex // of all that follows
	wake      *sync.Cond // something waits, or nothing more will
	closed    bool
	drains    map[*workerGroup]func() // end the runs of each call of Work
	failure   error                   // why the last write failed
	plans     map[string]store.Plan
	planOrder []string // ids, oldest first
	checks    map[string]*record
	order     []string // ids of checks, oldest first
	keys      map[callerKey]string
	used      map[string]int64 // bytes of packages and artifacts, by county
	queue     *queue
	tokens    []token
	bases     map[string]*versions
	saved     savedBases          // what of them was handed in
	ledgers   []store.LedgerEntry // by county and code
	reviews   map[reviewedProject]map[string]*review
}

var errClosed = transient.Mark(errors.New("store: closed"))

// Open opens a store, which it makes in an empty directory, and reads the
// headers of the base data: county code → paths, as plan.OpenBase takes them.
// A directory that is in use or damaged and base data that cannot be read are
// a *geo.InputError. Checks that were running when the last server ended wait again.
func Open(dir string, bases map[string][]string, o Options) (_ *Store, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{
		dir: dir, o: o, reserve: reserve{dir: filepath.Join(dir, reserveDir)}, plans: map[string]store.Plan{}, checks: map[string]*record{},
		keys: map[callerKey]string{}, used: map[string]int64{}, queue: newQueue(), drains: map[*workerGroup]func(){},
		reviews: map[reviewedProject]map[string]*review{},
	}
	s.wake = sync.NewCond(&s.mutex)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if err := s.take(); err != nil {
		return nil, err
	}
	if s.bases, err = openGiven(context.Background(), bases, o); err != nil {
		return nil, err
	}
	for _, load := range []func() error{s.openAudit, s.finishDeletions, s.loadPlans, s.loadBases, s.loadChecks, s.loadTokens, s.loadLedgers, s.loadReviews} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	s.refill()
	return s, nil
}

// take makes the directory, takes it and clears what a crash left.
func (s *Store) take() error {
	if err := unfinishedRestore(s.dir); err != nil {
		return err
	}
	for _, d := range []string{plansDir, checksDir} {
		if err := os.MkdirAll(s.path(d), privateDir); err != nil {
			return unusable(s.dir, err)
		}
	}
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return unusable(s.dir, err)
	}
	defer root.Close()
	if s.lock, err = lock(root); err != nil {
		return err
	}
	if err := unfinishedRestore(s.dir); err != nil { // one that ended while it was not held
		return err
	}
	_, err = sweep(s.dir)
	return err
}

func (s *Store) path(elements ...string) string {
	return filepath.Join(append([]string{s.dir}, elements...)...)
}

// now as it is written: the same before and after a restart.
func (s *Store) now() time.Time { return s.o.Now().UTC().Truncate(time.Microsecond) }

// open tells whether the store is. The caller holds the mutex.
func (s *Store) open() error {
	if s.closed {
		return errClosed
	}
	return nil
}

// note keeps how a write went, for Ready. The caller holds the mutex.
func (s *Store) note(err error) error {
	s.failure = err
	return err
}

// lockedNote is note for whoever does not hold the mutex.
func (s *Store) lockedNote(err error) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.note(err)
}

// Ready is nil unless the store is closed, cannot write, or its directory is no
// more. After a write that failed it tries one: who sends nothing to a server
// that is not ready would wait for ever.
func (s *Store) Ready(context.Context) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	if s.failure != nil && s.tryDisk() != nil {
		return s.failure
	}
	s.failure = nil
	if _, err := os.Stat(s.path(checksDir)); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}

// tryDisk writes something and takes it away.
func (s *Store) tryDisk() error {
	if err := s.reserve.fill(); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.path(checksDir), unfinished)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 64<<10)) // more than a state takes
	return errors.Join(err, f.Sync(), f.Close())
}

// Close ends what runs, which goes back to the queue, and lets go of the
// directory. It may be called twice.
func (s *Store) Close() error {
	s.mutex.Lock()
	if s.closed {
		s.mutex.Unlock()
		return nil
	}
	s.closed = true
	for _, drain := range s.drains {
		drain()
	}
	s.wake.Broadcast()
	s.mutex.Unlock()
	s.work.Wait()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, r := range s.checks {
		r.watch.stop()
	}
	var errs []error
	if s.audit != nil {
		errs = append(errs, s.audit.close())
	}
	if s.lock != nil {
		errs = append(errs, unlock(s.lock))
	}
	return errors.Join(errs...)
}
