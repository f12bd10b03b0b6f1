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

func (s *Store) loadLedgers() error {
	path := s.path(townshipsFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return readJSON(path, &s.ledgers)
}

// place is where a project stands, or would. The caller holds the mutex.
func (s *Store) place(county, code string) (int, bool) {
	return slices.BinarySearchFunc(s.ledgers, store.LedgerEntry{County: county, Code: code}, func(a, b store.LedgerEntry) int {
		return cmp.Or(strings.Compare(a.County, b.County), strings.Compare(a.Code, b.Code))
	})
}

// setLedgers writes the ledgers down with what is said of it, then goes by them.
// The caller holds the mutex.
func (s *Store) setLedgers(all []store.LedgerEntry, trail []store.Entry) error {
	if err := s.note(s.audit.addAll(trail, s.now())); err != nil {
		return err
	}
	if err := s.note(writeJSON(s.path(townshipsFile), all)); err != nil {
		return err
	}
	s.ledgers = all
	return nil
}

// EnterLedger writes a project into its county's ledger.
func (s *Store) EnterLedger(_ context.Context, p store.LedgerEntry, trail ...store.Entry) (store.LedgerEntry, bool, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return store.LedgerEntry{}, false, err
	}
	if p.Entered.IsZero() {
		p.Entered = s.now()
	}
	i, there := s.place(p.County, p.Code)
	if there && s.ledgers[i].Says(p) {
		return s.ledgers[i], false, nil
	}
	all := slices.Clone(s.ledgers)
	if there {
		all[i] = p
	} else {
		all = slices.Insert(all, i, p)
	}
	if err := s.setLedgers(all, trail); err != nil {
		return store.LedgerEntry{}, false, err
	}
	return p, true, nil
}

// RemoveFromLedger takes a project out of its county's ledger.
func (s *Store) RemoveFromLedger(_ context.Context, county, code string, trail ...store.Entry) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	i, there := s.place(county, code)
	if !there {
		return store.ErrNotFound
	}
	return s.setLedgers(slices.Delete(slices.Clone(s.ledgers), i, i+1), trail)
}

// LedgerEntries of a county, by code of the project.
func (s *Store) LedgerEntries(_ context.Context, county string) ([]store.LedgerEntry, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := []store.LedgerEntry{}
	for _, p := range s.ledgers {
		if p.County == county {
			all = append(all, p)
		}
	}
	return all, s.open()
}
