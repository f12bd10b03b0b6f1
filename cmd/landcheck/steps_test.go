package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/api/manual"
)

// TestSteps does what the chapter of ten steps says, line by line, and draws what
// a clerk would have drawn: the layers of a sample plan.
func TestSteps(t *testing.T) {
	drawn := unpacked(t)
	t.Chdir(t.TempDir())
	topic, _ := manual.Find("steps")
	done := map[string]outcome{}
	for _, line := range strings.Split(topic.Markdown("en"), "\n") {
		command, ok := strings.CutPrefix(line, "    landcheck ")
		if !ok {
			continue
		}
		done[command] = landcheck(t, append(strings.Fields(command), "--lang", "en")...)
		if got := done[command]; got.status == exitInternal || strings.Contains(got.stderr, "no command") {
			t.Errorf("%s: status %d: %s", command, got.status, got.stderr)
		}
		if !strings.HasPrefix(command, "new ") {
			continue
		}
		for _, layer := range []string{"ZZQY", "YJJBNTTC", "YJJBNTBH", "DLBG"} {
			for _, ending := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
				data, err := os.ReadFile(filepath.Join(drawn, layer+ending))
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join("plan", "shapefile", layer+ending), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for command, want := range map[string]int{
		"sample sample": 0, "new plan --county 150123 --crs EPSG:4525": 0, "fields DLBG": 0, "fields -o fields.xlsx": 0,
		"check plan/shapefile/DLBG.shp": 0, "check plan/plan.gpkg --role land_use_change": 2, // nothing is drawn in it
		"check plan --base sample/base -o report.html": 1, // no paper is named yet
	} {
		if got, ok := done[command]; !ok || got.status != want {
			t.Errorf("%s: in the chapter: %v, status %d, want %d: %s", command, ok, got.status, want, got.stderr)
		}
	}
	for _, file := range []string{"fields.xlsx", "report.html"} {
		if info, err := os.Stat(file); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", file, err)
		}
	}
}
