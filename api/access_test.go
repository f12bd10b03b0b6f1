package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/access"
	"landcheck/api/store"

	"pgregory.net/rapid"
)

// things are what the addresses of a service may name.
type things struct{ plan, project, check, later, finding, rule, rulebook, county, token string }

// address is an operation's address with things in it. A new parameter of the
// description needs something here that there is.
func (x things) address(template string) string {
	switch { // parameters that must be there
	case strings.HasSuffix(template, "/at"):
		template += "?lon=111.48&lat=41.29"
	case template == "/v1/checks/{check}/features":
		template += "?role=townships&feature=1"
	}
	return strings.NewReplacer("{plan}", x.plan, "{project}", x.project, "{check}", x.check, "{later}", x.later, "{finding}", x.finding, "{rule}", x.rule,
		"{rulebook}", x.rulebook, "{county}", x.county, "{token}", x.token, "{load}", "01890000-0000-7000-8000-000000000002", "{role}", "land_use", "{layer}", "faces", "{sheet}", "pbf-after", "{kind}", "cropland-balance",
		"{z}", "0", "{x}", "0", "{y}", "0.mvt", "{collection}", "check."+x.check+".faces", "{feature}", "1").Replace(template)
}

// furnished is a service with one of everything, of one county.
func furnished(s *service, secret string) things {
	s.Helper()
	k := s.checked(samplePlan(s, badPlan), token(secret))
	later := s.checked(samplePlan(s, goodPlan), token(secret))
	t, _, err := api.NewToken("another", store.Submitter, county, nil)
	if err != nil {
		s.Fatal(err)
	}
	if err := s.store.AddToken(s.Context(), t); err != nil {
		s.Fatal(err)
	}
	found := pages[listedFinding](s, k.Links["findings"], token(secret))
	return things{plan: k.Plan, project: "150123-2026-02", check: k.ID, later: later.ID, finding: found[0].ID, rule: "pbf-township-cap", rulebook: "nmg-2025", county: county, token: t.ID}
}

// operationsUnder lists what the description has under an address.
func operationsUnder(t testing.TB, prefix string) []operation {
	t.Helper()
	c, err := promises()
	if err != nil {
		t.Fatal(err)
	}
	var out []operation
	for _, o := range c.operations {
		if strings.HasPrefix(o.address, prefix) {
			out = append(out, o)
		}
	}
	return out
}

// TestInvisible: what lies outside a caller's prefix is not there, whatever
// is done to it: the same 404 as for an id that there never was. Inside it is.
func TestInvisible(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{key: newKey(t)}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		have := furnished(s, admin)
		none := things{plan: "00000000000000000000", project: "nobody", check: "01890000-0000-7000-8000-000000000000", later: "01890000-0000-7000-8000-000000000001",
			finding: "0000000000000000", rule: have.rule, rulebook: have.rulebook, county: "999999", token: "000000000000"}
		secrets := map[string]string{}
		for _, prefix := range []string{"", "1501", "150123", "2", "1502", "150124", "150123101"} {
			secrets[prefix] = s.newToken(store.Admin, prefix)
		}
		sees := func(prefix string) bool { return strings.HasPrefix(county, prefix) }
		prefixes := []string{}
		for p := range secrets {
			prefixes = append(prefixes, p)
		}
		slices.Sort(prefixes)
		var named []operation // TestLoads has loads
		for _, o := range operationsUnder(t, "/v1/") {
			if strings.Contains(o.address, "{") && !strings.Contains(o.address, "{rulebook}") && !strings.Contains(o.address, "{load}") && o.method == http.MethodGet {
				named = append(named, o)
			}
		}
		if len(named) < 10 {
			t.Fatalf("%d operations", len(named))
		}
		for _, prefix := range prefixes {
			for _, o := range named {
				if strings.HasSuffix(o.address, "/events") && sees(prefix) {
					continue // its own test
				}
				a := s.do(o.method, have.address(o.address), token(secrets[prefix]))
				if sees(prefix) {
					refused := a.status == 409 && strings.Contains(o.address, "/exports/") // of a plan that is not compliant
					if a.status != 200 && a.status != 204 && !refused {
						t.Errorf("%q is refused %s: %d %s", prefix, o.address, a.status, a.body)
					}
					continue
				}
				b := s.do(o.method, none.address(o.address), token(secrets[prefix]))
				is, isNot := a.problem(404, "not-found"), b.problem(404, "not-found")
				is.Detail = strings.NewReplacer(have.plan, none.plan, have.project, none.project, have.check, none.check, have.county, none.county).Replace(is.Detail)
				if is != isNot {
					t.Errorf("%s tells %q that there is something: %+v, of nothing %+v", o.address, prefix, is, isNot)
				}
			}
			for _, path := range []string{"/v1/plans", "/v1/checks", "/v1/counties"} {
				if got := pages[map[string]any](s, path, token(secrets[prefix])); sees(prefix) != (len(got) > 0) {
					t.Errorf("%q sees %d of %s", prefix, len(got), path)
				}
			}
			for _, tk := range pages[store.Token](s, "/v1/tokens", token(secrets[prefix])) {
				if !strings.HasPrefix(tk.Prefix, prefix) {
					t.Errorf("%q sees the token of %q", prefix, tk.Prefix)
				}
			}
			for _, e := range pages[store.Entry](s, "/v1/audit", token(secrets[prefix])) {
				if !strings.HasPrefix(e.County, prefix) {
					t.Errorf("%q sees the audit entry %+v", prefix, e)
				}
			}
			if !sees(prefix) {
				s.do("POST", have.address("/v1/plans/{plan}/checks"), token(secrets[prefix])).problem(404, "not-found")
				s.do("DELETE", have.address("/v1/checks/{check}"), token(secrets[prefix])).problem(404, "not-found")
				s.do("POST", "/v1/plans", sending("application/zip", samplePlan(t, goodPlan)), token(secrets[prefix])).problem(403, "forbidden")
			}
			if !strings.HasPrefix(county, prefix) {
				s.do("DELETE", have.address("/v1/tokens/{token}"), token(secrets[prefix])).problem(404, "not-found")
			}
		}
		// A difference shows two checks: both must be in sight.
		s.get(fmt.Sprintf("/v1/checks/%s/diff/%s", have.check, none.later), token(admin)).problem(404, "not-found")
	})
}

