package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/api/store/postgres"
	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"

	"github.com/mattn/go-isatty"
	"github.com/paulmach/orb"
)

// checkWorkerName is the command that serve and worker start for one task each.
// No help names it: it is nobody's but theirs.
const checkWorkerName = "check-worker"

// checkWorker does one task, which comes on standard input. It takes signals as
// the system gives them: a process that is told to go is gone.
func checkWorker(args []string) int {
	if len(args) > 0 || isatty.IsTerminal(os.Stdin.Fd()) {
		fmt.Fprintln(os.Stderr, geo.Text{ZH: "check-worker 由 serve 和 worker 自己启动；核查方案请用 landcheck check",
			EN: "check-worker is started by serve and worker themselves; to check a plan use landcheck check"}.In(defaultLang(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))))
		return exitBadInput
	}
	return api.Worker(openSource, keepBase)
}

// openSource opens base data as the parent says where it is.
func openSource(ctx context.Context, database api.Database, source store.BaseSource) (*plan.Base, int, error) {
	if database.URL == "" {
		base, err := embedded.OpenFiles(ctx, source)
		return base, source.Version, err
	}
	db, err := postgis.OpenPatient(ctx, database.URL, database.Patience)
	if err != nil {
		return nil, 0, err
	}
	near := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}} // nobody's
	if source.Near != nil {
		near = *source.Near
	}
	base, version, err := postgres.OpenBase(ctx, db, source.County, source.Version, near, func(code string) bool { return slices.Contains(source.Neighbours, code) })
	if err != nil {
		db.Close()
		return nil, 0, err
	}
	return base, version, nil // the process, which ends with it, closes the connection
}

// keepBase loads base data as the parent says where to.
func keepBase(ctx context.Context, database api.Database, t store.LoadTask) error {
	if database.URL == "" {
		return embedded.Prepare(ctx, t)
	}
	db, err := postgis.Open(ctx, database.URL) // an index takes its time: no answer for a minute is no fault
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = postgres.KeepBase(ctx, db, t)
	return err
}

// children is the pool of check workers of a service.
func (f *serviceFlags) children() *subprocess.Pool {
	return subprocess.New(subprocess.Options{Args: []string{checkWorkerName}, Memory: f.limits.CheckMemory, Idle: f.workers, Log: f.log})
}
