package api_test

import (
	"fmt"
	"sync"
	"testing"

	"landcheck/api"
	"landcheck/api/store"
)

// TestReadingAudit: who read what is in the audit trail, once for each caller
// and object, not for every tile and page; what is refused is no reading.
func TestReadingAudit(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		k := s.checked(samplePlan(t, badPlan), token(admin))
		later := s.checked(samplePlan(t, goodPlan), token(admin))
		made, clerk, err := api.NewToken("clerk", store.Submitter, county, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.store.AddToken(t.Context(), made); err != nil {
			t.Fatal(err)
		}
		found := pages[listedFinding](s, k.Links["findings"], token(clerk))
		self := "/v1/checks/" + k.ID
		for range 3 {
			for _, path := range []string{k.Links["findings"] + "?limit=1", self + "/findings/" + found[0].ID, k.Links["ledger"] + "?limit=1", k.Links["report"], k.Links["report"] + "?f=html",
				self + "/overview", self + "/diff/" + later.ID, "/v1/ogc/collections/150123.pbf/items?limit=1", "/v1/ogc/collections/check." + k.ID + ".faces/items"} {
				s.get(path, token(clerk)).wants(200)
			}
			var tiles sync.WaitGroup
			for n := range 20 {
				tiles.Go(func() {
					s.get(fmt.Sprintf("/v1/tiles/150123/land_use/5/%d/0.mvt", n), token(clerk))
					s.get(fmt.Sprintf("%s/tiles/land_use_change/5/%d/0.mvt", self, n), token(clerk))
				})
			}
			tiles.Wait()
			s.get("/v1/plans/"+k.Plan+"/package", token(clerk), with("Range", "bytes=0-9")).wants(206)
		}
		s.get("/v1/tiles/150123/nothing/0/0/0.mvt", token(clerk)).wants(404)
		s.get(self+"/report", token(s.newToken(store.Submitter, "2201"))).wants(404)
		got := map[string]int{}
		for _, e := range pages[store.Entry](s, "/v1/audit?limit=1000", token(admin)) {
			if e.Who == "clerk" {
				got[e.What+" "+e.Object]++
				if e.County != county || e.Request == "" {
					t.Errorf("%+v", e)
				}
			}
		}
		want := []string{"findings " + k.ID, "ledger " + k.ID, "report " + k.ID, "overview " + k.ID, "diff " + k.ID, "diff " + later.ID,
			"base-layer 150123.pbf", "base-layer 150123.land_use", "plan-layers " + k.ID, "download " + k.Plan}
		for _, one := range want {
			if got[one] != 1 {
				t.Errorf("%s is in the trail %d times", one, got[one])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v", got)
		}
	})
}

// TestUnrecordedReading: what cannot be written into the audit trail is not
// given out.
func TestUnrecordedReading(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	k := s.checked(samplePlan(t, goodPlan))
	m.auditFull()
	self := "/v1/checks/" + k.ID
	for _, path := range []string{self + "/findings", self + "/ledger", self + "/report", self + "/overview", self + "/diff/" + k.ID, "/v1/tiles/150123/land_use/0/0/0.mvt",
		self + "/tiles/findings/0/0/0.mvt", "/v1/ogc/collections/150123.pbf/items", "/v1/ogc/collections/check." + k.ID + ".findings/items"} {
		s.get(path).problem(500, "internal")
	}
	m.set(nil)
}
