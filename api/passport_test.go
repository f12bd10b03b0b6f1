package api_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"io"
	"mime/multipart"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/papercode"
	"landcheck/rules/passport"
)

func newKey(t testing.TB) *passport.PrivateKey {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := passport.ReadPrivateKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// formOf is a form with one part a name: code and plan are fields, the rest files.
func formOf(t testing.TB, of map[string][]byte) call {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, data := range of {
		create := func() (io.Writer, error) { return w.CreateFormFile(name, name) }
		if name == "code" || name == "plan" {
			create = func() (io.Writer, error) { return w.CreateFormField(name) }
		}
		part, err := create()
		if err == nil {
			_, err = part.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return sending(w.FormDataContentType(), b.Bytes())
}

type verified struct {
	Belong  bool
	Message geo.Text
	Wrong   []geo.Text
	Code    string
	Verdict string
	Key     *passport.Key
}

// TestPassport: a service with a key seals its reports, and says of a report
// whether it belongs to a passport, a printed code, a plan.
func TestPassport(t *testing.T) {
	t.Parallel()
	key, stranger := newKey(t), newKey(t)
	eachStore(t, setup{key: key}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		k, other := s.checked(samplePlan(t, badPlan), token(admin)), s.checked(samplePlan(t, goodPlan), token(admin))
		report := s.get(k.Links["report"], token(admin)).wants(200).body
		sealed := s.get("/v1/checks/"+k.ID+"/passport", token(admin)).wants(200).body
		p, err := passport.Decode(sealed)
		if err != nil {
			t.Fatal(err)
		}
		if wrong, err := p.Verify(key.Public(), passport.Held{Report: report}); err != nil || len(wrong) > 0 {
			t.Errorf("%v, %v", wrong, err)
		}
		code := papercode.Of(sha256.Sum256(report))
		if page := s.get(k.Links["report"]+"?f=html", token(admin)).wants(200).body; !bytes.Contains(page, []byte(">"+code+"<")) {
			t.Errorf("the page does not bear the code of the report, %s", code)
		}
		var public struct{ Algorithm, Fingerprint, PEM string }
		s.get("/v1/passport-key", token(admin)).wants(200).into(&public)
		if public.PEM != string(key.Public().PEM()) || public.Fingerprint != key.Public().Name().Fingerprint {
			t.Errorf("%+v", public)
		}

		foreign := stranger.Public().PEM()
		altered := bytes.Replace(report, []byte("violations"), []byte("compliant"), 1)
		for name, c := range map[string]struct {
			form   map[string][]byte
			belong bool
			says   string
		}{
			"report and passport": {map[string][]byte{"report": report, "passport": sealed}, true, "they belong together: report, passport; violations found, signed with Ed25519"},
			"plan too":            {map[string][]byte{"report": report, "passport": sealed, "plan": []byte(k.Plan)}, true, "passport, plan;"},
			"code alone":          {map[string][]byte{"report": report, "code": []byte(strings.ToLower(code))}, true, "printed report; no signature was verified"},
			"all":                 {map[string][]byte{"report": report, "passport": sealed, "code": []byte(code), "key": key.Public().PEM()}, true, "report, printed report, passport;"},
			"another plan":        {map[string][]byte{"report": report, "passport": sealed, "plan": []byte(other.Plan)}, false, "the plan is another"},
			"code, another plan":  {map[string][]byte{"report": report, "code": []byte(code), "plan": []byte(other.Plan)}, false, "the plan is another"},
			"altered":             {map[string][]byte{"report": altered, "passport": sealed}, false, "the report is not the one that was signed"},
			"another key":         {map[string][]byte{"report": report, "passport": sealed, "key": foreign}, false, "signed with another key"},
			"another code":        {map[string][]byte{"report": report, "passport": sealed, "code": []byte("7K3M-Q2XA-9F4D")}, false, "bears the code 7K3M-Q2XA-9F4D"},
		} {
			var v verified
			s.do("POST", "/v1/verify", token(admin), formOf(t, c.form)).wants(200).into(&v)
			if v.Belong != c.belong || !strings.Contains(v.Message.EN, c.says) || (len(v.Wrong) == 0) != c.belong || (v.Key != nil) != (c.form["passport"] != nil) {
				t.Errorf("%s: %+v", name, v)
			}
		}

		for name, c := range map[string]struct {
			form                map[string][]byte
			status              int
			kind, field, advice string
		}{
			"no report":        {map[string][]byte{"passport": sealed}, 400, "bad-body", "report", ".json"},
			"nothing to hold":  {map[string][]byte{"report": report}, 400, "bad-body", "passport", "code"},
			"not a report":     {map[string][]byte{"report": sealed, "passport": sealed}, 422, "bad-report", "report", ""},
			"not a passport":   {map[string][]byte{"report": report, "passport": report}, 422, "bad-report", "passport", "landcheck sign"},
			"not a key":        {map[string][]byte{"report": report, "passport": sealed, "key": []byte("x")}, 422, "bad-report", "key", "openssl"},
			"not a code":       {map[string][]byte{"report": report, "code": []byte("x")}, 422, "bad-report", "code", "7K3M"},
			"no such plan":     {map[string][]byte{"report": report, "passport": sealed, "plan": []byte("nobody")}, 404, "not-found", "", ""},
			"another part":     {map[string][]byte{"report": report, "file": sealed}, 400, "bad-body", "file", "openapi"},
			"a passport of MB": {map[string][]byte{"report": report, "passport": make([]byte, 2<<20)}, 413, "too-large", "", ""},
		} {
			a := s.do("POST", "/v1/verify", token(admin), with("Accept-Language", "en"), formOf(t, c.form))
			if p := a.problem(c.status, c.kind); p.Field != c.field || !strings.Contains(p.Advice, c.advice) {
				t.Errorf("%s: %+v", name, p)
			}
		}
		unchecked := s.upload(samplePlan(t, "03-compensation-outside-project.zip"), token(admin))
		s.do("POST", "/v1/verify", token(admin), formOf(t, map[string][]byte{"report": report, "passport": sealed, "plan": []byte(unchecked.ID)})).problem(409, "conflict")
		s.do("POST", "/v1/verify", token(admin), sendingJSON("{}")).problem(415, "unsupported-media-type")
		s.do("POST", "/v1/verify", token(admin), sending("multipart/form-data; boundary=x", []byte("--x\r\nno"))).problem(400, "bad-body")
		twice := "--x\r\nContent-Disposition: form-data; name=code\r\n\r\n1\r\n"
		s.do("POST", "/v1/verify", token(admin), sending("multipart/form-data; boundary=x", []byte(twice+twice+"--x--\r\n"))).problem(400, "bad-body")

		// Whoever does not see the county sees no passport and no plan, and writes
		// into nobody's trail.
		elsewhere := token(s.newToken(store.Submitter, "2201"))
		s.get("/v1/checks/"+k.ID+"/passport", elsewhere).problem(404, "not-found")
		s.do("POST", "/v1/verify", elsewhere, formOf(t, map[string][]byte{"report": report, "passport": sealed, "plan": []byte(k.Plan)})).problem(404, "not-found")
		s.do("POST", "/v1/verify", elsewhere, formOf(t, map[string][]byte{"report": report, "passport": sealed})).wants(200)
		trail := map[string]int{}
		for _, e := range pages[store.Entry](s, "/v1/audit?limit=1000", token(admin)) {
			trail[strings.Join([]string{e.What, e.Who, e.County, e.Digest}, "|")]++
		}
		for _, one := range []string{"passport|admin of|150123|", "verify|admin of|150123|" + p.Report.SHA256, "verify|submitter of 2201||" + p.Report.SHA256} {
			if trail[one] == 0 {
				t.Errorf("%q is not in the trail: %v", one, trail)
			}
		}
	})
}

// TestNoPassport: a service without a key issues none, and verifies by the key
// that it is sent.
func TestNoPassport(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	k := s.checked(samplePlan(t, goodPlan))
	s.get("/v1/checks/"+k.ID+"/passport").problem(404, "not-found")
	s.get("/v1/passport-key").problem(404, "not-found")
	report := s.get(k.Links["report"]).wants(200).body
	key := newKey(t)
	p, err := passport.Of(report, key)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	s.do("POST", "/v1/verify", formOf(t, map[string][]byte{"report": report, "passport": sealed})).problem(422, "bad-report")
	var v verified
	s.do("POST", "/v1/verify", formOf(t, map[string][]byte{"report": report, "passport": sealed, "key": key.Public().PEM()})).wants(200).into(&v)
	if !v.Belong || v.Verdict != "compliant" {
		t.Errorf("%+v", v)
	}
}
