package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestRoomsPicture holds the picture of the rooms in rules/README.md to what
// they import (go test ./cmd/landcheck -run TestRoomsPicture -update draws it).
func TestRoomsPicture(t *testing.T) {
	const path, begin, end = "../../rules/README.md", "<!-- rooms -->\n", "<!-- /rooms -->\n"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, one := strings.Cut(string(data), begin)
	_, after, two := strings.Cut(rest, end)
	if !one || !two {
		t.Fatalf("no %q … %q in %s", begin, end, path)
	}
	want := before + begin + "```mermaid\ngraph TD\n" + roomsPicture(t) + "```\n" + end + after
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(data) {
		t.Errorf("the picture of the rooms in rules/README.md is stale (go test -update rewrites it):\n%s", firstDifference(string(data), want))
	}
}

// roomsPicture is an arrow for each import between rooms of rules that does not
// follow from others: from the importer, the rooms that lean on most first.
func roomsPicture(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "landcheck/rules/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	rooms := roomsInOrder()
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		from := roomOf(rooms, strings.TrimPrefix(fields[0], "landcheck/"))
		for _, to := range fields[1:] {
			to = roomOf(rooms, strings.TrimPrefix(to, "landcheck/"))
			if strings.HasPrefix(to, "rules/") && to != from && !slices.Contains(imports[from], to) {
				imports[from] = append(imports[from], to)
			}
		}
	}
	var reaches func(from, to string) bool
	reaches = func(from, to string) bool {
		return slices.ContainsFunc(imports[from], func(next string) bool { return next == to || reaches(next, to) })
	}
	var picture strings.Builder
	for _, from := range slices.Backward(rooms) {
		for _, to := range slices.Backward(rooms) {
			if slices.Contains(imports[from], to) && !slices.ContainsFunc(imports[from], func(next string) bool { return reaches(next, to) }) {
				fmt.Fprintf(&picture, "  %s --> %s\n", strings.TrimPrefix(from, "rules/"), strings.TrimPrefix(to, "rules/"))
			}
		}
	}
	return picture.String()
}