// TestPrefix: for any prefix and any county, what is seen is what starts with
// the prefix.
func TestPrefix(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	admin := s.newToken(store.Admin, "")
	plans := map[string]string{}
	for _, code := range []string{"150123", "150124", "152201", "220102"} {
		p := s.upload(replaced(t, samplePlan(t, goodPlan), "format: 1\nproject: {county: \""+code+"\"}\n"), token(admin))
		plans[code] = p.ID
	}
	digits := rapid.StringOfN(rapid.SampledFrom([]rune("0125")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		prefix := digits.Draw(t, "prefix")
		secret := s.newToken(store.Submitter, prefix)
		for code, id := range plans {
			want := 404
			if strings.HasPrefix(code, prefix) {
				want = 200
			}
			if a := s.get("/v1/plans/"+id, token(secret)); a.status != want {
				t.Fatalf("%q gets %d for a plan of %s", prefix, a.status, code)
			}
		}
		var listed []string
		for _, p := range pages[planAnswer](s, "/v1/plans?limit=1", token(secret)) {
			listed = append(listed, p.County)
		}
		for code := range plans {
			if slices.Contains(listed, code) != strings.HasPrefix(code, prefix) {
				t.Fatalf("%q lists %v", prefix, listed)
			}
		}
	})
}

// TestRoles: submitters upload and check, reviewers read the audit trail too,
// administrators make tokens too, of their own area.
func TestRoles(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true}, func(t *testing.T, s *service) {
		ask := func(role store.Role, method, path string, calls ...call) *answer {
			return s.do(method, path, append(calls, token(s.newToken(role, "1501")))...)
		}
		order := sendingJSON(`{"name": "示例镇", "role": "reviewer", "prefix": "150123"}`)
		for role, want := range map[store.Role][3]int{store.Submitter: {403, 403, 403}, store.Reviewer: {200, 403, 403}, store.Admin: {200, 200, 201}} {
			for i, a := range []*answer{ask(role, "GET", "/v1/audit"), ask(role, "GET", "/v1/tokens"), ask(role, "POST", "/v1/tokens", order)} {
				if a.status != want[i] {
					t.Errorf("%s gets %d, want %d: %s", role, a.status, want[i], a.body)
				}
			}
			if a := ask(role, "DELETE", "/v1/tokens/none"); (role == store.Admin) != (a.status == 404) {
				t.Errorf("%s revokes: %d", role, a.status)
			}
			var me struct{ Name, Role, Prefix, Version string }
			ask(role, "GET", "/v1/me").wants(200).into(&me)
			if me.Role != string(role) || me.Prefix != "1501" || me.Version != version {
				t.Errorf("%+v", me)
			}
			var k checkAnswer
			p := s.upload(samplePlan(t, goodPlan), token(s.newToken(role, county)))
			ask(role, "POST", p.Links["checks"]).wants(202).into(&k)
			ask(role, "DELETE", k.Links["self"]).wants(200)
		}
	})
}

