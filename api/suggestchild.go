package api

import (
	"context"
	"errors"

	"landcheck/api/problem"
	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/guard"

	"github.com/paulmach/orb"
)

// runSuggestion does a job in a process of its own where there are Children: it
// takes as much memory as a check.
func (s *Server) runSuggestion(ctx context.Context, j *suggestJob, near orb.Bound) (done suggestDone, err error) {
	k := j.Check
	if s.Children == nil {
		base, _, err := s.Store.Base(ctx, k.County, k.BaseVersion, near, k.Neighbours)
		if err != nil {
			return done, err
		}
		defer base.Close()
		err = guard.Do("suggestion for "+k.ID, func() (err error) {
			done, err = j.write(ctx, base, s.books[j.Book])
			return err
		})
		return done, err
	}
	patience := s.patience()
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	source, err := s.Store.BaseSource(asking, k.County, k.BaseVersion, near, k.Neighbours)
	if err != nil {
		return done, unanswered(asking, err)
	}
	j.Source, j.Database = source, Database{s.Database, patience}
	order := childTask{Suggest: j, Shelf: s.order}
	for _, b := range s.Books {
		order.Books = append(order.Books, b.Files)
	}
	end, err := s.Children.Run(ctx, subprocess.Task{Body: order}, &done)
	s.ended("suggest", k.ID, end)
	var ended *subprocess.Ended
	switch {
	case !errors.As(err, &ended):
		return done, err
	case end.How == subprocess.Memory:
		return done, &geo.InputError{Err: err, Advice: splitOrMemory,
			Message: geo.Textf("查找修改建议需要的内存超过 %s", "looking for a suggestion needs more than %s of memory", bytesOf(s.Limits.CheckMemory))}
	}
	return done, problem.Unavailable(err)
}
