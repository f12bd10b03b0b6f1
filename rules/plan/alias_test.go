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
	f, ok := geo.AsInputError(err)
	if !ok || f.File != "plan.yaml" || f.Record == 0 || !strings.Contains(f.Message.EN, "aliases") {
		t.Errorf("%v", err)
	}
	m, err := readManifest("plan.yaml", []byte("documents:\n - {kinds: &k [league-opinion, filing], file: a.pdf}\n - {kinds: *k, file: b.pdf}\n"))
	if err != nil || len(m.documents) != 4 {
		t.Errorf("%v, %v", m, err)
	}
}

// TestPriorTwice: what another project moved is not counted twice; two projects
// in one township, and one in two, are.
func TestPriorTwice(t *testing.T) {
	entry := func(project, township string) string {
		return " - {project: " + project + ", township: " + township + ", pbf_out_m2: 100}\n"
	}
	for text, twice := range map[string]bool{
		entry("A", "150123101") + entry("B", "150123101") + entry("A", "150123102"): false,
		entry("A", "150123101") + entry("B", "150123101") + entry("A", "150123101"): true,
	} {
		_, err := readManifest("plan.yaml", []byte("prior:\n"+text))
		if f, ok := geo.AsInputError(err); ok != twice || ok && (f.Record != 4 || !strings.Contains(f.Message.EN, "line 2")) {
			t.Errorf("%s: %v", text, err)
		}
	}
	// One entry named over and over is one mistake each time, not one for every
	// time before: a small file would fill the memory.
	const times = 2000
	_, err := readManifest("plan.yaml", []byte("prior:\n - &p {project: A, township: \"150123101\", pbf_out_m2: 100}\n"+strings.Repeat(" - *p\n", times)))
	if f, ok := geo.AsInputError(err); !ok || !strings.HasSuffix(f.Advice.EN, "and at least 79 more") {
		t.Errorf("%d times: %.300v", times, err)
	}
}

// TestManyNamed: a manifest that names hundreds of thousands of files, which a
// few bytes do by aliases, is refused before each is held against every file.
func TestManyNamed(t *testing.T) {
	for _, c := range []struct{ head, each, field string }{
		{"ignore:\n - &p old/*.shp\n", " - *p\n", "ignore"},
		{"layers:\n  pbf_out:\n   - &p a.shp\n", "   - *p\n", "layers.pbf_out"},
	} {
		if _, err := readManifest("plan.yaml", []byte(c.head+strings.Repeat(c.each, maxNamed-1))); err != nil {
			t.Errorf("%s: %v", c.field, err)
		}
		_, err := readManifest("plan.yaml", []byte(c.head+strings.Repeat(c.each, maxNamed)))
		if f, ok := geo.AsInputError(err); !ok || f.Field != c.field || f.Record == 0 || f.Advice.IsZero() {
			t.Errorf("%s: %v", c.field, err)
		}
	}
}
