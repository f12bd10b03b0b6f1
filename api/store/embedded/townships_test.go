package embedded

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"landcheck/api/store"
)

// TestBackupOfTownships: a backup has the township ledgers, and what was restored
// goes by them; a damaged file is told at the start.
func TestBackupOfTownships(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := opened(t, dir)
	want, _, err := s.EnterLedger(t.Context(), store.LedgerEntry{County: "150123", Code: "150123-2024-02", Moves: []store.Move{{Township: "150123101", Out: 1.5, In: 2}}})
	if err != nil {
		t.Fatal(err)
	}
	var saved bytes.Buffer
	if _, err := Backup(t.Context(), dir, t.TempDir(), &saved); err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(t.Context(), &saved, 0, into); err != nil {
		t.Fatal(err)
	}
	got, err := opened(t, into).LedgerEntries(t.Context(), "150123")
	if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := os.MkdirAll(other, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, townshipsFile), []byte(`[{"county"`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(other, nil, Options{}); err == nil {
		t.Error("half a ledger is taken for a whole one")
	}
}
