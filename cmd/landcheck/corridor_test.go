package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// roomsInOrder are the rooms from the ground up; a package belongs to the
// longest of them that it lies in.
func roomsInOrder() []string {
	return []string{"geo",
		"rules/spelling", "rules/stored", "rules/strictyaml", "rules/domain", // facts, words, files
		"rules/plan", "rules/ledger", // what is judged
		"rules/wording", "rules/condition", "rules/result", "rules/rulebook/books", "rules/rulebook", "rules/evaluation", // by what, and what of it
		"rules/room", // what there is before any plan
		"rules/papercode", "rules/together", "rules/mapsheet", "rules/report/docx", "rules/report/chromium", "rules/report", "rules/roomreport", "rules/check", "rules/deliver", "rules/diff", "rules/passport", "rules/convert", "rules/repair", "rules/sample", "rules/schema", "rules/template", "rules/trial", "rules/rulebook/rulebooktest", "rules/proving",

		"api/store", "api/cache", "api/throttle", "api/subprocess", "api/tile", "api/ogc", "api/openapi", "api/manual", "api/web", // what a service takes
		"api/problem", "api/request", "api/access", // what is asked, by whom, what is answered
		"api/results", "api/basedata", "api/tile/tileserver", "api/ogc/featureserver", "api", "cmd/landcheck"}
}

// TestCorridor holds the direction of imports: a room may lean on those before
// it, never on those behind it; and each library is imported by one package.
func TestCorridor(t *testing.T) {
	rooms := roomsInOrder()
	beside := []string{"api/web/facts", "api/manual/tables", "api/oidctest"} // generators, and an issuer for tests
	entrances := map[string][]string{
		"github.com/twpayne/go-geos":    {"geo"},
		"github.com/twpayne/go-proj":    nil, // it may free a context too early: for tests alone
		"modernc.org/sqlite":            {"geo/geopackage"},
		"github.com/expr-lang/expr":     {"rules/condition"},
		"github.com/peterbourgon/ff/v3": {"cmd/landcheck"},
		"github.com/xuri/excelize/v2":   {"rules/report", "rules/roomreport", "rules/deliver"},
		"github.com/emmansun/gmsm":      {"rules/passport", "scripts/dist"},
		"github.com/piglig/go-qr":       {"rules/papercode"},
		"github.com/jackc/pgx/v5":       {"geo/postgis", "geo/postgis/pgtest", "api/store/postgres"},
		"github.com/jackc/tern/v2":      {"geo/postgis"},
		"github.com/klauspost/compress": {"geo/catalog", "rules/check", "api/tile", "api/tile/tileserver", "scripts/dist"}, // tiles and lists of figures are packed as they are made
		"github.com/labstack/echo/v4":   {"api", "api/problem", "api/request", "api/access", "api/basedata", "api/results", "api/tile/tileserver", "api/ogc/featureserver"},
		"github.com/riverqueue/river":   {"api/store/postgres"},
		"go.yaml.in/yaml":               {"rules/strictyaml", "rules/rulebook", "rules/trial"},
	}
	// What is used from many places leans on these of our own at most.
	leaves := map[string][]string{
		"rules/spelling": nil, "rules/strictyaml": {"geo", "rules/spelling"},
		"rules/report/docx": nil, "rules/report/chromium": {"geo", "geo/outfile"}, "geo/guard": nil, "geo/portable": nil, "geo/transient": nil, "geo/wkb": nil, "geo/symbol": nil, "geo/svgpath": nil, "api/throttle": nil, "api/cache": nil,
		"rules/stored": {"geo"}, "geo/rings": {"geo"}, "geo/regular": {"geo"}, "geo/overlay": {"geo", "geo/portable"}, "api/tile": {"geo"}, "api/ogc": {"geo"},
		"api/subprocess": {"geo", "geo/guard", "geo/outfile", "geo/transient"},
	}
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "landcheck/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) < 10 {
		t.Fatalf("go list named %d packages", len(lines))
	}
	for _, line := range lines {
		imports := strings.Fields(line)
		from := strings.TrimPrefix(imports[0], "landcheck/")
		if (strings.HasPrefix(from, "rules") || strings.HasPrefix(from, "api")) && roomOf(rooms, from) == "" && !slices.Contains(beside, from) {
			t.Errorf("%s has no place among the rooms", from)
		}
		for _, to := range imports[1:] {
			for library, allowed := range entrances {
				if (to == library || strings.HasPrefix(to, library+"/")) && !slices.Contains(allowed, from) {
					t.Errorf("%s imports %s, which belongs behind %v", from, to, allowed)
				}
			}
			to, ours := strings.CutPrefix(to, "landcheck/")
			if a, b := slices.Index(rooms, roomOf(rooms, from)), slices.Index(rooms, roomOf(rooms, to)); ours && a >= 0 && b > a {
				t.Errorf("%s imports %s: that points back", from, to)
			}
			if most, leaf := leaves[from]; ours && leaf && !slices.Contains(most, to) {
				t.Errorf("%s imports %s: of ours it may lean on %v only", from, to, most)
			}
		}
		delete(leaves, from)
	}
	for gone := range leaves {
		t.Errorf("there is no package %s", gone)
	}
}

// roomOf is the longest room that a package lies in, "" for those beside the
// corridor (scripts).
func roomOf(rooms []string, pkg string) string {
	best := ""
	for _, r := range rooms {
		inside := (r == "geo" || r == "api/store" || r == "rules/proving") && strings.HasPrefix(pkg, r+"/")
		if pkg == r || inside && len(r) > len(best) {
			best = r
		}
	}
	return best
}
