package embedded

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"landcheck/api/store"
)

// TestOlderChecks: an earlier landcheck did not note whose base data joined a
// check; what it made is for those who see every county, what it only queued is
// joined by nobody's.
func TestOlderChecks(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "upload")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, _, err := s.AddPlan(t.Context(), store.Plan{ID: "a", County: "150123", File: "a.zip"}, path)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for range 2 {
		c, _, err := s.AddCheck(t.Context(), store.Check{Plan: p.ID, Neighbours: []string{"150124"}}, store.Key{})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	if _, err := s.Cancel(t.Context(), ids[0]); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		path := filepath.Join(dir, checksDir, id, checkFile)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var kept map[string]any
		if err := json.Unmarshal(data, &kept); err != nil {
			t.Fatal(err)
		}
		delete(kept, "neighbours")
		if data, err = json.Marshal(kept); err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if s, err = Open(dir, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, prefix := range []string{"", "150123"} { // cancelled, queued
		c, err := s.Check(t.Context(), ids[i])
		if err != nil {
			t.Fatal(err)
		}
		if !c.SeenBy(prefix) || i == 0 && c.SeenBy("1") {
			t.Errorf("%s has neighbours %q", c.State, c.Neighbours)
		}
	}
}
