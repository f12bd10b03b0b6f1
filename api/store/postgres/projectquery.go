package postgres

import (
	"fmt"
	"strings"

	"landcheck/api/store"
)

// seen is store.Check.SeenBy of the rows of check_run c, of the prefix $1.
const seen = "starts_with(c.county, $1) and not exists (select from unnest(c.neighbours) n where not starts_with(n, $1))"

// Of a plan f: its newest check, its newest done one, and that of the nearest
// earlier version that has one.
const (
	newestCheck = `(select c.id, c.state from service.check_run c
		where c.plan = f.id and ` + seen + ` order by c.id desc limit 1)`
	newestDone = `(select c.id, c.verdict, c.reservations, c.violations from service.check_run c
		where c.plan = f.id and c.state = 'done' and ` + seen + ` order by c.id desc limit 1)`
	newestDecided = `(select c.id, c.decision from service.check_run c
		where c.plan = f.id and c.decision <> '' and ` + seen + ` order by c.id desc limit 1)`
	doneBefore = `(select b.id, b.violations from service.plan v cross join lateral
			(select c.id, c.violations from service.check_run c where c.plan = v.id and c.state = 'done' and ` + seen + ` order by c.id desc limit 1) b
		where v.county = f.county and v.project = f.project and (v.created, v.id) < (f.created, f.id)
		order by v.created desc, v.id desc limit 1)`
)

// open counts the violations of the check d of a plan f but for those that a
// store.FindingState Excepts.
const open = `(cardinality(d.violations) - (select count(*) from service.finding_review r
		where r.county = f.county and r.project = f.project and r.finding = any(d.violations) and r.body->>'state' in ('accepted', 'false_alarm')))`

// countedPage is the plans f of a page with what store.CountFindings says of each.
const countedPage = `(select f.*, (select count(*) from service.plan v where v.county = f.county and v.project = f.project) as versions,
		k.id as latest, d.id as done, s.id as decided, ` + open + ` as open, b.id as against,
		case when d.violations is not null and b.violations is not null then
			(select count(*) from (select unnest(d.violations) except select unnest(b.violations)) only_here) end as added,
		case when d.violations is not null and b.violations is not null then
			(select count(*) from (select unnest(b.violations) except select unnest(d.violations)) only_there) end as fixed
	from page f
		left join lateral ` + newestCheck + ` k on true
		left join lateral ` + newestDone + ` d on true
		left join lateral ` + newestDecided + ` s on true
		left join lateral ` + doneBefore + ` b on d.id is not null)`

// The rank and label of a store.ProjectPlace, of a plan f and its newest done check d.
var projectPlaces = map[store.ProjectSort]struct{ rank, label string }{
	store.ByNewest: {"0", "''"},
	store.ByName:   {"0", "case when f.name = '' then f.code else f.name end"},
	store.ByVerdict: {`case when d.id is null then 4 when d.verdict = 'violations' then 0 when d.verdict = 'incomplete' then 1
		when d.reservations > 0 then 2 else 3 end`, "''"},
	store.ByOpen: {"coalesce(-" + open + ", 1)", "''"},
}

// projectsQuery chooses projects and counts them; where the page is empty there is
// one row that has the count alone. Checks are looked at for all of the projects only
// where the query goes by these.
func projectsQuery(q store.ProjectQuery) (query string, args []any, err error) {
	place, ok := projectPlaces[q.Sort]
	if !ok {
		return "", nil, fmt.Errorf("store: order %q", q.Sort)
	}
	args = []any{q.Prefix, q.County, q.Project, q.Stage, limit(store.Query{Limit: q.Limit})}
	arg := func(value any) string {
		args = append(args, value)
		return fmt.Sprintf("$%d", len(args))
	}
	var joins, where string
	if q.State != "" {
		joins += " left join lateral " + newestCheck + " k on true"
		where += " and coalesce(k.state, 'unchecked') = " + arg(string(q.State))
	}
	switch q.Decision {
	case "":
	case store.Awaited:
		joins += " left join lateral " + newestDecided + " s on true"
		where += " and d.id is not null and s.id is null"
	default:
		joins += " left join lateral " + newestDecided + " s on true"
		where += " and s.decision = " + arg(string(q.Decision))
	}
	if q.Verdict != "" || q.Decision == store.Awaited || strings.Contains(place.rank, "d.") {
		joins += " left join lateral " + newestDone + " d on true"
	}
	if q.Verdict != "" {
		where += " and d.verdict = " + arg(q.Verdict)
	}
	after := "true"
	if q.After != nil {
		after = fmt.Sprintf("(rank, label, age, id) > (%s, %s, %s, %s)", arg(q.After.Rank), arg(q.After.Label), arg(q.After.Age), arg(q.After.ID))
	}
	if len(q.Words) > 0 {
		where += ` and (f.county, f.project) in (select county, project from service.plan
			where starts_with(county, $1) and not exists (select from unnest(` + arg(q.Words) + `::text[]) w where strpos(searched, w) = 0))`
	}
	return `with version as (
		select distinct on (county, project) id, county, project, code, name, stage, created
		from service.plan where starts_with(county, $1) and ($2 = '' or county = $2) and ($3 = '' or project = $3)
		order by county, project, created desc, id desc
	), chosen as materialized (
		select f.id, f.county, f.project, f.created, (` + place.rank + `)::bigint as rank, (` + place.label + `) collate "C" as label,
			(-1000000 * extract(epoch from f.created))::bigint as age
		from version f` + joins + ` where ($4 = '' or f.stage = $4)` + where + `
	), page as (
		select * from chosen where ` + after + ` order by rank, label, age, id limit $5
	)
	select (select count(*) from chosen), coalesce(r.id, ''), coalesce(r.versions, 0), coalesce(r.rank, 0), coalesce(r.label, ''), coalesce(r.age, 0),
		r.latest, r.done, r.decided, r.open, r.against, r.added, r.fixed
	from (values (true)) one left join ` + countedPage + ` r on true order by r.rank, r.label, r.age, r.id`, args, nil
}

// versionsQuery is the versions of a project, in the columns of projectsQuery.
const versionsQuery = `with page as (
		select id, county, project, created from service.plan where starts_with(county, $1) and county = $2 and project = $3
		order by created desc, id desc limit $4
	)
	select 0, r.id, 0, 0, '', 0, r.latest, r.done, r.decided, r.open, r.against, r.added, r.fixed
	from ` + countedPage + ` r order by r.created desc, r.id desc`