// TestTokens: a token is made, gives access, and is revoked; its secret is
// shown once and its hash never.
func TestTokens(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, bare: true}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "1501")
		var made struct {
			store.Token
			Secret string
		}
		expires := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
		body := fmt.Sprintf(`{"name": " 示例镇自然资源所 ", "role": "submitter", "prefix": "150123", "expires": %q}`, expires.Format(time.RFC3339))
		a := s.do("POST", "/v1/tokens", sendingJSON(body), token(admin)).wants(201)
		a.into(&made)
		if made.Name != "示例镇自然资源所" || made.Prefix != county || made.Expires == nil || !made.Expires.Equal(expires) {
			t.Errorf("%+v", made)
		}
		s.get("/v1/plans", token(made.Secret)).wants(200)
		listing := string(s.get("/v1/tokens", token(admin)).wants(200).body)
		if strings.Contains(listing, made.Secret) || strings.Contains(listing, access.HashToken(made.Secret)) || !strings.Contains(listing, made.ID) {
			t.Errorf("%s", listing)
		}
		s.do("DELETE", "/v1/tokens/"+made.ID, token(admin)).wants(204)
		s.do("DELETE", "/v1/tokens/"+made.ID, token(admin)).wants(204)
		s.get("/v1/plans", token(made.Secret)).problem(401, "unauthorized")

		for _, c := range []struct {
			body, kind, field string
			status            int
		}{
			{`{"name": "", "role": "admin", "prefix": "150123"}`, "bad-body", "name", 422},
			{`{"name": "a\u0000b", "role": "admin", "prefix": "150123"}`, "bad-body", "name", 422},
			{`{"name": "a", "role": "root", "prefix": "150123"}`, "bad-body", "role", 422},
			{`{"name": "a", "role": "admin", "prefix": "15x"}`, "bad-body", "prefix", 422},
			{`{"name": "a", "role": "admin", "prefix": "150123", "expires": "2001-01-01T00:00:00Z"}`, "bad-body", "expires", 422},
			{`{"name": "a", "role": "admin", "prefix": "150123", "expires": "tomorrow"}`, "bad-body", "expires", 422},
			{`{"name": "a", "role": 7}`, "bad-body", "role", 400},
			{`{"name": "a", "role": "admin", "colour": "red"}`, "bad-body", "colour", 400},
			{`{"name": "a", "role": "admin", "prefix": "2201"}`, "forbidden", "prefix", 403},
			{`{"name": "a", "role": "admin", "prefix": ""}`, "forbidden", "prefix", 403},
			{`{"name": "a", "role": "admin"}`, "bad-body", "prefix", 422},
			{`{"name": "a", "role": "admin", "prefix": null}`, "bad-body", "prefix", 400},
			{strings.Repeat(" ", 5000), "too-large", "", 413},
		} {
			if p := s.do("POST", "/v1/tokens?lang=en", sendingJSON(c.body), token(admin)).problem(c.status, c.kind); p.Field != c.field || p.Advice == "" {
				t.Errorf("%.80s: %+v", c.body, p)
			}
		}
		s.do("POST", "/v1/tokens", sending("text/plain", []byte("{}")), token(admin)).problem(415, "unsupported-media-type")
	})
}

