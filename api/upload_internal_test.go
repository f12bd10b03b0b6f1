package api

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"landcheck/api/problem"
)

// TestDiskFull: where the service's own disk is full, the form that was sent is
// not to blame, and its sender is not told where our files are.
func TestDiskFull(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "/tmp/landcheck-upload-1/loose/plan.yaml", Err: syscall.ENOSPC}
	if p := problem.Of(badForm(full)); p.Status != 503 || p.Kind != "unavailable" || strings.Contains(p.Detail.EN+p.Advice.EN, "/tmp") {
		t.Errorf("%d %s: %s", p.Status, p.Kind, p.Detail.EN)
	}
}

// TestFormSlow: a form that comes too slowly is told so, in a file of it and
// between two, and may be well made.
func TestFormSlow(t *testing.T) {
	for _, err := range []error{broken(os.ErrDeadlineExceeded), fmt.Errorf("multipart: NextPart: %w", os.ErrDeadlineExceeded)} {
		if p := problem.Of(badForm(err)); p.Status != 408 || p.Kind != "timeout" {
			t.Errorf("%d %s: %s", p.Status, p.Kind, p.Detail.EN)
		}
	}
}
