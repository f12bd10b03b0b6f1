package embedded

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/api/store"
	"landcheck/geo/transient"

	"github.com/google/uuid"
)

// remarkJSON is a remark on disk, with the key of its request.
type remarkJSON struct {
	store.Remark
	Key string `json:"key,omitempty"`
}

// reviewJSON is what was said of a finding, on disk: reviews/PROJECT/FINDING.json.
type reviewJSON struct {
	store.Subject
	History []remarkJSON `json:"history"`
}

// review is what was said of a finding, in memory.
type review struct {
	now     store.Review // without its history
	history []remarkJSON
}

func (v *review) whole() store.Review {
	r := v.now
	for _, m := range v.history {
		r.History = append(r.History, m.Remark)
	}
	return r
}

// reviewedProject is what reviews are listed by.
type reviewedProject struct{ county, project string }

// folder is the name of a project's directory: codes are written as people like.
func (p reviewedProject) folder() string {
	sum := sha256.Sum256([]byte(p.project))
	return p.county + "-" + hex.EncodeToString(sum[:10])
}

func (s *Store) loadReviews() error {
	if err := os.MkdirAll(s.path(reviewsDir), privateDir); err != nil {
		return unusable(s.dir, err)
	}
	folders, err := sweep(s.path(reviewsDir))
	for _, folder := range folders {
		if err == nil {
			err = s.loadReviewsOf(folder)
		}
	}
	return err
}

func (s *Store) loadReviewsOf(folder string) error {
	if _, err := sweep(s.path(reviewsDir, folder)); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.path(reviewsDir, folder))
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	for _, e := range entries {
		var j reviewJSON
		path := s.path(reviewsDir, folder, e.Name())
		if err := readJSON(path, &j); err != nil {
			return err
		}
		of := reviewedProject{j.County, j.Project}
		if of.folder() != folder || j.Finding+jsonEnd != e.Name() {
			return damaged(path, fmt.Errorf("finding %q of project %q", j.Finding, j.Project))
		}
		v := &review{now: store.NewReview(j.Subject), history: j.History}
		for _, m := range j.History {
			v.now, _ = v.now.Add(m.Remark)
		}
		s.keepReview(v)
	}
	return nil
}

// keepReview has a review in memory. The caller holds the mutex.
func (s *Store) keepReview(v *review) {
	of := reviewedProject{v.now.County, v.now.Project}
	if s.reviews[of] == nil {
		s.reviews[of] = map[string]*review{}
	}
	s.reviews[of][v.now.Finding] = v
}

// reviewOf is what was said of a finding. The caller holds the mutex.
func (s *Store) reviewOf(of store.Subject) *review {
	if v := s.reviews[reviewedProject{of.County, of.Project}][of.Finding]; v != nil {
		return v
	}
	return &review{now: store.NewReview(of)}
}

// Review is what was said of a finding.
func (s *Store) Review(_ context.Context, of store.Subject) (store.Review, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.reviewOf(of).whole(), s.open()
}

// Reviews of a project, by finding.
func (s *Store) Reviews(_ context.Context, county, project string) ([]store.Review, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := []store.Review{}
	for _, v := range s.reviews[reviewedProject{county, project}] {
		all = append(all, v.now)
	}
	slices.SortFunc(all, func(a, b store.Review) int { return strings.Compare(a.Finding, b.Finding) })
	return all, s.open()
}

// Remark writes a remark down, with what is said of it in the trail.
func (s *Store) Remark(_ context.Context, of store.Subject, version int, m store.Remark, key string, trail ...store.Entry) (store.Review, bool, error) {
	if !isName(of.County) || !isName(of.Finding) {
		return store.Review{}, false, fmt.Errorf("store: finding %q of %q", of.Finding, of.County)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.open(); err != nil {
		return store.Review{}, false, err
	}
	v := s.reviewOf(of)
	switch {
	case key != "" && slices.ContainsFunc(v.history, func(o remarkJSON) bool { return o.Key == key }):
		return v.whole(), false, nil
	case m.Standing != nil && v.now.Version != version:
		return v.whole(), false, store.ErrStale
	}
	id, err := uuid.NewV7()
	if err != nil {
		return store.Review{}, false, fmt.Errorf("store: %w", err)
	}
	if m.ID = id.String(); m.Time.IsZero() {
		m.Time = s.now()
	}
	next := &review{}
	next.now, m = v.now.Add(m)
	next.history = append(slices.Clone(v.history), remarkJSON{m, key})
	if err := s.note(s.saveReview(next, trail)); err != nil {
		return store.Review{}, false, err
	}
	s.keepReview(next)
	return next.whole(), true, nil
}

// saveReview writes a review down, after what is said of it in the trail.
func (s *Store) saveReview(v *review, trail []store.Entry) error {
	dir := s.path(reviewsDir, reviewedProject{v.now.County, v.now.Project}.folder())
	if err := os.Mkdir(dir, privateDir); err == nil {
		if err := syncDir(filepath.Dir(dir)); err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	if err := s.audit.addAll(trail, s.now()); err != nil {
		return err
	}
	return writeJSON(filepath.Join(dir, v.now.Finding+jsonEnd), reviewJSON{v.now.Subject, v.history})
}
