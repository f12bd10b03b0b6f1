package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"landcheck/api/store"
)

// contenders are the checks that are due and those that run, by county and caller,
// and the counties that may have the place $1.
const contenders = `
waiting as (
	select county, caller, count(*) as checks, min(id) as next from service.check_run
	where state = 'queued' and due <= clock_timestamp() group by county, caller
), running as (
	select county, caller, count(*) as checks from service.check_run where state = 'running' group by county, caller
), county as (
	select w.county, coalesce(r.checks, 0) as running, w.next
	from (select county, sum(checks) as checks, min(next) as next from waiting group by county) w
	left join (select county, sum(checks) as checks from running group by county) r using (county)
	where $1 = 0 or r.checks is null and ($1 = 1 or w.checks = 1)
)`

// take takes up the check whose turn it is, of the counties that may have the
// place: of the county with the fewest running, of those the one that was served
// longest ago; within it, the same holds for the callers; of the caller's the
// oldest. Workers take turns here, so that what they count is true. None is
// there: false.
func (s *Store) take(ctx context.Context, worker string, place store.Slot) (claim, bool, error) {
	const lock = "select pg_advisory_xact_lock(hashtextextended('landcheck turn', 0))"
	const query = "with " + contenders + `, first as (
	select county from county left join service.turn t using (county)
	order by running, t.taken nulls first, next limit 1
), next as (
	select county, caller, w.next as id
	from waiting w join first using (county)
	left join running r using (county, caller)
	left join service.caller_turn t using (county, caller)
	order by coalesce(r.checks, 0), t.taken nulls first, w.next limit 1
), turn as (
	insert into service.turn select county, clock_timestamp() from next
	on conflict (county) do update set taken = excluded.taken
), caller_turn as (
	insert into service.caller_turn select county, caller, clock_timestamp() from next
	on conflict (county, caller) do update set taken = excluded.taken
)
update service.check_run set state = 'running', attempt = attempt + 1, done = 0, total = 0, started = clock_timestamp(),
	worker = $2, lease = clock_timestamp() + $3::interval, fence = fence + 1
where id = (select id from next) and state = 'queued'
returning fence, (select p.crashes from service.plan p where p.id = plan), ` + checkColumns
	var c claim
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lock); err != nil {
			return err
		}
		var err error
		c, err = one(ctx, tx, scanClaim, query, int(place), worker, s.o.Lease)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return claim{}, false, nil
	}
	if err != nil {
		return claim{}, false, fmt.Errorf("taking up a check: %w", err)
	}
	return c, true, nil
}

// waiting tells whether a check is due that nobody has taken up, and whether
// there is one that may have the place. It takes no turn.
func (s *Store) waiting(ctx context.Context, place store.Slot) (any, fits bool, err error) {
	const query = "with " + contenders + " select exists (select from waiting), exists (select from county)"
	err = s.pool.QueryRow(ctx, query, int(place)).Scan(&any, &fits)
	return any, fits, err
}

// forgetTurns forgets when callers were served long ago: there may be many in
// time. Who was not served since is as good as new.
func (s *Store) forgetTurns(ctx context.Context, db execer) error {
	_, err := db.Exec(ctx, "delete from service.caller_turn where taken < clock_timestamp() - interval '1 day'")
	return err
}
