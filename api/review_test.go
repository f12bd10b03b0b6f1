package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/passport"
)

// reviewed is the code of the project that plans of these tests are versions of.
const reviewed = "150123-2026-01"

// brokenPlan breaks a mandatory clause.
const brokenPlan = "08-compensation-short.zip"

// versionOf is a sample as a version of that project.
func versionOf(t *testing.T, name string) []byte {
	t.Helper()
	files := contents(t, samplePlan(t, name))
	for i := range files {
		if strings.HasSuffix(files[i].name, "plan.yaml") {
			files[i].body = regexp.MustCompile(`150123-2026-[0-9]+`).ReplaceAllString(files[i].body, reviewed)
		}
	}
	return zipped(t, files...)
}

// reviewAnswer is what is held of a finding.
type reviewAnswer struct {
	Finding  string         `json:"finding"`
	Version  int            `json:"version"`
	State    string         `json:"state"`
	Reason   string         `json:"reason"`
	Paper    string         `json:"paper"`
	By       string         `json:"by"`
	Assignee string         `json:"assignee"`
	Comments int            `json:"comments"`
	History  []store.Remark `json:"history"`
	Outgrown bool           `json:"outgrown"`
	Seen     *struct {
		Check string `json:"check"`
	} `json:"seen"`
}

// heldFinding is a row of a check's list.
type heldFinding struct {
	ID     string        `json:"id"`
	Rule   string        `json:"rule"`
	Level  string        `json:"level"`
	Status string        `json:"status"`
	State  string        `json:"state"`
	Review *reviewAnswer `json:"review"`
}

