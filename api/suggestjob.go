package api

import (
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/repair"
	"landcheck/rules/rulebook"
)

// suggestJob is the smallest change that makes the plan of a check pass, to be
// written as one file.
type suggestJob struct {
	Package string       `json:"package"` // path
	Name    string       `json:"name"`    // of a plan that has none
	Limits  plan.Limits  `json:"limits"`
	Check   store.Check  `json:"check"`
	Book    string       `json:"book"`  // rulebook, by id
	Prior   []plan.Prior `json:"prior"` // as the check counted it
	Adds    bool         `json:"adds"`  // suggestions may show parcels of base layers
	Ending  string       `json:"ending"`
	Add     bool         `json:"add"` // of a package: bring land in where that is suggested
	Dir     string       `json:"dir"` // for the file
	Version string       `json:"version"`
	Jobs    int          `json:"jobs"`

	Source   store.BaseSource `json:"source"` // of a child
	Database Database         `json:"database"`
}

// packageEnding is that of the changed package; the others are repair.Endings.
const packageEnding = ".zip"

// suggestDone is what a job says of its file.
type suggestDone struct {
	Nothing bool       `json:"nothing,omitempty"` // to apply: there is no file
	Notes   []geo.Text `json:"notes,omitempty"`   // what the changed package does not have
}

// path is where the file is.
func (j *suggestJob) path() string { return filepath.Join(j.Dir, "suggestion"+j.Ending) }

// write looks for the change and writes the file.
func (j *suggestJob) write(ctx context.Context, base *plan.Base, book *rulebook.Rulebook) (done suggestDone, err error) {
	defer func() {
		if err != nil && base.Source() == inDatabase {
			err = postgis.Unavailable(ctx, err)
		}
	}()
	options := plan.Options{Limits: j.Limits}
	p, err := plan.Open(ctx, j.Package, options)
	if err != nil {
		return done, inScratch(j.Package, err)
	}
	p.Prior = j.Prior
	if j.Ending == packageEnding {
		p.Name = cmp.Or(p.Name, p.Code, strings.TrimSuffix(j.Name, filepath.Ext(j.Name)))
	}
	set, err := repair.Suggest(ctx, check.Request{Plan: p, Base: base, Book: book, Stage: domain.Stage(j.Check.Stage),
		Strict: j.Check.Strict, SubProjects: j.Check.SubProjects, Version: j.Version, Jobs: j.Jobs})
	if err != nil {
		return done, err
	}
	if !j.Adds {
		set.OmitAdditions()
	}
	if j.Ending != packageEnding {
		return done, inScratch(j.Dir, set.WriteFile(ctx, j.path()))
	}
	best := set.Best(j.Add)
	if best == nil {
		done.Nothing = true
		return done, nil
	}
	done.Notes, err = set.Apply(ctx, j.Package, options, best, j.path())
	return done, inScratch(j.Dir, err)
}

// suggest makes the job in the child.
func (t *childTask) suggest(ctx context.Context, open OpenBase) (done suggestDone, err error) {
	book, err := t.bookFor(t.Suggest.Book, &plan.Plan{})
	if err != nil {
		return done, err
	}
	base, _, err := open(ctx, t.Suggest.Database, t.Suggest.Source)
	if err != nil {
		return done, err
	}
	defer base.Close()
	return t.Suggest.write(ctx, base, book)
}
