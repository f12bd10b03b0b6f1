package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/geo/guard"
	"landcheck/rules/plan"
)

// watching is a watch that runs.
type watching struct {
	*testing.T
	mutex sync.Mutex
	said  bytes.Buffer
	read  int // bytes that were waited for
	stop  func() int
}

func (w *watching) Write(p []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.said.Write(p)
}

// watch starts one, which looks every 20 ms and is over with the test.
func watch(t *testing.T, args ...string) *watching {
	t.Helper()
	w := &watching{T: t}
	ctx, cancel := context.WithCancel(t.Context())
	status := -1
	done := guard.Go("watch", func() error {
		status = run(ctx, append([]string{"watch", "--lang", "en", "--quiet", "--only-problems", "--every", "20ms"}, args...), strings.NewReader(""), w, w)
		return nil
	})
	w.stop = sync.OnceValue(func() int {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		return status
	})
	t.Cleanup(func() { w.stop() })
	return w
}

// until waits for a text that comes after what was waited for before, and gives
// what came up to it.
func (w *watching) until(text string) string {
	w.Helper()
	for range 3000 {
		w.mutex.Lock()
		rest := w.said.String()[w.read:]
		at := strings.Index(rest, text)
		if at >= 0 {
			w.read += at + len(text)
		}
		w.mutex.Unlock()
		if at >= 0 {
			return rest[:at+len(text)]
		}
		time.Sleep(20 * time.Millisecond)
	}
	w.Fatalf("it never said %q, but %s", text, w.said.String())
	return ""
}

const idle = "waiting for changes"

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// replaceIn does what editors do: a new file beside the old one, renamed over it.
func replaceIn(t *testing.T, from, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(from, name))
		must(t, err, os.WriteFile(filepath.Join(dir, "."+name+".new"), data, 0o600), os.Rename(filepath.Join(dir, "."+name+".new"), filepath.Join(dir, name)))
	}
}

// A folder that is worked in is checked again after each change: what is new and
// fixed is listed, reports are written anew, and what cannot be read is told.
func TestWatchFolder(t *testing.T) {
	plan, good, worse := unpacked(t), unpacked(t), unpackedPlan(t, "02-over-five-percent.zip")
	at := t.TempDir()
	report := filepath.Join(at, "report.json")
	layers := func(name string) (all []string) {
		for _, end := range []string{".shp", ".shx", ".dbf", ".prj", ".cpg"} {
			all = append(all, name+end)
		}
		return all
	}
	w := watch(t, plan, "--base", filepath.Join(sampleDir(t), "base"), "-o", report)
	if first := w.until(idle); !strings.Contains(first, "Compliant, can be submitted") || strings.Contains(first, "Since the last check") {
		t.Errorf("%s", first)
	}
	replaceIn(t, worse, plan, append(layers("YJJBNTTC"), "plan.yaml")...)
	second := w.until(idle)
	for _, want := range []string{"check 2: ", "YJJBNTTC.dbf", "Since the last check:", "New problems", "pbf-township-cap"} {
		if !strings.Contains(second, want) {
			t.Errorf("%q is not in %s", want, second)
		}
	}
	if data, err := os.ReadFile(report); err != nil || !bytes.Contains(data, []byte(`"verdict": "violations"`)) {
		t.Errorf("the report was not written anew: %v", err)
	}

	whole, err := os.ReadFile(filepath.Join(good, "YJJBNTTC.shp"))
	must(t, err, os.WriteFile(filepath.Join(plan, "YJJBNTTC.shp"), whole[:len(whole)/2], 0o600))
	if told := w.until(idle); !strings.Contains(told, "landcheck: ") || !strings.Contains(told, "YJJBNTTC.shp") {
		t.Errorf("half a file: %s", told)
	}
	replaceIn(t, good, plan, append(layers("YJJBNTTC"), "plan.yaml")...)
	if told := w.until(idle); !strings.Contains(told, "Fixed problems") { // since the last report, not since the error
		t.Errorf("mended: %s", told)
	}

	must(t, os.Rename(filepath.Join(plan, "ZZQY.shp"), filepath.Join(at, "ZZQY.shp")))
	if told := w.until(idle); !strings.Contains(told, "ZZQY.shp changed") || !strings.Contains(told, "landcheck: ") {
		t.Errorf("taken away: %s", told)
	}
	must(t, os.Rename(filepath.Join(at, "ZZQY.shp"), filepath.Join(plan, "ZZQY.shp")))
	if told := w.until(idle); !strings.Contains(told, "0 new · 0 fixed") {
		t.Errorf("put back: %s", told)
	}
	must(t, os.Rename(plan, plan+"-old"), os.Rename(worse, plan))
	if told := w.until(idle); !strings.Contains(told, "New problems") {
		t.Errorf("another folder: %s", told)
	}
	if status := w.stop(); status != exitInterrupted {
		t.Errorf("status %d", status)
	}
}

