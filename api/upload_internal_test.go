package api

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull: where the service's own disk is full, the form that was sent is
// not to blame, and its sender is not told where our files are.
func TestDiskFull(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "/tmp/landcheck-upload-1/loose/plan.yaml", Err: syscall.ENOSPC}
	if p := problemOf(badForm(full)); p.status != 503 || p.kind != "unavailable" || strings.Contains(p.detail.EN+p.advice.EN, "/tmp") {
		t.Errorf("%d %s: %s", p.status, p.kind, p.detail.EN)
	}
}

// TestFormSlow: a form that comes too slowly is told so, in a file of it and
// between two, and may be well made.
func TestFormSlow(t *testing.T) {
	for _, err := range []error{broken(os.ErrDeadlineExceeded), fmt.Errorf("multipart: NextPart: %w", os.ErrDeadlineExceeded)} {
		if p := problemOf(badForm(err)); p.status != 408 || p.kind != "timeout" {
			t.Errorf("%d %s: %s", p.status, p.kind, p.detail.EN)
		}
	}
}
