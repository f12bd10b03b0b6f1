package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestNothingFused: on arm64 no function of geo and rules fuses a product with a
// sum, which would give other last digits than amd64. Go may fuse whatever has no
// conversion around the product, so what it made is looked at. A half counts as a
// product too. Where math.FMA asks for it, all processors do.
func TestNothingFused(t *testing.T) {
	folder(t, "linux-arm64")
	w := work{version: trialVersion, scratch: scratch, symbols: true}
	compiler, err := w.compiler()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	p := platforms[slices.IndexFunc(platforms, func(p platform) bool { return p.name() == "linux-arm64" })]
	libraries, err := w.libraries(p)
	if err != nil {
		t.Fatal(err)
	}
	program, err := w.compile(p, compiler, libraries)
	if err != nil {
		t.Fatal(err)
	}
	fused := fusedIn(t, program)
	if len(fused["math.log1p"])+len(fused["math.sin"]) == 0 {
		t.Error("not even the standard library has a fused product: this test does not see them")
	}
	for function, lines := range fused {
		for _, line := range lines {
			if strings.HasPrefix(function, "landcheck/") && !strings.Contains(sourceLine(t, function, line), "math.FMA(") {
				t.Errorf("%s: %s: write float64(x*y) + z", function, line)
			}
		}
	}
}

// fusedIn are the lines with fused products, by function.
func fusedIn(t *testing.T, program string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "tool", "objdump", "-s", `^(landcheck/(geo|rules)|math\.(log1p|sin)$)`, program)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	found, function := map[string][]string{}, ""
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		if rest, ok := strings.CutPrefix(line, "TEXT "); ok {
			function, _, _ = strings.Cut(rest, "(SB)")
		}
		if f := strings.Fields(line); len(f) > 3 && (strings.HasPrefix(f[3], "FMADD") || strings.HasPrefix(f[3], "FMSUB") || strings.HasPrefix(f[3], "FNMADD") || strings.HasPrefix(f[3], "FNMSUB")) {
			if where := filepath.Base(f[0]); !slices.Contains(found[function], where) {
				found[function] = append(found[function], where)
			}
		}
	}
	if err := firstOf(lines.Err(), cmd.Wait()); err != nil {
		t.Fatal(err)
	}
	return found
}

// sourceLine is a line, as gausskruger.go:86, of a function's package; "" where it
// is of another one.
func sourceLine(t *testing.T, function, line string) string {
	t.Helper()
	dir, of := filepath.Split(strings.TrimPrefix(function, "landcheck/"))
	of, _, _ = strings.Cut(of, ".")
	name, number, _ := strings.Cut(line, ":")
	data, err := os.ReadFile(filepath.Join(root, dir, of, name))
	n, wrong := strconv.Atoi(number)
	lines := strings.Split(string(data), "\n")
	if err != nil || wrong != nil || n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}
