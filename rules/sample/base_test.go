package sample

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestSameBytesTwice(t *testing.T) {
	var dirs [2]string
	for i := range dirs {
		dirs[i] = t.TempDir()
		if err := testCounty(t, Options{Parcels: 2000}).WriteBase(t.Context(), dirs[i]); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dirs[0], "*"))
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files written, %v", len(files), err)
	}
	for _, f := range files {
		a, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dirs[1], filepath.Base(f)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs from run to run", filepath.Base(f))
		}
	}
}
