package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// AddPlan moves the package in, or copies it from another file system.
func (s *Store) AddPlan(ctx context.Context, p store.Plan, path string, trail ...store.Entry) (store.Plan, bool, error) {
	if !isName(p.ID) {
		return store.Plan{}, false, fmt.Errorf("store: plan id %q", p.ID)
	}
	if kept, err := s.Plan(ctx, p.ID); !errors.Is(err, store.ErrNotFound) {
		return kept, false, errors.Join(err, s.recordAll(trail))
	}
	p.File = store.FileName(p.File)
	temp, err := os.MkdirTemp(s.path(plansDir), unfinished)
	if err != nil {
		return store.Plan{}, false, fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer outfile.RemoveAll(temp) // nothing is there once it has its name
	if err := takeIn(ctx, path, filepath.Join(temp, stored(p.File))); err != nil {
		if ctx.Err() == nil { // else it is the caller's
			err = s.lockedNote(transient.Mark(err))
		}
		return store.Plan{}, false, fmt.Errorf("store: package: %w", err)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if kept, ok := s.plans[p.ID]; ok {
		return kept, false, s.note(s.audit.addAll(trail, s.now()))
	}
	if err := s.open(); err != nil {
		return store.Plan{}, false, err
	}
	if err := s.o.Quota.Fits(p.County, s.used[p.County], p.Size); err != nil {
		return store.Plan{}, false, err
	}
	if err := s.note(s.reserve.fill()); err != nil {
		return store.Plan{}, false, err
	}
	if p.Created.IsZero() {
		p.Created = s.now()
	}
	if err := s.note(writeJSON(filepath.Join(temp, planFile), p)); err != nil {
		return store.Plan{}, false, err
	}
	if err := s.note(s.audit.addAll(trail, s.now())); err != nil {
		return store.Plan{}, false, err
	}
	if err := s.note(publish(temp, s.path(plansDir, p.ID))); err != nil {
		return store.Plan{}, false, fmt.Errorf("store: %w", transient.Mark(err))
	}
	s.remember(p)
	return p, true, nil
}

// isName tells whether an id may be the name of a directory of ours.
func isName(id string) bool {
	return id != "" && len(id) <= 128 && strings.Trim(id,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// stored is the name that a package has on disk: its own, but for our file's.
func stored(name string) string {
	if strings.EqualFold(name, planFile) {
		return "package-" + name
	}
	return name
}

// takeIn moves a file, or copies it where it cannot be moved.
func takeIn(ctx context.Context, from, to string) (err error) {
	if info, err := os.Lstat(from); err != nil {
		return err
	} else if info.Mode().IsRegular() && os.Rename(from, to) == nil {
		return errors.Join(os.Chmod(to, privateFile), syncDir(to))
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, geo.Cancelled(ctx, in)); err != nil {
		return err
	}
	return out.Sync()
}

func (s *Store) loadPlans() error {
	ids, err := sweep(s.path(plansDir))
	if err != nil {
		return err
	}
	for _, id := range ids {
		var p store.Plan
		if _, err := sweep(s.path(plansDir, id)); err != nil {
			return err
		}
		path := s.path(plansDir, id, planFile)
		if err := readJSON(path, &p); err != nil {
			return err
		}
		if p.ID != id || p.File != store.FileName(p.File) {
			return damaged(path, fmt.Errorf("plan %q, file %q", p.ID, p.File))
		}
		if _, err := os.Stat(s.path(plansDir, id, stored(p.File))); err != nil {
			return damaged(path, err)
		}
		s.remember(p)
	}
	return nil
}

// remember keeps the plans in the order in which they came. The caller holds
// the mutex.
func (s *Store) remember(p store.Plan) {
	s.plans[p.ID] = p
	s.used[p.County] += p.Size
	at, _ := slices.BinarySearchFunc(s.planOrder, p, func(id string, p store.Plan) int { return older(s.plans[id], p) })
	s.planOrder = slices.Insert(s.planOrder, at, p.ID)
}

func older(a, b store.Plan) int {
	if c := a.Created.Compare(b.Created); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Plan by id.
func (s *Store) Plan(_ context.Context, id string) (store.Plan, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	p, ok := s.plans[id]
	if !ok {
		return store.Plan{}, store.ErrNotFound
	}
	return p, s.open()
}

// Unblock lets a blocked plan be checked again.
func (s *Store) Unblock(_ context.Context, id string, trail ...store.Entry) (store.Plan, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	p, ok := s.plans[id]
	if !ok {
		return store.Plan{}, store.ErrNotFound
	}
	if err := s.open(); err != nil {
		return store.Plan{}, err
	}
	if err := s.note(s.audit.addAll(trail, s.now())); err != nil {
		return store.Plan{}, err
	}
	p.Crashes = 0
	return p, s.savePlan(p)
}

// ListPlans by prefix and county.
func (s *Store) ListPlans(_ context.Context, q store.Query) ([]store.Plan, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	end := len(s.planOrder)
	if q.After != "" {
		last, ok := s.plans[q.After]
		if !ok || !store.Sees(q.Prefix, last.County) { // else where it stands in the list would be told
			return nil, store.ErrNotFound
		}
		end, _ = slices.BinarySearchFunc(s.planOrder, last, func(id string, p store.Plan) int { return older(s.plans[id], p) })
	}
	page := []store.Plan{}
	for _, id := range slices.Backward(s.planOrder[:end]) {
		if q.Limit > 0 && len(page) == q.Limit {
			break
		}
		p := s.plans[id]
		if store.Sees(q.Prefix, p.County) && (q.County == "" || q.County == p.County) && (q.Project == "" || q.Project == store.ProjectOf(p)) {
			page = append(page, p)
		}
	}
	return page, s.open()
}

// Package of a plan stays where it is: there is nothing to release. Plans come
// and go under the mutex, so that one which goes meanwhile is not taken for lost.
func (s *Store) Package(_ context.Context, id string) (string, func(), error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	p, ok := s.plans[id]
	if !ok {
		return "", nil, store.ErrNotFound
	}
	if err := s.open(); err != nil {
		return "", nil, err
	}
	path := s.path(plansDir, id, stored(p.File))
	if _, err := os.Stat(path); err != nil {
		return "", nil, &geo.InputError{File: path, Err: transient.Mark(err), Message: geo.Textf("方案文件不见了", "the package is gone")}
	}
	return path, func() {}, nil
}
