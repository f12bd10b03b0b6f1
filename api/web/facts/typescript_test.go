package main

import (
	"bytes"
	"os"
	"testing"
)

// TestFactsAreCurrent: the page's facts are those of the tables.
func TestFactsAreCurrent(t *testing.T) {
	have, err := os.ReadFile("../" + file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, typeScript()) {
		t.Errorf("api/web/%s is stale: run go generate ./api/web and build the page anew", file)
	}
}
