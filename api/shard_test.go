package api_test

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"landcheck/geo/postgis/pgtest"
)

// TestServerDown: where the server of one county's base data has crashed, requests
// for that county are answered 503 and name county and server; those for others,
// and lists of all, are answered as ever. When it is back, so is the county.
func TestServerDown(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("two servers")
	}
	const away = "150124"
	var second pgtest.Cluster
	t.Cleanup(second.Stop)
	head, shard := postgres.Database(t), second.Database(t)
	db := prepared(t, head, map[string][]string{county: {baseDir(t)}, away: {baseOf(t, away)}})
	// The sample's counties lie in the same place; this one is to be no neighbour.
	const move = "update base.dataset set lonlat = array[lonlat[1] + 3, lonlat[2], lonlat[3] + 3, lonlat[4]] where county = $1"
	if _, err := db.Pool().Exec(t.Context(), move, away); err != nil {
		t.Fatal(err)
	}
	there := prepared(t, shard, nil)
	name := there.Pool().Config().ConnConfig.Database
	for _, command := range [][]string{
		{"psql", head, "-qXf", "../scripts/shard/server.sql", "-v", "server=shard1", "-v", "host=" + second.Socket(), "-v", "port=5432", "-v", "dbname=" + name, "-v", "user=postgres", "-v", "password=none"},
		{"../scripts/shard/copy.sh", head, shard, away},
		{"psql", shard, "-qXf", "../scripts/shard/share.sql", "-v", "county=" + away},
		{"psql", head, "-qXf", "../scripts/shard/attach.sql", "-v", "server=shard1", "-v", "county=" + away},
	} {
		if out, err := exec.CommandContext(t.Context(), command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", command, err, out)
		}
	}
	s := serve(t, "postgres", setup{db: db})
	const tail = "/pbf/1/0/0.mvt"
	of := func(code string) []string {
		return []string{"/v1/counties/" + code + "/datasets", "/v1/tiles/" + code, "/v1/tiles/" + code + tail, "/v1/counties/" + code + "/room"}
	}
	for _, path := range append(of(county), of(away)[0]) { // what it has read of one that lies away it may keep
		if a := s.get(path); a.status != 200 && a.status != 204 {
			t.Fatalf("before: %s: %d %s", path, a.status, a.body)
		}
	}
	if err := second.Down("immediate"); err != nil {
		t.Fatal(err)
	}
	for _, path := range of(away) {
		a := s.get(path)
		p := a.problem(503, "unavailable")
		if a.header.Get("Retry-After") == "" || !strings.Contains(p.Detail, away) || !strings.Contains(p.Detail, "shard1") || strings.Contains(string(a.body), second.Socket()) {
			t.Errorf("%s: %v %s", path, a.header, a.body)
		}
	}
	var list struct{ Items []struct{ Code string } }
	s.get("/v1/counties").wants(200).into(&list)
	if len(list.Items) != 2 {
		t.Errorf("counties %+v", list)
	}
	for _, path := range append(of(county), "/v1/plans", "/v1/checks", "/readyz") {
		if a := s.get(path); a.status != 200 && a.status != 204 {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if k := s.checked(samplePlan(t, goodPlan)); k.State != "done" {
		t.Errorf("a check of %s: %+v", county, k)
	}
	if err := second.Up(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); s.get("/v1/counties/"+away+"/datasets").status != 200; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the county does not come back")
		}
	}
}
