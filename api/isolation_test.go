package api_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/api/store"
)

// TestIsolation: what callers are answered says nothing of a county that they
// do not see, whatever they draw where, and on whatever route. Each run asks
// everything of two services: one with four counties side by side and others'
// plans and checks, one with the caller's counties only. Both must give the
// same answers, without a mark, a code or a corner of the others.
func TestIsolation(t *testing.T) {
	t.Parallel()
	bases := map[string][]string{}
	for i, code := range lands {
		bases[code] = []string{landBase(t, i)}
	}
	draws := map[string]int{"embedded": 12, "postgres": 3}
	if testing.Short() {
		draws = map[string]int{"embedded": 3} // one by each credential
	}
	for kind, runs := range draws {
		for run := range runs {
			t.Run(fmt.Sprint(kind, " ", run), func(t *testing.T) {
				r := rand.New(rand.NewPCG(uint64(run), 5))
				prefix := []string{"1572", "1571", "157223", "157123", "15", "32", "", "157223101", "1"}[run%9]
				isolated(t, kind, bases, prefix, credentials[(run+run/3)%3], r)
			})
		}
	}
}

func isolated(t *testing.T, kind string, bases map[string][]string, prefix string, cred credential, r *rand.Rand) {
	d, role := draw(r), []store.Role{store.Submitter, store.Reviewer, store.Admin}[r.IntN(3)]
	for n := 0; n < 20 && !store.Sees(prefix, lands[d.says]); n++ { // else it is refused
		d = draw(r)
	}
	t.Logf("%s of %q by %s; the plan %v", role, prefix, cred, d)
	o := setup{bases: bases, key: newKey(t)}
	b := cred.issuer(t, &o)
	all := &scene{service: serve(t, kind, o)}
	o.bases = within(prefix, bases)
	alone := &scene{service: serve(t, kind, o)}
	for _, s := range []*scene{all, alone} {
		s.admin, s.caller = s.newToken(store.Admin, ""), cred.secret(s.service, b, role, prefix)
		var me struct {
			Role   store.Role
			Prefix string
		}
		if s.get("/v1/me", token(s.caller)).wants(http.StatusOK).into(&me); me.Role != role || me.Prefix != prefix {
			t.Fatalf("the caller is let in as %+v", me)
		}
	}
	all.act(d, foreign(prefix))
	alone.act(d, nil)
	if k := all.adminCheck(d); k.ID != "" && k.SeenBy(prefix) {
		alone.adminCheck(d) // joined by nobody whom the caller does not see
	}
	all.name("OTHER", alone)
	all.name("FOREIGN", alone)
	alone.foreign = all.foreign
	secrets := newMarks(t, foreign(prefix))
	secrets.own = prefix
	table := routeVisits()
	for _, route := range all.server.Routes() {
		key := route.Method + " " + route.Path
		visits, ok := table[key]
		if !ok {
			t.Errorf("TestIsolation has no visit of %s: say in routeVisits how it is tried", key)
			continue
		}
		there, here := visits(all.subject()), visits(alone.subject())
		for i, v := range there {
			got, want := all.answer(v), alone.answer(here[i])
			secrets.search(t, v, got)
			if got != want && key != "GET /v1/audit" { // where what others do to plans that the caller sees stands
				t.Errorf("%s %s differs by counties that the caller does not see:\n%s", v.method, v.path, difference(got, want))
			}
		}
	}
}

// scene is a service with what happened in it.
type scene struct {
	*service
	admin, caller string            // secrets
	plan          planAnswer        // the caller's
	named         map[string]string // name in the test → id
	findings      []string
	foreign       string // plan of a county that the caller does not see
}

// act has an administrator bring a plan of a county that the caller does not
// see, and the caller his.
func (s *scene) act(d drawing, foreign []int) {
	s.Helper()
	s.named = map[string]string{}
	if len(foreign) > 0 {
		at := east(foreign[0]) + 5
		other := drawing{says: foreign[0], project: at, rest: at}
		k := s.checked(other.zip(), token(s.admin))
		s.named["FOREIGN"], s.foreign = k.ID, k.Plan
	}
	got := s.do("POST", "/v1/plans", sending("application/zip", d.zip()), token(s.caller))
	if got.status != http.StatusCreated {
		return
	}
	got.into(&s.plan)
	var k checkAnswer
	s.do("POST", s.plan.Links["checks"], with("Prefer", "wait=60"), token(s.caller)).wants(http.StatusOK).into(&k)
	if k.State != store.Done {
		s.Fatalf("the check is %s: %+v", k.State, k.Problem)
	}
	s.named["OWN"] = k.ID
	for _, f := range pages[struct{ ID string }](s.service, "/v1/checks/"+k.ID+"/findings", token(s.caller)) {
		s.findings = append(s.findings, f.ID)
	}
}

// adminCheck has an administrator check the caller's plan, with all neighbours.
func (s *scene) adminCheck(d drawing) (k checkAnswer) {
	s.Helper()
	if s.plan.ID != "" {
		k = s.checked(d.zip(), token(s.admin))
		s.named["OTHER"] = k.ID
	}
	return k
}

// name gives another service, which has no such check, the same id to ask for.
func (s *scene) name(name string, other *scene) {
	if id := s.named[name]; id != "" && other.named[name] == "" {
		other.named[name] = id
	}
}

// subject of the caller.
func (s *scene) subject() *subject {
	u := &subject{plans: []string{s.plan.ID, s.foreign}, counties: lands, findings: append([]string{"nobody"}, s.findings[:min(len(s.findings), 5)]...)}
	for _, name := range []string{"OWN", "OTHER", "FOREIGN"} {
		if id := s.named[name]; id != "" {
			u.checks = append(u.checks, id)
		}
	}
	for i, id := range u.plans {
		u.plans[i] = cmp.Or(id, "nobody")
	}
	if len(u.checks) == 0 {
		u.checks = []string{"nobody"}
	}
	for i := range lands {
		u.tiles = append(u.tiles, placeTile(i))
	}
	return u
}

