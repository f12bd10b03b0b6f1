package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"landcheck/cmd/landcheck/programtest"
	"landcheck/geo/postgis/pgtest"
)

// desktop is a directory with the county, Chinese in its path, and one plan.
func desktop(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "整治 方案")
	if err := os.CopyFS(filepath.Join(dir, "base"), os.DirFS(programtest.Base(t))); err != nil {
		t.Fatal(err)
	}
	copyFile(t, programtest.Plan(t, "02-over-five-percent"), filepath.Join(dir, "方案.zip"))
	return dir
}

// TestWindowsRulebook: a rulebook is tried out on its cases.
func TestWindowsRulebook(t *testing.T) {
	d := windowsAMD64(t)
	if testing.Short() {
		skip(t, "348 trials take minutes; the run without -short has them")
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "cases"), os.DirFS(filepath.Join(root, "testdata/rulebooks/nmg-2025"))); err != nil {
		t.Fatal(err)
	}
	said := output(t, d.command(dir, "rulebook", "test", "cases", "--lang", "en"), 0)
	lines := strings.Split(strings.TrimSpace(said), "\n")
	t.Log(lines[len(lines)-1])
}

// TestWindowsBases: base data as GeoPackage and as file geodatabase give the same
// ledger as shapefiles, to 0.01 m²: ogr2ogr turns the rings of a GeoPackage, whose
// areas then add up in another order.
func TestWindowsBases(t *testing.T) {
	d := windowsAMD64(t)
	ogr, err := exec.LookPath("ogr2ogr")
	if err != nil {
		skip(t, "ogr2ogr (gdal-bin), which writes the databases, is not installed")
	}
	dir := desktop(t)
	want := output(t, d.command(dir, "check", "方案.zip", "--base", "base", "--format", "csv"), 1)
	shapes, err := filepath.Glob(filepath.Join(dir, "base", "*.shp"))
	if err != nil || len(shapes) == 0 {
		t.Fatalf("shapefiles: %v, %v", shapes, err)
	}
	for driver, name := range map[string]string{"GPKG": "底图.gpkg", "OpenFileGDB": "底图.gdb"} {
		for i, shape := range shapes {
			layer := strings.TrimSuffix(filepath.Base(shape), ".shp")
			args := []string{"-f", driver, "-nlt", "MULTIPOLYGON", "-nln", layer, filepath.Join(dir, name), shape}
			if i > 0 {
				args = append([]string{"-update"}, args...)
			}
			output(t, exec.Command(ogr, args...), 0)
		}
		if got := output(t, d.command(dir, "check", "方案.zip", "--base", name, "--format", "csv"), 1); rounded(got) != rounded(want) {
			t.Errorf("%s: %s", name, difference([]byte(rounded(want)), []byte(rounded(got))))
		}
	}
}

// rounded is a table with its figures to 0.01 m².
func rounded(table string) string {
	return regexp.MustCompile(`\b\d+\.\d+\b`).ReplaceAllStringFunc(table, func(s string) string {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return s
		}
		return strconv.FormatFloat(x, 'f', 2, 64)
	})
}

// TestWindowsLoad: base data go into PostgreSQL, and a check takes them from there.
func TestWindowsLoad(t *testing.T) {
	d := windowsAMD64(t)
	_, url := pgtest.NewProxy(t, cluster.Database(t))
	dir := desktop(t)
	output(t, d.command(dir, "migrate", "--database", url), 0)
	output(t, d.command(dir, "load", "base", "--to", url, "--county", "150123"), 0)
	want := output(t, d.command(dir, "check", "方案.zip", "--base", "base", "--format", "csv"), 1)
	if got := output(t, d.command(dir, "check", "方案.zip", "--base", url, "--format", "csv"), 1); got != want {
		t.Errorf("from the database\n%s\nwant\n%s", got, want)
	}
}

// TestWindowsServe: the service takes a plan, checks it in a process of its own and
// gives the report that the command gives; the page is there.
func TestWindowsServe(t *testing.T) {
	d := windowsAMD64(t)
	dir := desktop(t)
	cmd := d.command(dir, "serve", "--base", "base", "--data", "data", "--listen", "127.0.0.1:0")
	said, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if a := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(lines.Text()); a != "" {
				select {
				case address <- a:
				default:
				}
			}
		}
	}()
	var url string
	select {
	case url = <-address:
	case <-time.After(3 * time.Minute):
		t.Fatalf("it does not say where it serves\n%s", read(t, said.Name()))
	}
	inBrowser(t, url)
	var plan, check struct{ ID, Verdict string }
	decode(t, asked200(t, "POST", url+"/v1/plans?name=plan.zip", "application/zip", read(t, filepath.Join(dir, "方案.zip"))), &plan)
	decode(t, asked200(t, "POST", url+"/v1/plans/"+plan.ID+"/checks", "", nil), &check)
	if check.Verdict != "violations" {
		t.Errorf("check %+v\n%s", check, read(t, said.Name()))
	}
	want := output(t, d.command(dir, "check", "方案.zip", "--base", "base", "--format", "json"), 1)
	if got := asked200(t, "GET", url+"/v1/checks/"+check.ID+"/report", "", nil); strings.ReplaceAll(got, "plan.zip", "方案.zip") != want {
		t.Errorf("the report differs: %s", difference([]byte(want), []byte(got)))
	}
}

// inBrowser has Chromium show the page: its scripts run and find the service.
func inBrowser(t *testing.T, url string) {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Error("chromium is not installed: the page was not opened")
		return
	}
	page := output(t, exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--lang=zh-CN", "--virtual-time-budget=20000", "--dump-dom", url+"/"), 0)
	if !strings.Contains(page, "150123") {
		t.Errorf("the page does not show the county:\n%.2000s", page)
	}
}

func asked200(t *testing.T, method, url, media string, body []byte) string {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Prefer", "wait=120")
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		t.Fatalf("%s %s: %s, %v\n%s", method, url, res.Status, err, data)
	}
	return string(data)
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}
