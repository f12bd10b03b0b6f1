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

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/geo/postgis/pgtest"
	"landcheck/geo/transient"
	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
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

// move moves a county to another server, as the manual says: copy, share, attach.
func (s *server) move(county string, to *server, as string) {
	s.Helper()
	if out, err := exec.Command("../../../scripts/shard/copy.sh", s.url, to.url, county).CombinedOutput(); err != nil {
		s.Fatalf("copy: %v\n%s", err, out)
	}
	to.script("share.sql", "county="+county)
	s.script("attach.sql", "server="+as, "county="+county)
}

// TestPruneElsewhere: old versions of a county on another server are removed
// there, and pruning here says so.
func TestPruneElsewhere(t *testing.T) {
	t.Parallel()
	head, shard := newServer(t, &cluster), newServer(t, &cluster)
	for i := range 3 {
		for s, county := range map[*server]string{head: "150123", shard: "150124"} {
			layer := geo.NewMemory(&geo.Table{Name: "YJJBNT", CRS: geo.CRS{Kind: geo.Geographic}, Rows: []geo.Feature{{Record: i + 1}}}, "YJJBNT.shp", "", nil)
			if _, err := s.db.Load(t.Context(), county, []postgis.Source{{Role: "pbf", Layer: layer}}, postgis.LoadOptions{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	shard.script("share.sql", "county=150124")
	head.script("server.sql", "server=shard1", "host="+cluster.Socket(), "port=5432", "dbname="+shard.name(), "user=postgres", "password=none")
	head.script("attach.sql", "server=shard1", "county=150124")
	prune := func(s *server) store.Pruned {
		t.Helper()
		gone, err := opened(t, s.db, Options{}).Prune(t.Context(), store.Retention{Versions: 1, By: "test"})
		if err != nil {
			t.Fatal(err)
		}
		return gone
	}
	for range 2 {
		gone := prune(head)
		if len(gone.Counties) == 1 && gone.Counties[0].County != "150123" || len(gone.Elsewhere) != 1 || gone.Elsewhere[0] != (store.LeftCounty{County: "150124", Server: "shard1"}) {
			t.Errorf("%+v", gone)
		}
	}
	if gone := prune(shard); len(gone.Counties) != 1 || !slices.Equal(gone.Counties[0].Versions, []int{1, 2}) || len(gone.Elsewhere) != 0 {
		t.Errorf("there: %+v", gone)
	}
	if c, ok, err := head.db.County(t.Context(), "150124"); err != nil || !ok || !slices.Equal(c.Versions, []int{3}) {
		t.Errorf("%+v, %t, %v", c, ok, err)
	}
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
	reports := func(plans ...string) (all []written) {
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
	for _, w := range reports(plans...) {
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
	apart := reports(plans...)
	for _, w := range apart {
		if want := together[w.name]; !bytes.Equal(w.json, want.json) || !bytes.Equal(w.ledger, want.ledger) || !bytes.Equal(w.findings, want.findings) || !bytes.Equal(w.drawing, want.drawing) {
			t.Errorf("%s: the reports differ", w.name)
		}
	}
	if len(apart) != len(together) || len(apart) != 9 {
		t.Errorf("%d reports, %d before", len(apart), len(together))
	}

	// A server that crashed stops its own counties, and is named.
	if err := second.Down("immediate"); err != nil {
		t.Fatal(err)
	}
	s := opened(t, head.db, Options{})
	if all, err := s.Counties(t.Context(), ""); err != nil || len(all) != 3 {
		t.Errorf("counties %+v, %v", all, err)
	}
	for county := range counties {
		datasets, err := s.Datasets(t.Context(), county)
		b, _, opening := s.Base(t.Context(), county, 0, orb.Bound{Min: orb.Point{1, 1}}, nil) // near nothing
		if county != "150124" {
			if err != nil || len(datasets) == 0 || opening != nil {
				t.Fatalf("%s: %d datasets, %v, %v", county, len(datasets), err, opening)
			}
			b.Close()
			continue
		}
		for _, err := range []error{err, opening} {
			f, ok := geo.AsInputError(err)
			if !ok || !transient.Is(err) || f.Wants != geo.ServerInput || !strings.Contains(f.Message.EN, "150124 is on server shard1") || !strings.Contains(f.Message.ZH, "shard1") {
				t.Errorf("of a county whose server is down: %v", err)
			}
		}
	}
	// A plan of another county that reaches into it is not judged without it.
	everywhere := orb.Bound{Min: orb.Point{110, 40}, Max: orb.Point{113, 42}}
	if _, _, err := s.Base(t.Context(), "150123", 0, everywhere, []string{"150124", "150125"}); !transient.Is(err) || !strings.Contains(err.Error(), "150124") {
		t.Errorf("of a plan that reaches into it: %v", err)
	}
	if err := second.Up(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Datasets(t.Context(), "150124"); err != nil {
		t.Errorf("its server is back: %v", err)
	}

	// A county that comes back gives the reports of the beginning.
	head.script("detach.sql", "county=150125")
	for _, w := range reports(plans[0]) {
		if want := together[w.name]; !bytes.Equal(w.json, want.json) || !bytes.Equal(w.ledger, want.ledger) {
			t.Errorf("%s: the reports differ once 150125 is back", w.name)
		}
	}

	// What is loaded there is the current version here at once; here it is refused.
	load(t, shards[0].db, "150124", base)
	places, err := head.db.Places(t.Context())
	if err != nil || len(places) != 3 {
		t.Fatal(places, err)
	}
	for _, p := range places {
		if err := head.db.CopyCatalogue(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	all, err := head.db.Counties(t.Context())
	if err != nil || len(all) != 3 || all[0].Version != 1 || all[1].Version != 2 || all[2].Version != 1 {
		t.Errorf("counties %+v, %v", all, err)
	}
	_, err = head.db.Load(t.Context(), "150124", []postgis.Source{{Role: "pbf", Layer: geo.NewMemory(&geo.Table{Name: "x"}, "x", "", nil)}}, postgis.LoadOptions{})
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN, "another server") {
		t.Errorf("a load in the wrong place: %v", err)
	}
}