// Checks are numbered: nothing but real changes makes one. Temporary files of
// editors, reports that it writes itself, and waiting do not.
func TestWatchIsIdle(t *testing.T) {
	at := t.TempDir()
	plan, base := filepath.Join(at, "plan"), filepath.Join(at, "base")
	must(t, os.Rename(unpacked(t), plan))
	must(t, os.CopyFS(base, os.DirFS(filepath.Join(sampleDir(t), "base"))))
	w := watch(t, plan, "--base", base, "-o", filepath.Join(at, "report.html"), "-o", filepath.Join(base, "report.md"))
	w.until(idle)
	for i := range 20 {
		for _, name := range []string{"~$评审.xlsx", ".~lock.plan.yaml#", ".plan.yaml.swp", "plan.yaml~", "DLBG.shp.lock", "DLBG.tmp", "#plan.yaml#"} {
			file := filepath.Join(plan, name)
			if i%2 == 0 {
				must(t, os.WriteFile(file, []byte{byte(i)}, 0o600))
			} else {
				must(t, os.Remove(file))
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	now := time.Now()
	must(t, os.Chtimes(filepath.Join(base, "DLTB.dbf"), now, now))
	if told := w.until(idle); !strings.Contains(told, "check 2: DLTB.dbf changed") {
		t.Errorf("base data: %s", told)
	}
	must(t, os.WriteFile(filepath.Join(at, settingsName), []byte("rulebook: cn-2024\n"), 0o600))
	if told := w.until(idle); !strings.Contains(told, "check 3: "+settingsName) || !strings.Contains(told, "cn-2024") {
		t.Errorf("settings: %s", told)
	}
	must(t, os.WriteFile(filepath.Join(at, settingsName), []byte("rulebok: cn-2024\n"), 0o600))
	if told := w.until(idle); !strings.Contains(told, "check 4: ") || !strings.Contains(told, "rulebok") {
		t.Errorf("wrong settings: %s", told)
	}
	must(t, os.Remove(filepath.Join(at, settingsName)))
	if told := w.until(idle); !strings.Contains(told, "check 5: ") || !strings.Contains(told, "nmg-2025") {
		t.Errorf("no settings: %s", told)
	}
}

func TestWatchZip(t *testing.T) {
	at := t.TempDir()
	plan, next := filepath.Join(at, "plan.zip"), filepath.Join(at, "next")
	put := func(name, to string) {
		t.Helper()
		from, err := os.Open(filepath.Join(sampleDir(t), "plans", name))
		must(t, err)
		defer from.Close()
		file, err := os.Create(to)
		must(t, err)
		_, err = io.Copy(file, from)
		must(t, err, file.Close())
	}
	put("01-compliant.zip", plan)
	w := watch(t, plan, "--base", filepath.Join(sampleDir(t), "base"), "--format", "json")
	w.until(idle)
	put("02-over-five-percent.zip", next)
	must(t, os.Rename(next, plan))
	if told := w.until(idle); !strings.Contains(told, "check 2: plan.zip changed") || !strings.Contains(told, `"verdict": "violations"`) || !strings.Contains(told, "New problems") {
		t.Errorf("%s", told)
	}
}

// One layer is checked as it is drawn.
func TestWatchLayer(t *testing.T) {
	at := unpacked(t)
	w := watch(t, filepath.Join(at, "DLBG.shp"))
	w.until(idle)
	must(t, os.WriteFile(filepath.Join(at, "DLBG.dbf"), nil, 0o600))
	if told := w.until(idle); !strings.Contains(told, "check 2: DLBG.dbf changed") || !strings.Contains(told, "landcheck: ") {
		t.Errorf("%s", told)
	}
}

// Files that are written one after the other are one change.
func TestChangesSettle(t *testing.T) {
	at := t.TempDir()
	w := watched{inputs: []input{{path: at}}, plan: at}
	w.seen = w.look()
	must(t, os.WriteFile(filepath.Join(at, "a.shp"), nil, 0o600))
	written := guard.Go("writer", func() error {
		for i := range 10 {
			if err := os.WriteFile(filepath.Join(at, "a.dbf"), make([]byte, i), 0o600); err != nil {
				return err
			}
			time.Sleep(20 * time.Millisecond)
		}
		return os.WriteFile(filepath.Join(at, "a.shx"), nil, 0o600)
	})
	names, err := w.next(t.Context(), 300*time.Millisecond, func() {})
	if err != nil || strings.Join(names, " ") != "a.dbf a.shp a.shx" {
		t.Errorf("%v, %v", names, err)
	}
	must(t, <-written)
	w.seen = w.look()
	slow := make(chan bool, 1)
	ctx, cancel := context.WithCancel(t.Context())
	growing := guard.Go("writer", func() error {
		for i := 0; ctx.Err() == nil; i++ {
			if err := os.WriteFile(filepath.Join(at, "b.dbf"), make([]byte, i), 0o600); err != nil {
				return err
			}
		}
		return nil
	})
	_, err = w.next(ctx, 200*time.Millisecond, func() { slow <- true; cancel() })
	if err == nil || !<-slow {
		t.Errorf("%v", err)
	}
	cancel()
	must(t, <-growing)
}

func TestWatchRefuses(t *testing.T) {
	plan, base := filepath.Join(sampleDir(t), "plans", "01-compliant.zip"), filepath.Join(sampleDir(t), "base")
	folder := unpacked(t)
	for says, args := range map[string][]string{
		"takes one plan package":        {},
		"takes one plan package ":       {plan, plan},
		"one plan package at a time":    {filepath.Dir(plan), "--base", base},
		"--base is missing":             {plan},
		"zipx: the file does not exist": {plan + "x", "--base", base},
		"lies in the package":           {folder, "--base", base, "-o", filepath.Join(folder, "report.html")},
		"at least 10ms":                 {plan, "--base", base, "--every", "1ms"},
		"name the same file":            {plan, "--base", base, "-o", filepath.Join(base, "DLTB.dbf.json"), "-o", filepath.Join(base, "DLTB.dbf.json")},
	} {
		got := landcheck(t, append([]string{"watch", "--lang", "en"}, args...)...)
		if got.status != exitBadInput || !strings.Contains(got.stderr, strings.TrimSpace(says)) {
			t.Errorf("%q: status %d, %q", args, got.status, got.stderr)
		}
	}
}

// Base data that stays unpacked from one check to the next gives every plan the
// report that it gets from base data opened anew, to the byte.
func TestWatchKeepsBase(t *testing.T) {
	at := t.TempDir()
	base, plan, report := filepath.Join(at, "base.zip"), filepath.Join(at, "plan.zip"), filepath.Join(at, "watched.json")
	zipFolder(t, filepath.Join(sampleDir(t), "base"), base)
	plans, err := filepath.Glob(filepath.Join(sampleDir(t), "plans", "*.zip"))
	if err != nil || len(plans) < 10 {
		t.Fatal(plans, err)
	}
	must(t, os.Link(plans[len(plans)-1], plan))
	w := watch(t, plan, "--base", base, "-o", report)
	w.until(idle)
	for i, next := range plans {
		must(t, os.Link(next, plan+".new"), os.Rename(plan+".new", plan))
		w.until(idle)
		watched, err := os.ReadFile(report)
		must(t, err)
		fresh := filepath.Join(at, "fresh.json")
		landcheck(t, "check", plan, "--base", base, "--quiet", "-o", fresh)
		if want, err := os.ReadFile(fresh); err != nil || !bytes.Equal(watched, want) {
			t.Errorf("%d, %s: the report is another (%v)", i, next, err)
		}
	}
}

func zipFolder(t *testing.T, dir, file string) {
	t.Helper()
	out, err := os.Create(file)
	must(t, err)
	z := zip.NewWriter(out)
	must(t, z.AddFS(os.DirFS(dir)), z.Close(), out.Close())
}

func TestKeptBase(t *testing.T) {
	at := t.TempDir()
	file := filepath.Join(at, "base.zip")
	zipFolder(t, filepath.Join(sampleDir(t), "base"), file)
	var k keptBase
	defer k.close()
	opened := func(paths ...string) *plan.Base {
		t.Helper()
		base, err := k.open(t.Context(), paths, plan.BaseOptions{})(&plan.Plan{})
		must(t, err)
		t.Cleanup(base.close)
		return base.Base
	}
	first := opened(file)
	if opened(file) != first {
		t.Error("it was opened again")
	}
	now := time.Now()
	must(t, os.Chtimes(file, now, now))
	second := opened(file)
	if second == first {
		t.Error("a changed archive was not opened again")
	}
	if opened(filepath.Join(sampleDir(t), "base")) == second || opened(file) != second {
		t.Error("a folder is kept, or takes the archive's place")
	}
}
