package postgis

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/postgis/pgtest"
)

// TestPushdown: of a county on another server the boxes are judged there, by
// its index; what comes back is what it has.
func TestPushdown(t *testing.T) {
	var other pgtest.Cluster
	t.Cleanup(other.Stop)
	url, there := postgres.Database(t), other.Database(t)
	here, away := connect(t, url), connect(t, there)
	for _, db := range []*DB{here, away} {
		if _, _, err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	script := func(url, file string, variables ...string) {
		t.Helper()
		args := []string{url, "-qX", "-f", "../../scripts/shard/" + file}
		for _, v := range variables {
			args = append(args, "-v", v)
		}
		if out, err := exec.Command("psql", args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", file, err, out)
		}
	}
	script(url, "server.sql", "server=there", "host="+other.Socket(), "port=5432", "dbname="+away.pool.Config().ConnConfig.Database, "user=postgres", "password=none")
	want := parcels(5000, "there")
	loadInto(t, away, source("land_use", want), source("pbf", parcels(100, "other")))
	script(there, "share.sql", "county="+county)
	script(url, "attach.sql", "server=there", "county="+county)
	if _, err := here.Load(t.Context(), "150124", []Source{source("land_use", parcels(200, "here"))}, LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	got := layers(t, here, 0)["land_use"]
	for _, n := range []int{0, 3, 3000} {
		var boxes []orb.Bound
		for i := range n {
			boxes = append(boxes, geo.Bound(square(float64(i%100)*10, float64(i/100)*10, 9)))
		}
		sameFeatures(t, fmt.Sprint(n, " boxes"), near(t, got, boxes, []string{"BSM", "KCXS"}), near(t, want, boxes, []string{"BSM", "KCXS"}))
		if n == 0 {
			continue
		}
		l := got.(*layer)
		q := l.query([]string{"BSM"}, true)
		q.near(boxes, l.few(boxes))
		plan := explain(t, here, "explain verbose "+q.sql+q.clause+q.page(), q.args...)
		if !slices.ContainsFunc(strings.Split(plan, "\n"), func(line string) bool {
			return strings.Contains(line, "Remote SQL") && strings.Contains(line, "&&") && strings.Contains(line, "dataset = 1")
		}) {
			t.Errorf("%d boxes are not judged there:\n%s", n, plan)
		}
		if strings.Contains(plan, "150124") || strings.Contains(plan, "Append") {
			t.Errorf("another county is read:\n%s", plan)
		}
	}
	// The query as the other server sees it uses the index.
	plan := explain(t, away, `explain select record from base.shared_feature_150123 where county = '150123' and dataset = 1
		and geom && st_makeenvelope(37540000, 4563000, 37540010, 4563010, 4525)`)
	if !strings.Contains(plan, "geom_idx") || strings.Contains(plan, "feature_150123_2") {
		t.Errorf("the other server reads\n%s", plan)
	}
}

// TestDistributable holds every table of schema base to what Citus asks of one
// that it distributes by county, and postgres_fdw of one whose partitions lie
// elsewhere.
func TestDistributable(t *testing.T) {
	db := fresh(t)
	loadInto(t, db, source("land_use", parcels(10, "a")), source("pbf", parcels(10, "b")))
	loadInto(t, db, source("pbf", parcels(10, "c")))
	for what, query := range map[string]string{
		"a table without a county that is always there": `select c.oid::regclass::text from pg_class c
			where relnamespace = 'base'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_version'
			and not exists (select from pg_attribute where attrelid = c.oid and attname = 'county' and attnotnull)`,
		"a unique index that does not begin with the county": `select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
			join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
			where relnamespace = 'base'::regnamespace and relname <> 'schema_version' and indisunique and attname <> 'county'`,
		"a table of rows without a key": `select c.oid::regclass::text from pg_class c
			where relnamespace = 'base'::regnamespace and relkind = 'r' and relname <> 'schema_version'
			and not exists (select from pg_index where indrelid = c.oid and indisprimary)`,
		"a unique index of a parent, which no foreign table can have": `select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
			where relnamespace = 'base'::regnamespace and relkind = 'p' and indisunique`,
		"a catalogue in partitions, which no reference table of Citus can be": `select oid::regclass::text from pg_class where oid = 'base.dataset'::regclass and relkind <> 'r'`,
		"a foreign key": `select conrelid::regclass::text from pg_constraint where contype = 'f' and connamespace = 'base'::regnamespace`,
		"a trigger":     `select tgrelid::regclass::text from pg_trigger join pg_class c on c.oid = tgrelid where relnamespace = 'base'::regnamespace`,
		"a sequence, which each server would count by itself": `select oid::regclass::text from pg_class where relnamespace = 'base'::regnamespace and relkind = 'S'`,
		"a partition in partitions":                           `select c.oid::regclass::text from pg_class c where relnamespace = 'base'::regnamespace and relkind = 'p' and relispartition`,
		"partitions not by county first": `select p.partrelid::regclass::text from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
			join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
			where relnamespace = 'base'::regnamespace and attname <> 'county'`,
	} {
		var found []string
		if err := db.pool.QueryRow(t.Context(), "select coalesce(array_agg(x), '{}') from ("+query+") q (x)").Scan(&found); err != nil {
			t.Fatal(what, err)
		}
		if len(found) > 0 {
			t.Errorf("%s: %v", what, found)
		}
	}
	var tables int
	if err := db.pool.QueryRow(t.Context(), `select count(*) from pg_class where relnamespace = 'base'::regnamespace and relkind in ('r', 'p')`).Scan(&tables); err != nil || tables != 6 {
		t.Errorf("looked at %d tables, %v", tables, err)
	}
}
