package inplace

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

func TestPrune(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-maxKeptTime - time.Hour)
	for _, name := range []string{"a.layer", "b.layer", "new-1", "new-2", "mine.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if name != "b.layer" && name != "new-2" {
			os.Chtimes(filepath.Join(dir, name), old, old)
		}
	}
	prune(dir)
	left, _ := os.ReadDir(dir)
	var names []string
	for _, e := range left {
		names = append(names, e.Name())
	}
	if want := []string{"b.layer", "mine.txt", "new-2"}; !reflect.DeepEqual(names, want) {
		t.Errorf("left: %v, want %v", names, want)
	}
}

// TestTimesChanges goes by the numbers of linux/magic.h.
func TestTimesChanges(t *testing.T) {
	for kind, want := range map[int64]bool{
		0x4d44: false, 0x2011bab0: false, // MSDOS, EXFAT
		0xef53: true, 0x01021994: true, 0x6969: true, 0x65735546: true, // EXT4, TMPFS, NFS, FUSE
	} {
		if got := timesChanges(kind); got != want {
			t.Errorf("timesChanges(%#x) = %v", kind, got)
		}
	}
}
