package postgres

import (
	"bytes"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/geo/postgis/pgtest"
	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/sample"
)

// server is one PostgreSQL server of several.
type server struct {
	*testing.T
	cluster *pgtest.Cluster
	url     string
	db      *postgis.DB
}

func newServer(t *testing.T, c *pgtest.Cluster) *server {
	t.Helper()
	s := &server{T: t, cluster: c, url: c.Database(t)}
	var err error
	if s.db, err = postgis.Open(t.Context(), s.url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.db.Close)
	if _, err := Migrate(t.Context(), s.db); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *server) name() string { return s.db.Pool().Config().ConnConfig.Database }

// script runs one of the administrator's scripts.
func (s *server) script(file string, variables ...string) {
	s.Helper()
	args := []string{s.url, "-qX", "-f", filepath.Join("../../../scripts/shard", file)}
	for _, v := range variables {
		args = append(args, "-v", v)
	}
	if out, err := exec.Command("psql", args...).CombinedOutput(); err != nil {
		s.Fatalf("%s: %v\n%s", file, err, out)
	}
}

// move moves a county to another server, as README says: dump, restore, share,
// attach.
func (s *server) move(county string, to *server, as string) {
	s.Helper()
	dump, err := exec.Command("pg_dump", s.url, "--no-owner", "-t", "base.dataset_"+county, "-t", "base.feature_"+county+"_*").Output()
	if err != nil {
		s.Fatalf("pg_dump: %v", err)
	}
	restore := exec.Command("psql", to.url, "-qX1", "-v", "ON_ERROR_STOP=1")
	restore.Stdin = bytes.NewReader(dump)
	if out, err := restore.CombinedOutput(); err != nil {
		s.Fatalf("restore: %v\n%s", err, out)
	}
	to.script("share.sql", "county="+county)
	s.script("attach.sql", "server="+as, "county="+county)
}

// TestThreeServers: counties that lie on other servers give the same reports
// as on one, also for plans that cross from one server's county into another's.
func TestThreeServers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("three servers, each with a county")
	}
	var second, third pgtest.Cluster
	t.Cleanup(second.Stop)
	t.Cleanup(third.Stop)
	head, shards := newServer(t, &cluster), []*server{newServer(t, &second), newServer(t, &third)}
	dir := t.TempDir()
	base := filepath.Join(dir, "base")
	county, err := sample.New(sample.Options{Parcels: 2000})
	if err == nil {
		err = county.WriteBase(t.Context(), base)
	}
	if err != nil {
		t.Fatal(err)
	}
	concurrently(t, base, filepath.Join(dir, "150124"), 3000, false)
	concurrently(t, base, filepath.Join(dir, "150125"), -3000, true)
	counties := map[string]string{"150123": base, "150124": filepath.Join(dir, "150124"), "150125": filepath.Join(dir, "150125")}
	for county, path := range counties {
		load(t, head.db, county, path)
	}
	var plans []string
	for i := range 3 {
		plans = append(plans, filepath.Join(dir, fmt.Sprint("random-", i)))
		randomPlan(t, uint64(100+i), plans[i], base)
	}
	reports := func() (all []written) {
		t.Helper()
		s := opened(t, head.db, Options{})
		for _, path := range plans {
			p, err := plan.Open(t.Context(), path, plan.Options{})
			if err != nil {
				t.Fatal(err)
			}
			near, err := p.Around()
			if err != nil {
				t.Fatal(err)
			}
			book, err := check.Book("", p)
			if err != nil {
				t.Fatal(err)
			}
			for county := range counties {
				b, version, err := s.Base(t.Context(), county, 0, near, slices.Collect(maps.Keys(counties)))
				if err != nil || version != 1 {
					t.Fatal(version, err)
				}
				w := outcome(t, p, b, book)
				w.name = county + " " + path
				all = append(all, w)
				if err := b.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
		return all
	}
	together := map[string]written{}
	for _, w := range reports() {
		together[w.name] = w
	}

	for i, s := range shards {
		head.script("server.sql", fmt.Sprintf("server=shard%d", i+1), "host="+s.cluster.Socket(), "port=5432", "dbname="+s.name(), "user=postgres", "password=none")
	}
	head.move("150124", shards[0], "shard1")
	head.move("150125", shards[1], "shard2")
	var here int
	if err := head.db.Pool().QueryRow(t.Context(), "select count(*) from only base.feature").Scan(&here); err != nil || here != 0 {
		t.Error(here, err)
	}
	apart := reports()
	for _, w := range apart {
		if want := together[w.name]; !bytes.Equal(w.json, want.json) || !bytes.Equal(w.ledger, want.ledger) || !bytes.Equal(w.findings, want.findings) || !bytes.Equal(w.drawing, want.drawing) {
			t.Errorf("%s: the reports differ", w.name)
		}
	}
	if len(apart) != len(together) || len(apart) != 9 {
		t.Errorf("%d reports, %d before", len(apart), len(together))
	}

	// What is loaded there is the current version here at once; here it is refused.
	load(t, shards[0].db, "150124", base)
	all, err := head.db.Counties(t.Context())
	if err != nil || len(all) != 3 || all[0].Version != 1 || all[1].Version != 2 || all[2].Version != 1 {
		t.Errorf("counties %+v, %v", all, err)
	}
	_, err = head.db.Load(t.Context(), "150124", []postgis.Source{{Role: "pbf", Layer: geo.NewMemory(&geo.Table{Name: "x"}, "x", "", nil)}}, postgis.LoadOptions{})
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN, "another server") {
		t.Errorf("a load in the wrong place: %v", err)
	}
}
