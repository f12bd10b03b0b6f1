package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"landcheck/api/store"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// Prune removes what is too old; base data in files is not the store's.
func (s *Store) Prune(ctx context.Context, r store.Retention) (gone store.Pruned, err error) {
	if r.Keep > 0 {
		if err := s.prunePlans(ctx, r, s.now().Add(-r.Keep), &gone); err != nil {
			return gone, err
		}
	}
	if r.Audit > 0 {
		gone.Audit, err = s.pruneAudit(s.now().Add(-r.Audit), r)
	}
	return gone, err
}

func (s *Store) prunePlans(ctx context.Context, r store.Retention, before time.Time, gone *store.Pruned) error {
	s.mutex.Lock()
	plans := slices.Clone(s.planOrder)
	s.mutex.Unlock()
	for _, id := range plans {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.prunePlan(id, r, before, gone)
		if err != nil && !errors.Is(err, store.ErrNotFound) { // deleted meanwhile
			return err
		}
	}
	return nil
}

// prunePlan removes a plan, or those of its checks that ended before a time.
func (s *Store) prunePlan(id string, r store.Retention, before time.Time, gone *store.Pruned) error {
	s.mutex.Lock()
	p, ok := s.plans[id]
	checks := s.checksOf(id)
	old := slices.DeleteFunc(slices.Clone(checks), func(r *record) bool { return !endedBefore(r.check, before) })
	bytes := p.Size
	for _, r := range old {
		bytes += r.bytes
	}
	s.mutex.Unlock()
	whole := ok && p.Created.Before(before) && len(old) == len(checks)
	switch {
	case !ok || !whole && len(old) == 0:
		return nil
	case !whole:
		return s.pruneChecks(old, r, p, gone)
	case !r.DryRun:
		done, err := s.deletePlan(id, store.Entry{Who: r.By, What: "prune", Reason: r.Reason()}, func(now []*record) bool {
			return !slices.ContainsFunc(now, func(r *record) bool { return !endedBefore(r.check, before) })
		})
		if err != nil || !done {
			return err
		}
	}
	c := gone.Of(p.County)
	c.Plans, c.Checks, c.Bytes = c.Plans+1, c.Checks+len(old), c.Bytes+bytes
	return nil
}

// endedBefore tells of a check that may go: it ended before a time, and nobody's
// decision stands on it.
func endedBefore(c store.Check, t time.Time) bool {
	return c.State.Ended() && c.Decision == "" && c.Finished != nil && c.Finished.Before(t)
}

// pruneChecks removes checks that have ended of a plan that stays. What has
// ended does not change, and one that is gone already does no harm.
func (s *Store) pruneChecks(old []*record, r store.Retention, p store.Plan, gone *store.Pruned) error {
	for _, check := range old {
		if !r.DryRun {
			if err := s.pruneCheck(check, r, p); err != nil {
				return err
			}
		}
		c := gone.Of(p.County)
		c.Checks, c.Bytes = c.Checks+1, c.Bytes+check.bytes
	}
	return nil
}

func (s *Store) pruneCheck(check *record, r store.Retention, p store.Plan) error {
	id := check.check.ID
	e := store.Entry{Who: r.By, What: "prune", Object: id, County: p.County, Digest: p.Digest, Reason: r.Reason()}
	defer s.refill()
	if err := s.recordPruning(e); err != nil {
		return err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.checks[id] != check {
		return nil
	}
	s.forgetCheck(check)
	dir, err := s.unlinkCheck(id)
	if err == nil {
		err = outfile.RemoveAll(dir)
	}
	if err != nil {
		return fmt.Errorf("store: check %s: %w", id, transient.Mark(err))
	}
	return nil
}

// pruneAudit removes segments whose last entry is older: whole ones only, so
// that up to a month more is kept. It says how many entries they had.
func (s *Store) pruneAudit(before time.Time, r store.Retention) (entries int, err error) {
	defer s.refill()
	paths, err := s.audit.segments()
	if err != nil {
		return 0, err
	}
	for _, path := range paths {
		n, last, err := segment(path)
		if err != nil {
			return entries, err
		}
		if !last.Time.Before(before) {
			continue
		}
		if !r.DryRun {
			e := store.Entry{Who: r.By, What: "audit-prune", Object: last.ID, Reason: fmt.Sprintf("--keep-audit %v: %d", r.Audit, n)}
			if err := errors.Join(s.recordPruning(e), os.Remove(path), syncDir(s.dir)); err != nil {
				return entries, fmt.Errorf("store: audit: %w", transient.Mark(err))
			}
		}
		entries += n
	}
	return entries, nil
}

// segment counts the entries of a segment and reads the last one.
func segment(path string) (n int, last store.Entry, err error) {
	segmentLines(path, func(line auditLine, failed error) bool {
		if err = failed; err != nil {
			return false
		}
		if n == 0 {
			if err = json.Unmarshal(line.text, &last); err != nil {
				err = damaged(path, err)
				return false
			}
		}
		n++
		return true
	})
	return n, last, err
}
