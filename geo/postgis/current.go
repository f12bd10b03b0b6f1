package postgis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// countyLock is held by whatever changes a county's versions, to its end.
const countyLock = "select pg_advisory_xact_lock(hashtextextended('landcheck load ' || $1, 0))"

var errNoVersion = errors.New("postgis: no such version")

// currentWait is how long who sets a version waits for a load or a prune of the
// county, which may take long: each of them keeps one of few connections meanwhile.
const currentWait = 5 * time.Second

// underWay is the error of who has waited so long.
func underWay(name, county string, err error) error {
	return transient.Mark(&geo.InputError{File: name, Err: err,
		Message: geo.Textf("旗县 %s 的底图正在装载或清理", "the base data of county %s is being loaded or pruned", county),
		Advice:  geo.Text{ZH: "请等它结束后重试", EN: "Wait for its end, then try again"}})
}

// SetCurrent makes a version of a county that is kept the current one; not done
// where it is so already. Within is done in the same transaction; nil: nothing. A
// version that is not there is a *geo.InputError; a load of the county that goes on is
// one that transient.Is knows.
func (db *DB) SetCurrent(ctx context.Context, county string, version int, within func(ctx context.Context, tx pgx.Tx) error) (done bool, err error) {
	if !countyCode.MatchString(county) {
		return false, db.unknownCounty(ctx, county)
	}
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fmt.Sprintf("set local lock_timeout = %d", currentWait.Milliseconds())); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, countyLock, county); err != nil {
			if codeOf(err) == "55P03" { // lock_not_available
				err = underWay(db.name, county, err)
			}
			return err
		}
		server, err := serverOf(ctx, tx, county)
		if err != nil {
			return err
		}
		if server != "" {
			return elsewhere(db.name, county, server)
		}
		all, err := db.datasetsBy(ctx, tx, "base.dataset", "where d.county = $1 order by d.id", county)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return errNoVersion
		}
		c := countyOf(all)
		if !slices.Contains(c.Versions, version) {
			return errNoVersion
		}
		if done = c.Version != version; !done {
			return nil
		}
		if err := makeCurrent(ctx, tx, county, version); err != nil || within == nil {
			return err
		}
		return within(ctx, tx)
	})
	if errors.Is(err, errNoVersion) {
		if version < 1 { // 0 would be the current one
			version = -1
		}
		_, _, err = db.version(ctx, county, version) // says which there are
	}
	if _, wrong := geo.AsInputError(err); err == nil || wrong {
		return done && err == nil, err
	}
	return false, db.failed(ctx, "current version of "+county, err)
}

// makeCurrent marks a version as the one that was made current last, whatever the
// clock says. The caller holds the county's lock.
func makeCurrent(ctx context.Context, tx pgx.Tx, county string, version int) error {
	_, err := tx.Exec(ctx, "update base.dataset set current_since = greatest(clock_timestamp(), (select max("+currentSince+
		") + interval '1 microsecond' from base.dataset d where d.county = $1)) where county = $1 and version = $2", county, version)
	return err
}
