package sample

import (
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	if err := Write(t.Context(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
}