var (
	clock  = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?`)
	tokens = regexp.MustCompile(`"id":"[0-9a-f]{12}"`)
	onces  = regexp.MustCompile(`((?:state|nonce|code_challenge|landcheck-sign-in)=)[^&;\s]+`)
	uuids  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// answer is what a visit brings, as it would be at any time and place.
func (s *scene) answer(v visit) string {
	s.Helper()
	a := s.do(v.method, v.path, append(v.calls, token(s.caller))...)
	var b strings.Builder
	fmt.Fprintln(&b, a.status)
	for name := range a.header {
		if slices.Contains([]string{"Date", "Last-Modified", "X-Request-Id", "Content-Length"}, name) {
			delete(a.header, name)
		}
	}
	_ = a.header.Write(&b)
	b.Write(unzipped(a.body))
	text := b.String()
	for name, id := range s.named {
		text = strings.ReplaceAll(strings.ReplaceAll(text, id, name), id[len(id)-12:], name)
	}
	host := strings.TrimPrefix(s.url, "http://")
	text = strings.ReplaceAll(strings.ReplaceAll(text, host, "HOST"), url.QueryEscape(host), "HOST")
	text = onces.ReplaceAllString(text, "${1}ONCE")
	return tokens.ReplaceAllString(uuids.ReplaceAllString(clock.ReplaceAllString(text, "TIME"), "UUID"), "TOKEN")
}

// difference is the first line that differs.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("with them    %.600q\nwithout them %.600q", g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, %d without them", len(g), len(w))
}

// marks is what tells of counties that a caller does not see.
type marks struct {
	codes   []string
	own     string // prefix of the caller, who knows it
	words   *regexp.Regexp
	corners map[[2]int64]bool
}

func newMarks(t *testing.T, foreign []int) *marks {
	s := &marks{corners: map[[2]int64]bool{}}
	for _, i := range foreign {
		s.codes = append(s.codes, lands[i])
		for at := range landCorners(t, i) {
			s.corners[at] = true
		}
	}
	s.words = regexp.MustCompile(`MARK(` + strings.Join(s.codes, "|") + `)|(?:^|[^0-9.])((?:` + strings.Join(s.codes, "|") + `)(?:\d{3}|\d{6})?)(?:$|[^0-9.])`)
	return s
}

var pair = regexp.MustCompile(`(\d+\.\d{3,})[\s,]+(\d+\.\d{3,})`)

// search fails the test where an answer holds a secret.
func (s *marks) search(t *testing.T, v visit, answer string) {
	t.Helper()
	if found := s.in(answer, v.path+" "+s.own); found != "" {
		t.Errorf("%s %s tells %q", v.method, v.path, found)
	}
}

// in is the first secret in the bytes of an answer, "" without. What stands in
// the question may stand in the answer.
func (s *marks) in(answer, question string) string {
	if len(s.codes) == 0 {
		return ""
	}
	for _, m := range s.words.FindAllString(answer, -1) {
		asked := slices.ContainsFunc(s.codes, func(c string) bool { return strings.Contains(question, c) && strings.Contains(m, c) })
		if !asked || strings.Contains(m, "MARK") {
			return m
		}
	}
	for _, m := range pair.FindAllStringSubmatch(answer, -1) {
		x, _ := strconv.ParseFloat(m[1], 64) // the pattern says it is one
		y, _ := strconv.ParseFloat(m[2], 64)
		if s.corners[rounded(x, y)] {
			return m[0]
		}
	}
	body := []byte(answer)
	for i := 0; i+16 <= len(body); i++ { // well-known binary in a GeoPackage
		x, y := math.Float64frombits(binary.LittleEndian.Uint64(body[i:])), math.Float64frombits(binary.LittleEndian.Uint64(body[i+8:]))
		if x > 1 && x < 1e9 && y > 1 && y < 1e9 && s.corners[rounded(x, y)] {
			return fmt.Sprint(x, " ", y)
		}
	}
	return ""
}

// unzipped is what is in a workbook; any other body as it is.
func unzipped(body []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return body
	}
	var all []byte
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			return body
		}
		data, err := io.ReadAll(in)
		if err != nil {
			return body
		}
		all = append(append(all, f.Name...), data...)
	}
	return all
}

// TestSecretsAreFound: what TestIsolation looks for is found where it is, in
// answers to somebody who may see it.
func TestSecretsAreFound(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bases: map[string][]string{lands[0]: {landBase(t, 0)}}})
	k := s.checked(drawing{project: 7, rest: 7}.zip())
	words, corners := newMarks(t, []int{0}), newMarks(t, []int{0})
	words.corners = nil
	corners.words = regexp.MustCompile(`^\b$`)
	at := placeTile(0)
	report, base := "/v1/checks/"+k.ID+"/report?f=", "/v1/ogc/collections/"+lands[0]+".land_use/items?limit=200"
	for path, secrets := range map[string]*marks{
		report + "xlsx": words, report + "html": words, report + "json": words, "/v1/checks/" + k.ID + "/ledger": words, "/v1/ogc/collections": words,
		"/v1/counties": words, fmt.Sprintf("/v1/tiles/%s/townships/%d/%d/%d.mvt", lands[0], at.Z, at.X, at.Y): words, base: corners, report + "gpkg": corners,
	} {
		if body := s.get(path).wants(http.StatusOK).body; secrets.in(string(unzipped(body)), "") == "" {
			t.Errorf("%s: nothing of the county is found", path)
		}
	}
}
