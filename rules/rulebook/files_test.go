package rulebook_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"landcheck/rules/rulebook"
)

// TestFromFiles: a book read from its files is the same book, whatever has become
// of them on disk.
func TestFromFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"own.yaml": "id: own\ntitle: {zh: 自有, en: Own}\nsource: {zh: 本局, en: us}\nextends: sub/parent.yaml\nrules: []\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	const parent = "id: parent\ntitle: {zh: 上级, en: Parent}\nsource: {zh: 上级, en: above}\nextends: nmg-2025\nparameters: {sliver_area_m2: 2}\nrules: []\n"
	if err := os.WriteFile(filepath.Join(dir, "sub", "parent.yaml"), []byte(parent), 0o600); err != nil {
		t.Fatal(err)
	}
	want, err := rulebook.Load(filepath.Join(dir, "own.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != 2 || want.Parameters.SliverArea != 2 {
		t.Fatalf("%d files, %+v", len(want.Files), want.Parameters)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	got, err := rulebook.FromFiles(want.Files)
	if err != nil {
		t.Fatal(err)
	}
	if got.Digest != want.Digest || len(got.Rules) != len(want.Rules) || !reflect.DeepEqual(got.Files, want.Files) {
		t.Errorf("%s is not %s", got.Digest, want.Digest)
	}
	if _, err := rulebook.FromFiles(want.Files[:1]); err == nil {
		t.Error("a book without its parent")
	}
	if builtIn, err := rulebook.Load("nmg-2025"); err != nil || len(builtIn.Files) != 0 {
		t.Error(builtIn.Files, err)
	}
}
