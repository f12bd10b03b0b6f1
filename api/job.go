package api

import (
	"context"

	"landcheck/api/store"
	"landcheck/api/tile/tileserver"
	"landcheck/geo/postgis"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"

	"github.com/paulmach/orb"
)

// checkJob is one check, with all that it needs but base data and rulebooks.
type checkJob struct {
	Package string      `json:"package"` // path
	Limits  plan.Limits `json:"limits"`
	Check   store.Check `json:"check"`
	Dir     string      `json:"dir"` // for what it leaves
	Version string      `json:"version"`
	Default string      `json:"default"` // rulebook of plans that name none
	Jobs    int         `json:"jobs"`
	// Ledger is the county's township ledger.
	Ledger []store.LedgerEntry `json:"ledger,omitempty"`
}

// checkDone is what a check says of itself.
type checkDone struct {
	store.Outcome
	Candidates int
}

// inDatabase is the Source of base data in a database.
const inDatabase = "postgis"

// What a job is given for a plan: its rulebook, and the base data around it.
type (
	bookFinder func(asked string, p *plan.Plan) (*rulebook.Rulebook, error)
	baseOpener func(ctx context.Context, near orb.Bound) (*plan.Base, int, error)
)

// run makes the check.
func (j *checkJob) run(ctx context.Context, bookFor bookFinder, open baseOpener, progress func(done, total int)) (out checkDone, err error) {
	p, err := plan.Open(ctx, j.Package, plan.Options{Limits: j.Limits})
	if err != nil {
		return out, inScratch(j.Package, err)
	}
	book, err := bookFor(j.Check.Rulebook, p)
	if err != nil {
		return out, err
	}
	near, err := p.Around()
	if err != nil {
		return out, err
	}
	base, version, err := open(ctx, near)
	if err != nil {
		return out, err
	}
	defer base.Close()
	out.Candidates = len(p.Changes)
	progress(0, out.Candidates)
	res, err := check.Run(ctx, check.Request{Plan: p, Base: base, Book: book, Asked: j.Check.Rulebook, Default: j.Default, Stage: domain.Stage(j.Check.Stage),
		Strict: j.Check.Strict, SubProjects: j.Check.SubProjects, Prior: priorOf(others(j.Ledger, p)),
		Version: j.Version, Jobs: j.Jobs, Progress: progress})
	if err != nil {
		if base.Source() == inDatabase {
			err = postgis.Unavailable(ctx, err) // the process of the check is where its connection was seen to break
		}
		return out, err
	}
	if err := res.Save(ctx, j.Dir); err != nil {
		return out, inScratch(j.Dir, err)
	}
	o, err := newOverview(res.Report, res.Ledger, book.Parameters)
	if err != nil {
		return out, err
	}
	if err := o.leave(j.Dir); err != nil {
		return out, err
	}
	if err := leaveSightings(j.Dir, res.Report); err != nil {
		return out, inScratch(j.Dir, err)
	}
	if err := tileserver.Leave(j.Dir, res.Report, res.Ledger, o.Map); err != nil {
		return out, inScratch(j.Dir, err)
	}
	out.Outcome = store.Outcome{Verdict: string(res.Report.Verdict), BaseVersion: version,
		Faces: len(res.Ledger.Faces), Findings: countFindings(res.Report), Violations: violationsOf(res.Report),
		Reservations: len(report.HeadlineOf(res.Report).Remarks)}
	return out, nil
}

func countFindings(r *result.Report) int {
	n := 0
	for i := range r.Rules {
		n += len(r.Rules[i].Findings)
	}
	return n
}

// violationsOf are the ids of the findings that are violations.
func violationsOf(r *result.Report) []string {
	ids := []string{}
	for i := range r.Rules {
		for _, f := range r.Rules[i].Findings {
			if f.Status == domain.Fail {
				ids = append(ids, f.ID)
			}
		}
	}
	return ids
}

// readJob reads a package to see that it is a plan, and which.
type readJob struct {
	Package string      `json:"package"` // path
	Limits  plan.Limits `json:"limits"`
}

// readDone is what a package says of itself.
type readDone struct {
	County   string    `json:"county"`
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Stage    string    `json:"stage"`
	Rulebook string    `json:"rulebook"`
	Bound    []float64 `json:"bound,omitempty"` // as store.Plan has it
	// Places lie evenly in the project area, in degrees.
	Places []orb.Point `json:"places,omitempty"`
}

// run reads the package.
func (j *readJob) run(ctx context.Context) (out readDone, err error) {
	p, err := plan.Open(ctx, j.Package, plan.Options{Limits: j.Limits})
	if err != nil {
		return out, err
	}
	if err := readable(p); err != nil {
		return out, err
	}
	out = readDone{County: p.County, Code: p.Code, Name: p.Name, Stage: string(p.Stage), Rulebook: p.Rulebook}
	if out.Bound, err = placeOf(p); err != nil {
		return out, err
	}
	out.Places, err = p.Spread(placesOf)
	return out, err
}
