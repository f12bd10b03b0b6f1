package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	sampleWork  = work{version: "v1.2-3-gabc", at: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)}
	sampleItems = []item{{"README.txt", []byte("读我\n"), 0o644}, {"lib/libx.so", []byte("library"), 0o644}, {"landcheck", []byte("#!/bin/sh\n"), 0o755}}
)

// TestTarred: the same files give the same bytes, and tar reads them back.
func TestTarred(t *testing.T) {
	data, err := sampleWork.tarred("landcheck/", sampleItems)
	if err != nil {
		t.Fatal(err)
	}
	again, err := sampleWork.tarred("landcheck/", sampleItems)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("not the same bytes: %v", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(z)
	for _, want := range sampleItems {
		h, err := r.Next()
		if err == nil && h.Typeflag == tar.TypeDir && h.Name == "landcheck/lib/" {
			h, err = r.Next()
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || h.Name != "landcheck/"+want.name || !bytes.Equal(got, want.data) || h.FileInfo().Mode() != want.mode || !h.ModTime.Equal(sampleWork.at) {
			t.Errorf("%+v, %q, %v", h, got, err)
		}
	}
}

// TestDeb: dpkg reads a package, its fields and its files.
func TestDeb(t *testing.T) {
	if _, err := exec.LookPath("dpkg-deb"); err != nil {
		t.Skip("dpkg-deb is not installed")
	}
	data, err := sampleWork.deb(platforms[0], sampleItems)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.deb")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ option, text string }{
		{"-f", "Version: 1.2+3+gabc\nArchitecture: amd64\n"}, {"-c", "./opt/landcheck/lib/\n"}, {"-c", "./opt/landcheck/lib/libx.so"}, {"-c", "./usr/bin/landcheck"},
	} {
		out, err := exec.Command("dpkg-deb", want.option, path).CombinedOutput()
		if err != nil || !strings.Contains(string(out), want.text) {
			t.Errorf("dpkg-deb %s: %v\n%s", want.option, err, out)
		}
	}
}

func TestDebianVersion(t *testing.T) {
	for version, want := range map[string]string{"v1.2.3": "1.2.3", "1.0-4-gdeadbee": "1.0+4+gdeadbee", "deadbee": "0+deadbee", "": "0+"} {
		if got := debianVersion(version); got != want {
			t.Errorf("%q: %q, want %q", version, got, want)
		}
	}
}

// TestHasDigest: what is not what it was is not used.
func TestHasDigest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.whl")
	if err := os.WriteFile(path, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if err := hasDigest(path, digest); err != nil {
		t.Error(err)
	}
	if err := hasDigest(path, strings.Repeat("0", 64)); err == nil {
		t.Error("another file passes")
	}
}