// TestReview: what is held of a finding goes from version to version; it is fixed when
// it is gone and reopened when it is back; nobody's change is lost; all is in the trail.
func TestReview(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin, reviewer, clerk := token(s.newToken(store.Admin, "15")), token(s.newToken(store.Reviewer, "1501")), token(s.newToken(store.Submitter, "150123"))
		elsewhere := token(s.newToken(store.Reviewer, "1502"))
		first := s.checked(versionOf(t, badPlan), clerk)
		broken := s.checked(samplePlan(t, brokenPlan), clerk)
		const project = "/v1/findings/150123-2026-01"
		list := func(k checkAnswer, query string) []heldFinding {
			t.Helper()
			return pages[heldFinding](s, "/v1/checks/"+k.ID+"/findings?limit=1000"+query, clerk)
		}
		var mandatory, other heldFinding
		for _, f := range append(list(first, "&status=fail"), list(broken, "&status=fail")...) {
			if f.State != "open" || f.Review != nil {
				t.Errorf("nobody said anything: %+v", f)
			}
			if f.Level == "mandatory" {
				mandatory = f
			} else if other.ID == "" { // of the first
				other = f
			}
		}
		if mandatory.ID == "" || other.ID == "" {
			t.Fatalf("the samples have no such findings: %+v, %+v", mandatory, other)
		}
		at := project + "/" + other.ID
		var r reviewAnswer
		s.get(at, clerk).wants(200).into(&r)
		if r.Version != 0 || r.State != "open" || r.Seen == nil || r.Seen.Check != first.ID || r.History == nil {
			t.Errorf("%+v", r)
		}
		s.get(at, elsewhere).problem(404, "not-found")
		s.get(project, elsewhere).problem(404, "not-found")
		s.get(project+"/000000000000", clerk).problem(404, "not-found")
		s.get(project+"?county=150199", admin).problem(404, "not-found")
		s.get(project+"?county=x", admin).problem(400, "bad-parameter")

		// A submitter comments, and nothing else; the same request again is one.
		say := func(body string, calls ...call) *answer {
			return s.do("POST", at+"/comments", append(calls, sendingJSON(body))...)
		}
		say(`{"comment": "已补充测量"}`, clerk, with("Idempotency-Key", "a")).wants(201).into(&r)
		say(`{"comment": "已补充测量"}`, clerk, with("Idempotency-Key", "a")).wants(200).into(&r)
		if r.Comments != 1 || len(r.History) != 1 || r.History[0].Comment != "已补充测量" || r.Version != 0 {
			t.Errorf("%+v", r)
		}
		say(`{"comment": " "}`, clerk).problem(422, "bad-body")
		say(`{"comment": "`+strings.Repeat("长", 2001)+`"}`, clerk).problem(422, "bad-body")
		say(`{"comment": "x"}`, elsewhere).problem(404, "not-found")
		change := func(at, body string, calls ...call) *answer {
			return s.do("PATCH", at, append(calls, sendingJSON(body))...)
		}
		change(at, `{"version": 0, "state": "false_alarm", "reason": "x"}`, clerk).problem(403, "forbidden")
		for body, field := range map[string]string{
			`{"state": "open"}`:                                              "version",
			`{"version": 0, "state": "accepted"}`:                            "reason",
			`{"version": 0, "state": "accepted", "reason": "r"}`:             "paper",
			`{"version": 0, "state": "false_alarm"}`:                         "reason",
			`{"version": 0, "state": "fixed"}`:                               "state",
			`{"version": 0, "state": "done"}`:                                "state",
			`{"version": 0, "paper": "1"}`:                                   "paper",
			`{"version": 0, "assignee": "` + strings.Repeat("x", 201) + `"}`: "assignee",
		} {
			if p := change(at, body, reviewer).problem(422, "bad-body"); p.Field != field {
				t.Errorf("%s: %+v", body, p)
			}
		}
		if p := change("/v1/findings/150123-2026-08/"+mandatory.ID, `{"version": 0, "state": "accepted", "reason": "r", "paper": "p"}`, reviewer).problem(409, "conflict"); !strings.Contains(p.Detail, mandatory.Rule) {
			t.Errorf("%+v", p)
		}
		change(at, `{"version": 0, "state": "accepted", "reason": "已获批准", "paper": "内自然资函〔2026〕1 号", "assignee": "张三"}`, reviewer).wants(200).into(&r)
		if r.Version != 1 || r.State != "accepted" || r.By != "reviewer of 1501" || r.Paper != "内自然资函〔2026〕1 号" || r.Assignee != "张三" || len(r.History) != 2 {
			t.Errorf("%+v", r)
		}
		if p := change(at, `{"version": 0, "state": "open"}`, reviewer).problem(409, "conflict"); p.Field != "version" || !strings.Contains(p.Detail, "reviewer of 1501") || !strings.Contains(p.Detail, "accepted") {
			t.Errorf("%+v", p)
		}
		held := list(first, "&state=accepted")
		if len(held) != 1 || held[0].ID != other.ID || held[0].Review == nil || held[0].Review.Reason != "已获批准" {
			t.Errorf("%+v", held)
		}

		// A version without it: fixed. The same plan again: reopened, and what was said
		// of it has lapsed.
		second := s.checked(versionOf(t, goodPlan), clerk)
		if second.Plan == first.Plan {
			t.Fatal("that is the same plan")
		}
		r = reviewAnswer{}
		s.get(at, clerk).wants(200).into(&r)
		if r.State != "fixed" || r.Seen != nil {
			t.Errorf("%+v", r)
		}
		if rows := list(first, "&state=fixed"); len(rows) == 0 {
			t.Error("nothing of the first version is fixed")
		}
		if p := change(at, `{"version": 1, "state": "false_alarm", "reason": "x"}`, reviewer).problem(409, "conflict"); p.Field != "state" {
			t.Errorf("%+v", p)
		}
		var k checkAnswer
		s.do("POST", "/v1/plans/"+first.Plan+"/checks", clerk, with("Prefer", "wait=60")).wants(200).into(&k)
		s.get(at, clerk).wants(200).into(&r)
		if r.State != "reopened" || r.Seen == nil || r.Seen.Check != k.ID {
			t.Errorf("%+v", r)
		}
		change(at, `{"version": 1, "state": "accepted", "reason": "仍然有效", "paper": "1 号"}`, reviewer).wants(200).into(&r)
		s.do("POST", "/v1/plans/"+first.Plan+"/checks", clerk, with("Prefer", "wait=60"), with("Idempotency-Key", "again")).wants(200).into(&k)
		s.get(at, clerk).wants(200).into(&r)
		if r.State != "accepted" || r.Version != 2 || r.Outgrown {
			t.Errorf("an exception holds while its finding is there: %+v", r)
		}
		if rows := pages[reviewAnswer](s, project+"?state=accepted", clerk); len(rows) != 1 || rows[0].Finding != other.ID {
			t.Errorf("%+v", rows)
		}
		if rows := pages[reviewAnswer](s, project+"?state=reopened&limit=1", clerk); len(rows) == 0 {
			t.Error("nothing came back")
		}
		var trail []string
		for _, e := range pages[store.Entry](s, "/v1/audit", admin) {
			if e.What == "finding" || e.What == "comment" {
				trail = append(trail, e.What+" "+e.Who+" "+e.Reason)
			}
		}
		if len(trail) != 3 || !strings.HasPrefix(trail[0], "finding reviewer of 1501 accepted: 仍然有效") {
			t.Errorf("%q", trail)
		}
	})
}

