package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"landcheck/api/store"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"

	"github.com/google/uuid"
)

// preparedFile is what Prepare found, beside the files.
const preparedFile = "base.json"

// AddLoad notes a load.
func (s *Store) AddLoad(_ context.Context, l store.Load, trail ...store.Entry) (store.Load, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return store.Load{}, fmt.Errorf("store: %w", err)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return store.Load{}, err
	}
	if slices.ContainsFunc(s.saved.Loads, func(o store.Load) bool { return o.County == l.County && !o.State.Ended() }) {
		return store.Load{}, store.ErrConflict
	}
	if err := s.o.Quota.Fits(l.County, s.used[l.County], l.Size); err != nil {
		return store.Load{}, err
	}
	if err := s.note(s.reserve.fill()); err != nil {
		return store.Load{}, err
	}
	l.ID, l.State, l.Created = id.String(), store.Running, s.now()
	for i := range trail {
		trail[i].Object = l.ID
	}
	return l, s.setBases(s.saved.withLoad(l), trail)
}

// LoadDir is a directory that is swept at the next opening, unless it becomes a
// version's.
func (s *Store) LoadDir(_ context.Context, id string) (string, error) {
	dir := s.path(basesDir, unfinished+id)
	if err := os.Mkdir(dir, privateDir); err != nil {
		return "", s.lockedNote(fmt.Errorf("store: %w", transient.Mark(err)))
	}
	return dir, nil
}

// running is a load that runs, else ErrFinished. The caller holds the mutex.
func (s *Store) running(id string) (store.Load, error) {
	for _, l := range s.saved.Loads {
		if l.ID == id && !l.State.Ended() {
			return l, s.open()
		}
	}
	if _, err := s.loadNamed(id); err != nil {
		return store.Load{}, err
	}
	return store.Load{}, store.ErrFinished
}

func (s *Store) loadNamed(id string) (store.Load, error) {
	for _, l := range s.saved.Loads {
		if l.ID == id {
			return l, nil
		}
	}
	return store.Load{}, store.ErrNotFound
}

// Keep makes the files of a load a version.
func (s *Store) Keep(ctx context.Context, t store.LoadTask) (_ store.Load, err error) {
	if !t.Prepared {
		if err := Prepare(ctx, t); err != nil {
			return store.Load{}, err
		}
	}
	var found prepared
	if err := readJSON(filepath.Join(t.Dir, preparedFile), &found); err != nil {
		return store.Load{}, err
	}
	if err := syncTree(t.Dir); err != nil {
		return store.Load{}, s.lockedNote(fmt.Errorf("store: %w", transient.Mark(err)))
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	l, err := s.running(t.Load.ID)
	if err != nil {
		return store.Load{}, err
	}
	if err := s.o.Quota.Fits(l.County, s.used[l.County], l.Size); err != nil {
		return store.Load{}, err
	}
	to := s.path(basesDir, l.ID)
	if err := s.note(publish(t.Dir, to)); err != nil {
		return store.Load{}, fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, outfile.RemoveAll(to))
		}
	}()
	return s.keepVersion(l, found, t.Trail)
}

// keepVersion writes a version down whose files are in their place. The caller holds the
// mutex.
func (s *Store) keepVersion(l store.Load, found prepared, trail []store.Entry) (store.Load, error) {
	c := s.saved.Counties[l.County]
	v := &versions{all: map[int]*baseVersion{}}
	n := savedVersion{Load: l.ID, prepared: found, Size: l.Size, Loaded: s.now()}
	if now, ok := s.bases[l.County]; ok {
		n.BuiltOn, v.current = now.current, now.current
		for number, o := range now.all {
			v.all[number], n.Version = o, max(n.Version, number)
		}
	}
	n.Version++
	v.all[n.Version] = s.versionOf(l.County, n)
	if l.Current = l.Current || v.current == 0; l.Current {
		v.current = n.Version
	}
	now := s.now()
	l.State, l.Version, l.Done, l.Finished = store.Done, n.Version, l.Total, &now
	_, of, _ := v.chain(n.Version)
	l.Missing = store.MissingCore(func(role string) bool { return of[role] > 0 })
	for i := range trail {
		trail[i].Object = strconv.Itoa(n.Version)
	}
	saved := s.saved.withLoad(l).withCounty(l.County, savedCounty{Current: v.current, Versions: append(slices.Clone(c.Versions), n)})
	if err := s.setBases(saved, trail); err != nil {
		return store.Load{}, err
	}
	s.bases[l.County] = v
	s.used[l.County] += l.Size
	return l, nil
}

// NoteLoad keeps how far a load is, in memory.
func (s *Store) NoteLoad(_ context.Context, id string, done, total int) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	l, err := s.running(id)
	if err != nil {
		return err
	}
	l.Done, l.Total = max(done, l.Done), total
	s.saved = s.saved.withLoad(l)
	return nil
}

// FailLoad ends a load; where that cannot be written it is known all the same.
func (s *Store) FailLoad(_ context.Context, id string, p *store.Problem) error {
	_, err := s.endLoad(id, store.Failed, p, nil)
	if errors.Is(err, store.ErrFinished) {
		return nil
	}
	return err
}

// CancelLoad ends a load.
func (s *Store) CancelLoad(_ context.Context, id string, trail ...store.Entry) (store.Load, error) {
	return s.endLoad(id, store.Cancelled, nil, trail)
}

func (s *Store) endLoad(id string, state store.State, p *store.Problem, trail []store.Entry) (store.Load, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	l, err := s.running(id)
	if err != nil {
		return store.Load{}, err
	}
	now := s.now()
	l.State, l.Problem, l.Finished = state, p, &now
	saved := s.saved.withLoad(l)
	if err := s.setBases(saved, trail); err != nil {
		if state == store.Failed {
			s.saved = saved
		}
		return store.Load{}, err
	}
	return l, nil
}

// Load by id.
func (s *Store) Load(_ context.Context, id string) (store.Load, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	l, err := s.loadNamed(id)
	return l, errors.Join(err, s.open())
}

// ListLoads of a county.
func (s *Store) ListLoads(_ context.Context, county string) ([]store.Load, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := []store.Load{}
	for _, l := range slices.Backward(s.saved.Loads) {
		if l.County == county {
			all = append(all, l)
		}
	}
	return all, s.open()
}

// SetCurrent puts a version to use.
func (s *Store) SetCurrent(_ context.Context, county string, number int, trail ...store.Entry) (bool, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return false, err
	}
	v, ok := s.bases[county]
	if !ok || !slices.Contains(v.numbers(), number) {
		return false, store.ErrNotFound
	}
	if v.current == number {
		return false, nil
	}
	c := s.saved.Counties[county] // it has more than the version of the start
	c.Current = number
	if err := s.setBases(s.saved.withCounty(county, c), trail); err != nil {
		return false, err
	}
	v.current = number
	return true, nil
}
