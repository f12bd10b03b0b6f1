package embedded

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"landcheck/api/store"
)

func (s *Store) loadProjects() error {
	path := s.path(projectsFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return readJSON(path, &s.projects)
}

// place is where a project stands, or would. The caller holds the mutex.
func (s *Store) place(county, code string) (int, bool) {
	return slices.BinarySearchFunc(s.projects, store.Project{County: county, Code: code}, func(a, b store.Project) int {
		return cmp.Or(strings.Compare(a.County, b.County), strings.Compare(a.Code, b.Code))
	})
}

// setProjects writes the ledgers down with what is said of it, then goes by them.
// The caller holds the mutex.
func (s *Store) setProjects(all []store.Project, trail []store.Entry) error {
	if err := s.note(s.audit.addAll(trail, s.now())); err != nil {
		return err
	}
	if err := s.note(writeJSON(s.path(projectsFile), all)); err != nil {
		return err
	}
	s.projects = all
	return nil
}

// EnterProject writes a project into its county's ledger.
func (s *Store) EnterProject(_ context.Context, p store.Project, trail ...store.Entry) (store.Project, bool, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return store.Project{}, false, err
	}
	if p.Entered.IsZero() {
		p.Entered = s.now()
	}
	i, there := s.place(p.County, p.Code)
	if there && s.projects[i].Says(p) {
		return s.projects[i], false, nil
	}
	all := slices.Clone(s.projects)
	if there {
		all[i] = p
	} else {
		all = slices.Insert(all, i, p)
	}
	if err := s.setProjects(all, trail); err != nil {
		return store.Project{}, false, err
	}
	return p, true, nil
}

// RemoveProject takes a project out of its county's ledger.
func (s *Store) RemoveProject(_ context.Context, county, code string, trail ...store.Entry) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	i, there := s.place(county, code)
	if !there {
		return store.ErrNotFound
	}
	return s.setProjects(slices.Delete(slices.Clone(s.projects), i, i+1), trail)
}

// Projects of a county, by code.
func (s *Store) Projects(_ context.Context, county string) ([]store.Project, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := []store.Project{}
	for _, p := range s.projects {
		if p.County == county {
			all = append(all, p)
		}
	}
	return all, s.open()
}
