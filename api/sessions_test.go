package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/oidctest"
	"landcheck/api/store"

	"github.com/go-jose/go-jose/v4"
)

// lasting are the requests that last: each ends as it says when its token does.
type lasting struct {
	stream, wait, upload, download *socket
}

// begin begins one of each, of a check that does not end.
func (s *service) begin(secret string, k checkAnswer, plan string) lasting {
	s.Helper()
	l, first := s.tryBegin(secret, k, plan)
	if first != "" {
		s.Fatal(first)
	}
	return l
}

// tryBegin gives the first line of an answer that is none of success.
func (s *service) tryBegin(secret string, k checkAnswer, plan string) (l lasting, refused string) {
	s.Helper()
	l = lasting{s.socket(), s.socket(), s.idleUpload(secret), s.socket()}
	l.stream.send(head("GET", k.Links["events"], secret))
	if line, err := l.stream.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		return l, fmt.Sprintf("%q %v", line, err)
	}
	l.wait.send(head("POST", "/v1/plans/"+k.Plan+"/checks", secret, "Prefer: wait=60", "Content-Length: 0"))
	l.download.send(head("GET", "/v1/plans/"+plan+"/package", secret))
	if line, err := l.download.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		return l, fmt.Sprintf("%q %v", line, err)
	}
	return l, ""
}

// end expects that all of them end by themselves.
func (l lasting) end(t *testing.T, size int) {
	t.Helper()
	l.wait.answer().problem(401, "unauthorized")
	l.upload.answer().problem(401, "unauthorized")
	if got := l.stream.ended(); strings.Contains(got, "cancelled") {
		t.Errorf("%.200q", got)
	}
	if got := l.download.ended(); len(got) == 0 || len(got) >= size {
		t.Errorf("%d bytes of %d came", len(got), size)
	}
}

// TestRevokedEnds: what a token has begun ends within seconds of its end, and
// nothing that another one began.
func TestRevokedEnds(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		made, secret, err := api.NewToken("x", store.Submitter, county, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.store.AddToken(t.Context(), made); err != nil {
			t.Fatal(err)
		}
		big := noise(t, 24<<20) // more than the kernel keeps for a connection
		plan := s.upload(big, token(admin)).ID
		var k checkAnswer
		s.order(s.upload(samplePlan(t, goodPlan), token(admin)), "", token(admin)).wants(202).into(&k)
		theirs, ours := s.begin(secret, k, plan), s.begin(admin, k, plan)
		s.do("DELETE", "/v1/tokens/"+made.ID, token(admin)).wants(204)
		began := time.Now()
		theirs.end(t, len(big))
		if took := time.Since(began); took > patience/2 {
			t.Errorf("they end after %s", took)
		}
		s.do("DELETE", k.Links["self"], token(admin)).wants(200)
		for line := ""; !strings.Contains(line, "cancelled"); {
			if line, err = ours.stream.ReadString('\n'); err != nil {
				t.Fatalf("another token's stream misses the end: %v", err)
			}
		}
	})
}

// TestExpiredEnds: as TestRevokedEnds, of a JWT that expires.
func TestExpiredEnds(t *testing.T) {
	t.Parallel()
	b := oidctest.New(t)
	issuer, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: b.URL, Audience: oidctest.Audience})
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{issuer: issuer, idle: true})
	admin := s.newToken(store.Admin, "")
	big := noise(t, 24<<20)
	plan := s.upload(big, token(admin)).ID
	var k checkAnswer
	s.order(s.upload(samplePlan(t, goodPlan), token(admin)), "", token(admin)).wants(202).into(&k)
	claims := b.Good()
	for life := 4 * time.Second; ; life *= 2 { // until it is enough to begin with, on a slow machine
		claims["exp"] = time.Now().Add(life).Unix()
		l, refused := s.tryBegin(signed(t, jose.ES256, b.Key, claims), k, plan)
		if refused == "" {
			l.end(t, len(big))
			return
		}
		if life > patience {
			t.Fatal(refused)
		}
	}
}
