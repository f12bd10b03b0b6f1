package regular_test

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// TestOpen: what has no bytes of its own is refused at once and by its kind.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("file"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(at("pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", at("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	for link, target := range map[string]string{"loop": "loop", "link": "file", "away": "nowhere", "piped": "pipe"} {
		if err := os.Symlink(target, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		at("pipe"): "named pipe", at("piped"): "named pipe", at("socket"): "socket", "/dev/zero": "device", dir: "directory",
		at("away"): "does not exist", at("loop"): "cannot be opened",
	} {
		f, err := regular.Open(path)
		if err == nil {
			f.Close()
		}
		if inputErr, ok := geo.AsInputError(err); !ok || !strings.Contains(inputErr.Message.EN, want) || inputErr.Advice.IsZero() {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	f, err := regular.Open(at("link"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if text, err := io.ReadAll(f); err != nil || string(text) != "text" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestRead: a file of more bytes than it may have is refused.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.yaml")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := regular.Read(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	_, err := regular.Read(path, 4)
	if f, ok := geo.AsInputError(regular.In(err, "plan.yaml")); !ok || f.File != "plan.yaml" {
		t.Errorf("%v", err)
	}
}
