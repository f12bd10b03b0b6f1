package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
)

// crowd takes all names that a disk has, and all of its room.
func crowd(t *testing.T, disk string) {
	t.Helper()
	fill(t, disk)
	for i := 0; ; i++ {
		err := os.Mkdir(filepath.Join(disk, fmt.Sprint("name-", i)), 0o700)
		if errors.Is(err, syscall.ENOSPC) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestBackupOfFullDisk: what is on a disk that has no room left, for bytes or for
// names, is saved on another one, whole.
func TestBackupOfFullDisk(t *testing.T) {
	for name, full := range map[string]func(*testing.T, string){
		"bytes": func(t *testing.T, disk string) { fill(t, disk) }, "names": crowd} {
		t.Run(name, func(t *testing.T) {
			disk := tmpfs(t, 8<<20)
			dir := filepath.Join(disk, "data")
			s := opened(t, dir)
			var check string
			for _, id := range []string{"a", "b"} {
				if err := add(t, s, id); err != nil {
					t.Fatal(err)
				}
				c, _, err := s.AddCheck(t.Context(), store.Check{Plan: id}, store.Key{})
				if err != nil {
					t.Fatal(err)
				}
				check = c.ID
			}
			full(t, disk)
			var saved bytes.Buffer
			m, err := Backup(t.Context(), dir, t.TempDir(), &saved)
			if err != nil {
				t.Fatal(err)
			}
			restored(t, saved.Bytes(), m, "b", check)
		})
	}
}

// TestBackupOfDeleted: where the disk has no room to keep by a link what is deleted
// meanwhile, there is no backup, and words say why.
func TestBackupOfDeleted(t *testing.T) {
	disk := tmpfs(t, 8<<20)
	dir := filepath.Join(disk, "data")
	s := opened(t, dir)
	if err := add(t, s, "a"); err != nil {
		t.Fatal(err)
	}
	crowd(t, disk)
	snapshot, err := takeSnapshot(t.Context(), dir, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.close()
	if err := os.RemoveAll(filepath.Join(dir, plansDir, "a")); err != nil {
		t.Fatal(err)
	}
	_, err = snapshot.digests(t.Context())
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Advice.EN, "run it again") {
		t.Errorf("%v", err)
	}
}
