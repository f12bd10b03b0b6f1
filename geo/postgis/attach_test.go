package postgis

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fellow is a database that keeps counties for another one, or the other one.
type fellow struct {
	*testing.T
	*DB
	url string
}

func newFellow(t *testing.T) fellow {
	t.Helper()
	url := postgres.Database(t)
	f := fellow{t, connect(t, url), url}
	if _, _, err := f.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f fellow) database() string { return f.pool.Config().ConnConfig.Database }

// script runs one of the administrator's scripts and gives what it said.
func (f fellow) script(file string, variables ...string) (string, error) {
	args := []string{f.url, "-qAtX", "-f", filepath.Join("../../scripts/shard", file)}
	for _, v := range variables {
		args = append(args, "-v", v)
	}
	out, err := exec.CommandContext(f.Context(), "psql", args...).CombinedOutput()
	return string(out), err
}

func (f fellow) done(file string, variables ...string) string {
	f.Helper()
	out, err := f.script(file, variables...)
	if err != nil {
		f.Fatalf("%s: %v\n%s", file, err, out)
	}
	return out
}

// refuses has a script say no, in words, and change nothing.
func (f fellow) refuses(wants, file string, variables ...string) {
	f.Helper()
	before := f.state()
	out, err := f.script(file, variables...)
	if err == nil || !strings.Contains(out, wants) {
		f.Errorf("%s: %v, want %q\n%s", file, err, wants, out)
	}
	if after := f.state(); after != before {
		f.Errorf("%s changed something:\n%s\nbefore:\n%s", file, after, before)
	}
}

// state is everything in schema base, with the number of rows of each table.
func (f fellow) state() string {
	f.Helper()
	var all string
	err := f.pool.QueryRow(f.Context(), `select string_agg(format('%s %s %s', relname, relkind, case when relkind = 'r'
			then (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || oid::regclass, false, true, '')))[1]::text end), e'\n' order by relname)
		from pg_class where relnamespace = 'base'::regnamespace and relkind in ('r', 'f', 'v', 'p')`).Scan(&all)
	if err != nil {
		f.Fatal(err)
	}
	return all
}

func (f fellow) copyTo(to fellow) (string, error) {
	out, err := exec.CommandContext(f.Context(), "../../scripts/shard/copy.sh", f.url, to.url, county).CombinedOutput()
	return string(out), err
}

