package api_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"landcheck/api/store"
)

// TestMetricsApart: metrics are at an address of their own, for who is on this
// machine; a service that is told to has them beside it.
func TestMetricsApart(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{idle: true, bare: true})
	at := func(url, host string) int {
		t.Helper()
		r, err := http.NewRequest("GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			r.Host = host
		}
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			t.Fatal(err)
		}
		return response.StatusCode
	}
	defer http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	for _, c := range []struct {
		url, host string
		want      int
	}{
		{s.url + "/metrics", "", 404}, {s.meter + "/metrics", "", 200}, {s.meter + "/metrics", "localhost:9180", 200},
		{s.meter + "/metrics", "evil.example:9180", 404}, {s.meter + "/v1/plans", "", 404}, {s.meter + "/healthz", "", 404},
		{s.url + "/healthz", "", 200}, {s.url + "/readyz", "", 200},
	} {
		if got := at(c.url, c.host); got != c.want {
			t.Errorf("%s as %q: %d, want %d", c.url, c.host, got, c.want)
		}
	}
	here := serve(t, "embedded", setup{idle: true, bare: true, metricsHere: true})
	if got := at(here.url+"/metrics", "landcheck.example.gov.cn"); got != 200 {
		t.Errorf("beside the service: %d", got)
	}
}

// TestFirstToken: while there is no token nobody makes one over the network,
// not even from this machine; the refusal says what to do.
func TestFirstToken(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, bare: true}, func(t *testing.T, s *service) {
		order := sendingJSON(`{"name": "x", "role": "admin", "prefix": ""}`)
		p := s.do("POST", "/v1/tokens?lang=en", order).problem(403, "forbidden")
		if !strings.Contains(p.Advice, "landcheck token create") || !strings.Contains(p.Detail, "command line") {
			t.Errorf("%+v", p)
		}
		if all, err := s.store.ListTokens(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("%v %v", all, err)
		}
		s.do("POST", "/v1/tokens", order, token(s.newToken(store.Admin, ""))).wants(201)
	})
}

// TestHeldToHTTPS: where the public address is https, browsers are told to stay
// with it; elsewhere they would be locked out.
func TestHeldToHTTPS(t *testing.T) {
	t.Parallel()
	for public, want := range map[string]string{"https://plans.example.cn": "max-age=31536000", "http://10.0.0.7:8080": "", "": ""} {
		s := serve(t, "embedded", setup{idle: true, bare: true, public: public, noSpeak: true}) // the page is in no description
		for _, path := range []string{"/", "/v1/me", "/v1/nothing", "/healthz"} {
			if got := s.get(path).header.Get("Strict-Transport-Security"); got != want {
				t.Errorf("%q %s: %q", public, path, got)
			}
		}
	}
}

// TestLinksAsConfigured: links name the public address, or what the caller
// wrote; what anybody may add to a request changes nothing.
func TestLinksAsConfigured(t *testing.T) {
	t.Parallel()
	self := func(s *service, calls ...call) string {
		var landing struct{ Links []struct{ Href, Rel string } }
		s.get("/v1/ogc", calls...).wants(200).into(&landing)
		i := slices.IndexFunc(landing.Links, func(l struct{ Href, Rel string }) bool { return l.Rel == "self" })
		return landing.Links[i].Href
	}
	public := serve(t, "embedded", setup{idle: true, bare: true, public: "https://plans.example.cn/"})
	if got := self(public); got != "https://plans.example.cn/v1/ogc" {
		t.Error(got)
	}
	plain := serve(t, "embedded", setup{idle: true, bare: true})
	if got := self(plain, with("X-Forwarded-Proto", "https"), with("X-Url-Scheme", "javascript")); got != plain.url+"/v1/ogc" {
		t.Error(got)
	}
}

// TestBaseLayers: where base layers are the reviewers', a submitter is offered
// none and given none, by no address, and his checks go on.
func TestBaseLayers(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{layers: store.Reviewer}, func(t *testing.T, s *service) {
		clerk, reviewer, stranger := s.newToken(store.Submitter, county), s.newToken(store.Reviewer, county), s.newToken(store.Submitter, "2201")
		k := s.checked(samplePlan(t, badPlan), token(clerk))
		for _, path := range []string{"/v1/tiles/150123", "/v1/tiles/150123/land_use/0/0/0.mvt", "/v1/ogc/collections/150123.pbf",
			"/v1/ogc/collections/150123.pbf/items", "/v1/ogc/collections/150123.pbf/items/1", "/v1/ogc/collections/150123.pbf/queryables"} {
			p := s.get(path+"?lang=en", token(clerk)).problem(403, "forbidden")
			if q := s.get(path+"?lang=en", token(stranger)).problem(403, "forbidden"); p != q || !strings.Contains(p.Detail, "reviewer") {
				t.Errorf("%s: %+v, %+v", path, p, q)
			}
			if a := s.get(path, token(reviewer)); a.status != 200 && a.status != 204 {
				t.Errorf("%s: a reviewer gets %d", path, a.status)
			}
		}
		offered := func(secret string) (base bool, landing string, me struct {
			Base bool `json:"base_layers"`
		}) {
			all := string(s.get("/v1/ogc/collections", token(secret)).wants(200).body)
			if !strings.Contains(all, "check."+k.ID+".findings") {
				t.Error("the check is not offered")
			}
			s.get("/v1/me", token(secret)).wants(200).into(&me)
			return strings.Contains(all, "150123.pbf"), string(s.get("/v1/ogc?lang=en", token(secret)).wants(200).body), me
		}
		if base, landing, me := offered(clerk); base || me.Base || strings.Contains(landing, "Base data") {
			t.Errorf("a submitter is offered base layers: %v %v %s", base, me, landing)
		}
		if base, landing, me := offered(reviewer); !base || !me.Base || !strings.Contains(landing, "Base data") {
			t.Errorf("a reviewer is not offered base layers: %v %v %s", base, me, landing)
		}
		for secret, want := range map[string]bool{clerk: false, reviewer: true} {
			var o struct {
				Base bool `json:"base_layers"`
			}
			if s.get("/v1/checks/"+k.ID+"/overview", token(secret)).wants(200).into(&o); o.Base != want {
				t.Errorf("the overview says %v, want %v", o.Base, want)
			}
		}
	})
}