// TestAccess: who may come in, and who may not.
func TestAccess(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, bare: true}, func(t *testing.T, s *service) {
		var me struct{ Name, Role string }
		s.get("/v1/me").wants(200).into(&me)
		if me.Name != "local" || me.Role != "admin" {
			t.Errorf("%+v", me)
		}
		// Access is open to this machine only, whatever a browser is made to ask.
		host := func(name string) call { return func(r *http.Request) { r.Host = name } }
		s.get("/v1/me", host("localhost:8080")).wants(200)
		s.get("/v1/me", host("[::1]:8080")).wants(200)
		for _, elsewhere := range []call{host("plans.example.cn"), host("10.0.0.7:8080"), host("127.0.0.1.example.cn"), host("localhost.example.cn"),
			with("X-Forwarded-For", "10.0.0.7"), with("Forwarded", "for=10.0.0.7")} {
			s.get("/v1/me", elsewhere).problem(401, "unauthorized")
		}
		good := s.newToken(store.Submitter, county)
		s.get("/v1/me", token(good)).wants(200)
		s.get("/v1/me", with("Authorization", "bearer "+good), host("plans.example.cn")).wants(200)
		for name, calls := range map[string][]call{
			"none":         {},
			"unknown":      {token("lc_" + strings.Repeat("0", 64))},
			"empty":        {with("Authorization", "Bearer ")},
			"another kind": {with("Authorization", "Basic "+good)},
			"its hash":     {token(access.HashToken(good))},
			"expired":      {token(s.expiredToken(store.Admin, ""))},
			"in the query": {func(r *http.Request) { r.URL.RawQuery = "access_token=" + good }},
		} {
			a := s.get("/v1/me", calls...)
			if p := a.problem(401, "unauthorized"); a.header.Get("WWW-Authenticate") == "" || p.Advice == "" {
				t.Errorf("%s: %v", name, a.header)
			}
		}
		// The last token revoked does not open the door again.
		tokens, err := s.store.ListTokens(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range tokens {
			if err := s.store.RevokeToken(t.Context(), one.ID); err != nil {
				t.Fatal(err)
			}
		}
		s.get("/v1/me").problem(401, "unauthorized")
		s.get("/v1/me", token(good)).problem(401, "unauthorized")
	})
}

// TestAudit: every upload, check, download and token change leaves a line with
// who, what, digest, when and the request; nothing can take it away.
func TestAudit(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		k := s.checked(samplePlan(t, goodPlan), token(admin))
		var p planAnswer
		s.get("/v1/plans/"+k.Plan, token(admin)).into(&p)
		s.get(p.Links["package"], token(admin)).wants(200)
		report := s.get(k.Links["report"], token(admin)).wants(200)
		s.get(k.Links["report"], token(admin), with("If-None-Match", report.header.Get("ETag"))).wants(304)
		var made struct{ ID string }
		s.do("POST", "/v1/tokens", sendingJSON(`{"name": "x", "role": "submitter", "prefix": "150123"}`), token(admin)).wants(201).into(&made)
		s.do("DELETE", "/v1/tokens/"+made.ID, token(admin)).wants(204)
		entries := pages[store.Entry](s, "/v1/audit?limit=2", token(admin))
		want := []store.Entry{
			{What: "token-revoke", Object: made.ID, County: county},
			{What: "token-create", Object: made.ID, County: county},
			{What: "report", Object: k.ID, County: county},
			{What: "download", Object: p.ID, County: county, Digest: p.Digest},
			{What: "check", Object: k.ID, County: county, Digest: p.Digest},
			{What: "upload", Object: p.ID, County: county, Digest: p.Digest},
		}
		if len(entries) != len(want) {
			t.Fatalf("%+v", entries)
		}
		for i, e := range entries {
			if e.What != want[i].What || e.Object != want[i].Object || e.County != want[i].County || e.Digest != want[i].Digest ||
				e.Who != "admin of" || e.Request == "" || time.Since(e.Time) > time.Minute {
				t.Errorf("%+v, want %+v", e, want[i])
			}
		}
		if entries[2].Request != report.header.Get("X-Request-Id") {
			t.Errorf("the report's entry names request %s, the answer %s", entries[2].Request, report.header.Get("X-Request-Id"))
		}
		for _, method := range []string{"DELETE", "PUT", "PATCH", "POST"} {
			a := s.do(method, "/v1/audit", token(admin))
			if a.problem(405, "method-not-allowed"); !strings.Contains(a.header.Get("Allow"), "GET") {
				t.Errorf("Allow: %q", a.header.Get("Allow"))
			}
			s.do(method, "/v1/audit/"+entries[0].ID, token(admin)).problem(404, "not-found")
		}
		after, err := json.Marshal(pages[store.Entry](s, "/v1/audit", token(admin)))
		if err != nil {
			t.Fatal(err)
		}
		if before, _ := json.Marshal(entries); string(before) != string(after) {
			t.Error("the audit trail has changed")
		}
	})
}