// TestAttach: a county goes to another server once that holds every row of it;
// where it holds none, fewer or others, or is not what was named, nothing changes.
// It comes back as it is there.
func TestAttach(t *testing.T) {
	head, shard := newFellow(t), newFellow(t)
	attach := []string{"server=shard1", "county=" + county}
	loadInto(t, head.DB, source("land_use", parcels(500, "a")), source("pbf", parcels(300, "b")))
	loadInto(t, head.DB, source("pbf", parcels(310, "c")))
	if _, err := head.Load(t.Context(), "150124", []Source{source("pbf", parcels(70, "d"))}, LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	want := near(t, layers(t, head.DB, 0)["pbf"], nil, []string{"BSM", "KCXS"})

	if out, err := head.script("attach.sql", attach...); err == nil || !strings.Contains(out, `server "shard1" does not exist`) {
		t.Errorf("%v\n%s", err, out)
	}
	head.done("server.sql", "server=shard1", "host="+postgres.Socket(), "port=5432", "dbname="+shard.database(), "user=postgres", "password=none")
	head.refuses("shared_dataset_150123", "attach.sql", attach...)
	shard.done("share.sql", "county="+county, "user=postgres")
	head.refuses("no base data of county 150123", "attach.sql", attach...) // it was never moved

	if out, err := head.copyTo(shard); err != nil {
		t.Fatal(err, out)
	}
	for wants, spoil := range map[string][2]string{
		"500 rows here, 499 there": {"delete from base.feature_150123_1 where record = 7", "insert into base.feature_150123_1 select * from spoilt"},
		"310 rows here, others":    {"update base.feature_150123_3 set geom = st_translate(geom, 1e-7, 0) where record = 7", "update base.feature_150123_3 f set geom = s.geom from spoilt s where f.record = 7"},
		"layer 2 (DLTB)":           {"update base.dataset set digest = 'x' where id = 2", "update base.dataset set digest = (select digest from spoilt_dataset) where id = 2"},
	} {
		table := "base.feature_150123_1"
		if strings.HasPrefix(wants, "310") {
			table = "base.feature_150123_3"
		}
		for _, statement := range []string{
			"create table spoilt as select * from " + table + " where record = 7",
			"create table spoilt_dataset as select digest from base.dataset where id = 2", spoil[0],
		} {
			shard.run(statement)
		}
		head.refuses(wants, "attach.sql", attach...)
		for _, statement := range []string{spoil[1], "drop table spoilt, spoilt_dataset"} {
			shard.run(statement)
		}
	}

	if said := head.done("attach.sql", attach...); !strings.Contains(said, "3 layers with 1110 rows of county 150123 are now read from server shard1") {
		t.Errorf("it said %q", said)
	}
	head.refuses("on another server already", "attach.sql", attach...)
	sameFeatures(t, "there", near(t, layers(t, head.DB, 0)["pbf"], nil, []string{"BSM", "KCXS"}), want)
	places, err := head.Places(t.Context())
	if err != nil || len(places) != 2 || places[0] != (Place{county, "shard1", postgres.Socket() + ":5432"}) || places[1] != (Place{County: "150124"}) {
		t.Errorf("places %+v, %v", places, err)
	}
	if said := head.done("where.sql"); !strings.Contains(said, "150123|shard1|"+postgres.Socket()+":5432|2|3|1110|") || !strings.Contains(said, "150124|(here)||1|1|70|") {
		t.Errorf("counties lie\n%s", said)
	}

	// What is loaded and dropped there is so here: at once for who opens the county,
	// and for who lists counties once the catalogue was copied.
	loadInto(t, shard.DB, source("pbf", parcels(320, "e")))
	if _, err := shard.DropVersions(t.Context(), county, 1, nil, false); err != nil {
		t.Fatal(err)
	}
	version := func() int {
		t.Helper()
		all, err := head.Counties(t.Context())
		if err != nil || len(all) != 2 {
			t.Fatal(all, err)
		}
		return all[0].Version
	}
	if c, ok, err := head.County(t.Context(), county); err != nil || !ok || c.Version != 3 || fmt.Sprint(c.Versions) != "[3]" || version() != 2 {
		t.Errorf("%+v, %t, %v, listed as %d", c, ok, err, version())
	}
	if err := head.CopyCatalogue(t.Context(), places[0]); err != nil || version() != 3 {
		t.Errorf("%v, listed as %d", err, version())
	}
	if d, err := head.DropVersions(t.Context(), county, 1, nil, false); err != nil || d.Layers != 0 {
		t.Errorf("dropped from here: %+v, %v", d, err)
	}

	if said := head.done("detach.sql", "county="+county); !strings.Contains(said, "2 layers with 820 rows of county 150123 are here again") {
		t.Errorf("it said %q", said)
	}
	head.refuses("on no other server", "detach.sql", "county="+county)
	shard.done("unshare.sql", "county="+county, "drop=yes")
	if s := shard.state(); strings.Contains(s, county) || !strings.Contains(s, "dataset r 0") {
		t.Errorf("left there:\n%s", s)
	}
	sameFeatures(t, "back", near(t, layers(t, head.DB, 0)["pbf"], nil, []string{"BSM", "KCXS"}), near(t, parcels(320, "e"), nil, []string{"BSM", "KCXS"}))
	if v := loadInto(t, head.DB, source("pbf", parcels(5, "f"))); v != 4 {
		t.Errorf("the next load is version %d", v)
	}
}

// TestGivenUp: a county whose server will not come back is given up, and loaded
// anew; no other server is asked for that.
func TestGivenUp(t *testing.T) {
	head, shard := newFellow(t), newFellow(t)
	loadInto(t, shard.DB, source("pbf", parcels(30, "a")))
	shard.done("share.sql", "county="+county)
	head.done("server.sql", "server=shard1", "host="+postgres.Socket(), "port=5432", "dbname="+shard.database(), "user=postgres", "password=none")
	head.done("attach.sql", "server=shard1", "county="+county)
	shard.Close()
	if err := postgres.Drop(shard.url); err != nil {
		t.Fatal(err)
	}
	head.refuses("shard1", "detach.sql", "county="+county)
	if said := head.done("detach.sql", "county="+county, "lost=yes"); !strings.Contains(said, "given up") {
		t.Errorf("it said %q", said)
	}
	if all, err := head.Counties(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	loadInto(t, head.DB, source("pbf", parcels(30, "b")))
}

func (f fellow) run(statement string) {
	f.Helper()
	if _, err := f.pool.Exec(f.Context(), statement); err != nil {
		f.Fatalf("%s: %v", statement, err)
	}
}