// docxText is the text of a document of Word.
func docxText(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// decisionAnswer is what was decided on a check.
type decisionAnswer struct {
	Decision  *store.Decision  `json:"decision"`
	Withdrawn []store.Decision `json:"withdrawn"`
}

// TestDecision: a reviewer decides on the newest check of a project, once; a pass takes
// no open violation and enters the ledger; it is signed, on paper, and withdrawn by a
// further entry.
func TestDecision(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	eachStore(t, setup{key: key}, func(t *testing.T, s *service) {
		admin, reviewer, clerk := token(s.newToken(store.Admin, "15")), token(s.newToken(store.Reviewer, "1501")), token(s.newToken(store.Submitter, "150123"))
		elsewhere := token(s.newToken(store.Reviewer, "1502"))
		bad := s.checked(versionOf(t, brokenPlan), clerk)
		decide := func(k checkAnswer, body string, who call) *answer {
			return s.do("POST", "/v1/checks/"+k.ID+"/decision", who, sendingJSON(body))
		}
		decide(bad, `{"decision": "pass", "opinion": "x"}`, clerk).problem(403, "forbidden")
		decide(bad, `{"decision": "pass", "opinion": "x"}`, elsewhere).problem(404, "not-found")
		for body, field := range map[string]string{
			`{"decision": "maybe", "opinion": "x"}`:                                              "decision",
			`{"decision": "return"}`:                                                             "opinion",
			`{"decision": "return", "opinion": "x", "conditions": ["y"]}`:                        "conditions",
			`{"decision": "conditions", "opinion": "x"}`:                                         "conditions",
			`{"decision": "return", "opinion": "x", "date": "2999-01-01"}`:                       "date",
			`{"decision": "return", "opinion": "x", "name": "` + strings.Repeat("x", 201) + `"}`: "name",
		} {
			if p := decide(bad, body, reviewer).problem(422, "bad-body"); p.Field != field {
				t.Errorf("%s: %+v", body, p)
			}
		}
		if p := decide(bad, `{"decision": "pass", "opinion": "x"}`, reviewer).problem(409, "conflict"); !strings.Contains(p.Detail, "violations are open") && !strings.Contains(p.Detail, "不符合未处理") {
			t.Errorf("%+v", p)
		}
		decide(bad, `{"decision": "conditions", "opinion": "x", "conditions": ["y"]}`, reviewer).problem(409, "conflict")
		var d store.Decision
		decide(bad, `{"decision": "return", "opinion": "乡镇调出超限，请修改。\n另附说明。"}`, reviewer).wants(201).into(&d)
		decide(bad, `{"decision": "return", "opinion": "乡镇调出超限，请修改。\n另附说明。"}`, reviewer).wants(200)
		if d.Kind != "return" || d.Name != "reviewer of 1501" || d.Open["fail"] == 0 || d.Entered != nil {
			t.Errorf("%+v", d)
		}
		s.do("DELETE", "/v1/plans/"+bad.Plan, clerk).problem(409, "conflict")
		var shown struct {
			Decision string `json:"decision"`
		}
		s.get("/v1/checks/"+bad.ID, clerk).wants(200).into(&shown)
		if shown.Decision != "return" {
			t.Errorf("%+v", shown)
		}

		good := s.checked(versionOf(t, goodPlan), clerk)
		decide(bad, `{"decision": "pass", "opinion": "x"}`, reviewer).problem(409, "conflict")
		at := "/v1/checks/" + good.ID + "/decision"
		s.get(at+"?f=docx", clerk).problem(409, "conflict")
		s.get(at+"?f=passport", clerk).problem(409, "conflict")
		s.do("DELETE", at+"?reason=x", reviewer).problem(409, "conflict")
		var none decisionAnswer
		s.get(at, clerk).wants(200).into(&none)
		if none.Decision != nil || none.Withdrawn == nil {
			t.Errorf("%+v", none)
		}
		decide(good, `{"decision": "pass", "opinion": "符合要求，同意。", "name": "王五", "date": "2026-11-30"}`, reviewer).wants(201).into(&d)
		if d.Entered == nil || d.Entered.Code != "150123-2026-01" || d.Entered.Check != good.ID || len(d.Entered.Moves) == 0 {
			t.Errorf("%+v", d.Entered)
		}
		var ledger townshipAnswer
		s.get("/v1/counties/"+county+"/ledger", clerk).wants(200).into(&ledger)
		if len(ledger.Projects) != 1 || ledger.Projects[0].Check != good.ID {
			t.Errorf("%+v", ledger.Projects)
		}
		s.get(at, elsewhere).problem(404, "not-found")

		// Its passport is of the report, and of every word: as a file, and as verified here.
		file := s.get(at+"?f=passport", clerk).wants(200).body
		p, err := passport.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		report := s.get("/v1/checks/"+good.ID+"/report", clerk).wants(200).body
		held := passport.Held{Report: report}
		if wrong, err := p.Verify(key.Public(), held); err != nil || len(wrong) != 0 || p.Decision.Name != "王五" || p.Check != good.ID {
			t.Errorf("%v, %v, %+v", wrong, err, p.Decision)
		}
		var answer verified
		s.do("POST", "/v1/verify", clerk, formOf(t, map[string][]byte{"report": report, "passport": file})).wants(200).into(&answer)
		if !answer.Belong || !strings.Contains(answer.Message.ZH, "王五 于 2026-11-30 决定：审查通过") {
			t.Errorf("%+v", answer)
		}
		for _, changed := range []string{strings.Replace(string(file), "同意", "不同意", 1), strings.Replace(string(file), `"pass"`, `"return"`, 1), strings.Replace(string(file), good.ID, bad.ID, 1)} {
			s.do("POST", "/v1/verify", clerk, formOf(t, map[string][]byte{"report": report, "passport": []byte(changed)})).wants(200).into(&answer)
			if answer.Belong || changed == string(file) {
				t.Errorf("%+v", answer)
			}
		}

		// The opinion in Word has it, the same bytes each time.
		docx := func() []byte {
			return s.get(at+"?f=docx", clerk, with("Accept-Language", "zh")).wants(200).body
		}
		one := docx()
		if text := docxText(t, one); !strings.Contains(text, "符合要求，同意。") || !strings.Contains(text, "王五") || !strings.Contains(text, "2026 年 11 月 30 日") || strings.Contains(text, "稿，由程序") {
			t.Errorf("%s", text)
		}
		if !bytes.Equal(one, docx()) {
			t.Error("the opinion is another each time")
		}

		s.do("DELETE", at, reviewer).problem(400, "bad-parameter")
		s.do("DELETE", at+"?reason="+url.QueryEscape("数据有误"), clerk).problem(403, "forbidden")
		s.do("DELETE", at+"?reason="+url.QueryEscape("数据有误"), reviewer).wants(200).into(&d)
		if d.Withdrawn == nil || d.Withdrawn.Reason != "数据有误" || d.Opinion != "符合要求，同意。" {
			t.Errorf("%+v", d)
		}
		s.get("/v1/counties/"+county+"/ledger", clerk).wants(200).into(&ledger)
		if len(ledger.Projects) != 0 {
			t.Errorf("%+v", ledger.Projects)
		}
		s.get(at, clerk).wants(200).into(&none)
		if none.Decision != nil || len(none.Withdrawn) != 1 {
			t.Errorf("%+v", none)
		}
		var trail []string
		for _, e := range pages[store.Entry](s, "/v1/audit", admin) {
			if e.What == "decide" || e.What == "decision-withdraw" {
				trail = append(trail, fmt.Sprint(e.What, " ", e.Object == good.ID, " ", e.Reason))
			}
		}
		if got := strings.Join(trail, "; "); got != "decision-withdraw true 数据有误; decide true pass; decide false return" {
			t.Errorf("%s", got)
		}
		s.do("DELETE", "/v1/plans/"+bad.Plan+"?reason=x", admin).wants(204)
	})
}

// TestReviewBodies: what is no body of a review is refused, whoever sends it, and a
// history has an end.
func TestReviewBodies(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		reviewer := token(s.newToken(store.Reviewer, "1501"))
		k := s.checked(samplePlan(t, badPlan), reviewer)
		finding := pages[heldFinding](s, "/v1/checks/"+k.ID+"/findings", reviewer)[0].ID
		at := "/v1/findings/150123-2026-02/" + finding
		for _, r := range [][2]string{{"PATCH", at}, {"POST", at + "/comments"}, {"POST", "/v1/checks/" + k.ID + "/decision"}} {
			s.do(r[0], r[1], reviewer, sendingJSON(`{"x": "`+strings.Repeat("x", 70<<10)+`"}`)).problem(413, "too-large")
			s.do(r[0], r[1], reviewer, sending("text/plain", []byte("{}"))).problem(415, "unsupported-media-type")
			s.do(r[0], r[1], reviewer, sendingJSON(`{"x": 1}`)).problem(400, "bad-body")
		}
		of := store.Subject{County: county, Project: "150123-2026-02", Finding: finding}
		for range 500 {
			if _, _, err := s.store.Remark(t.Context(), of, 0, store.Remark{By: "x", Comment: "x"}, ""); err != nil {
				t.Fatal(err)
			}
		}
		s.do("POST", at+"/comments", reviewer, sendingJSON(`{"comment": "x"}`)).problem(409, "conflict")
	})
}
