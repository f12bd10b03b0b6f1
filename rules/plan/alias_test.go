package plan

import (
	"strings"
	"testing"

	"landcheck/geo"
)

// TestAliases: a small file whose aliases unfold to billions of values is
// refused after the first of them; aliases as people use them are followed.
func TestAliases(t *testing.T) {
	long := "[" + strings.Repeat("a,", 100_000) + "b]"
	text := "documents:\n - {kinds: &k " + long + ", file: x}\n" + strings.Repeat(" - {kinds: *k, file: x}\n", 20_000)
	_, err := readManifest("plan.yaml", []byte(text))
	f, ok := geo.AsFault(err)
	if !ok || f.File != "plan.yaml" || f.Record == 0 || !strings.Contains(f.Problem.EN, "aliases") {
		t.Errorf("%v", err)
	}
	m, err := readManifest("plan.yaml", []byte("documents:\n - {kinds: &k [league-opinion, filing], file: a.pdf}\n - {kinds: *k, file: b.pdf}\n"))
	if err != nil || len(m.documents) != 4 {
		t.Errorf("%v, %v", m, err)
	}
}
