package postgis

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// standIn is what of Citus a script and a load meet, with what Citus refuses: it
// is not to be had where the tests run. A reference table has no partitions; a
// distributed one is distributed by a column that every key has; DDL comes one
// statement at a time, and no partition is detached concurrently.
const standIn = `
create table pg_dist_partition (logicalrelid regclass primary key, partkey text, shards int);

create function create_reference_table(name regclass) returns void language plpgsql as $$
begin
	if (select relkind from pg_class where oid = name) <> 'r' then
		raise exception 'distributing partitioned tables in only supported for hash-distributed tables';
	end if;
	insert into pg_dist_partition values (name);
end $$;

create function create_distributed_table(name regclass, column_name text, colocate_with text default 'default', shard_count int default 32) returns void
language plpgsql as $$
begin
	if exists (select from pg_index i where (i.indrelid = name or i.indrelid in (select inhrelid from pg_inherits where inhparent = name)) and i.indisunique
		and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and a.attname = column_name)) then
		raise exception 'cannot create constraint on "%": it has no distribution column', name;
	end if;
	insert into pg_dist_partition values (name, column_name, shard_count);
end $$;

create function one_command() returns event_trigger language plpgsql as $$
begin
	if current_query() ~ ';\s*\S' then
		raise exception 'cannot execute multiple utility events';
	end if;
	if current_query() ~* 'detach partition .* (concurrently|finalize)' then
		raise exception 'ALTER TABLE .. DETACH PARTITION .. CONCURRENTLY commands are currently unsupported.';
	end if;
end $$;
`

// TestCitus: the script for Citus distributes an empty schema, and what follows,
// loads, reading, dropping versions, sends nothing that Citus refuses.
func TestCitus(t *testing.T) {
	f := newFellow(t)
	f.run(standIn)
	f.done("citus.sql", "shard_count=8")
	f.run("create event trigger one_command on ddl_command_start execute function one_command()")
	if _, err := f.pool.Exec(t.Context(), "create table a (); create table b ()"); err == nil || !strings.Contains(err.Error(), "multiple utility events") {
		t.Fatalf("the stand-in takes two statements: %v", err)
	}
	var said string
	const query = "select string_agg(concat_ws(' ', logicalrelid, partkey, shards), ', ' order by logicalrelid::text) from pg_dist_partition"
	if err := f.pool.QueryRow(t.Context(), query).Scan(&said); err != nil || said != "base.dataset, base.feature county 8" {
		t.Errorf("distributed are %s, %v", said, err)
	}
	log := traced(t, f.DB)
	loadInto(t, f.DB, source("land_use", parcels(300, "a")), source("pbf", parcels(40, "b")))
	loadInto(t, f.DB, source("pbf", parcels(50, "c")))
	got := layers(t, f.DB, 0)["land_use"]
	for n := range 20 {
		boxes := make([]orb.Bound, n)
		for i := range boxes {
			boxes[i] = geo.Bound(square(float64(i)*20, 0, 9))
		}
		near(t, got, boxes, []string{"BSM", "KCXS"})
	}
	if err := got.(geo.PlaneMeasurer).PlaneAreas(t.Context(), 0, func(int, float64) error { return nil }); err != nil {
		t.Error(err)
	}
	if d, err := f.DropVersions(t.Context(), county, 1, nil, false); err != nil || d.Layers != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	for _, s := range log.sent {
		if strings.Contains(strings.TrimRight(s, "; \n"), ";") {
			t.Errorf("several statements in one:\n%s", s)
		}
		tables := strings.Count(s, "from base.feature_")
		if strings.HasPrefix(s, "select ") && strings.Count(s, "county = '"+county+"'") < tables || strings.Contains(s, "from base.feature ") {
			t.Errorf("a reading that names no county, or no partition:\n%s", s)
		}
	}
	if len(log.sent) < 60 {
		t.Errorf("only %d statements were seen", len(log.sent))
	}
}

// TestReadersNameThePartition: a reading looks at one table, which it names, so
// that it neither plans for those of other counties nor waits for their parent.
func TestReadersNameThePartition(t *testing.T) {
	db := fresh(t)
	loadInto(t, db, source("land_use", parcels(300, "a")), source("pbf", parcels(40, "b")))
	if _, err := db.Load(t.Context(), "150124", []Source{source("land_use", parcels(50, "c"))}, LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	got := layers(t, db, 0)["land_use"]
	holder := connect(t, db.pool.Config().ConnString())
	tx, err := holder.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), "lock table only base.feature in access exclusive mode"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.pool.Exec(t.Context(), "alter database "+db.pool.Config().ConnConfig.Database+" set lock_timeout = '5s'"); err != nil {
		t.Fatal(err)
	}
	db.pool.Reset()
	boxes := []orb.Bound{geo.Bound(square(0, 0, 50))}
	if n := len(near(t, got, boxes, []string{"BSM"})); n != 18 {
		t.Errorf("%d parcels", n)
	}
	l := got.(*layer)
	q := l.query([]string{"BSM"}, true)
	q.near(boxes, true)
	plan := explain(t, db, "explain "+q.sql+q.clause+q.page(), q.args...)
	if !strings.Contains(plan, "on feature_150123_1 ") || strings.Contains(plan, "Append") || strings.Contains(plan, "150124") || strings.Contains(plan, "150123_2") {
		t.Errorf("it looks at\n%s", plan)
	}
}

// TestShardScripts: a script says how it is called, and stops at the first error
// without having changed anything.
func TestShardScripts(t *testing.T) {
	f := newFellow(t)
	for _, file := range []string{"share.sql", "server.sql", "attach.sql", "detach.sql", "unshare.sql", "citus.sql"} {
		before := f.state()
		if out, err := f.script(file); err == nil || f.state() != before {
			t.Errorf("%s without variables: %v\n%s", file, err, out)
		}
	}
	if out, err := exec.Command("../../scripts/shard/copy.sh", f.url, f.url, "15012'").CombinedOutput(); err == nil || !strings.Contains(string(out), "not six digits") {
		t.Errorf("%v %s", err, out)
	}
	if out, err := f.copyTo(f); err == nil || !strings.Contains(out, "is not in the first database") {
		t.Errorf("of a county that is nowhere: %v %s", err, out)
	}
}
