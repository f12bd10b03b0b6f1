package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"landcheck/cmd/landcheck/programtest"
)

// windowsAMD64 is Windows as Wine has it.
func windowsAMD64(t *testing.T) target {
	t.Helper()
	from := folder(t, "windows-amd64")
	wine := ""
	for _, name := range []string{"wine64", "/usr/lib/wine/wine64", "wine"} { // Debian's wine wants one for 32 bits too
		if path, err := exec.LookPath(name); err == nil {
			wine = path
			break
		}
	}
	if wine == "" {
		skip(t, "Wine (wine64) is not installed")
	}
	env := []string{"WINEPREFIX=" + filepath.Join(programtest.Scratch, "wine"), "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=", "DISPLAY=",
		"LC_ALL=C.UTF-8"} // in which Wine names files
	windowsOnce.Do(func() { windowsErr = newWindows(wine, env) })
	if windowsErr != nil {
		t.Fatal(windowsErr)
	}
	return target{name: "windows-amd64", run: []string{wine, filepath.Join(from, "landcheck.exe")}, env: env}
}

var (
	windowsOnce sync.Once
	windowsErr  error
)

// newWindows makes a system directory for Wine. Wine 8 has no ProcessPrng, which
// Go takes random numbers from; every Windows since 7 has it. What stands in for
// it here is of these tests alone.
func newWindows(wine string, env []string) error {
	if err := do("", env, wine, "wineboot", "--init"); err != nil {
		return err
	}
	compiler, err := work{scratch: scratch}.compiler()
	if err != nil {
		return err
	}
	system := filepath.Join(programtest.Scratch, "wine/drive_c/windows/system32")
	source := filepath.Join(programtest.Scratch, "prng.c")
	if err := os.WriteFile(source, []byte(processPrng), 0o644); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(system, "bcryptprimitives.dll")); err == nil {
		return nil // a newer Wine
	}
	return do("", nil, compiler, "cc", "-target", "x86_64-windows-gnu", "-shared", "-o", filepath.Join(system, "bcryptprimitives.dll"), source, "-ladvapi32")
}

const processPrng = `
#include <stddef.h>
unsigned char __stdcall SystemFunction036(void *, unsigned long); /* RtlGenRandom */

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *to, size_t size) {
	while (size > 0) {
		unsigned long part = size < 1048576 ? (unsigned long)size : 1048576;
		if (!SystemFunction036(to, part)) return 0;
		to += part;
		size -= part;
	}
	return 1;
}
`
