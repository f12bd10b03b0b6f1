package deliver_test

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/shapefile"
	"landcheck/rules/deliver"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// standard are the fields of YJJBNTTB in their order, as the schema of 2021 has
// them.
const standard = "BSM YSDM XZQDM XZQMC YJJBNTTBBH TBBH DLBM DLMC QSXZ QSDWDM QSDWMC ZLDWDM ZLDWMC YJJBNTTBMJ YJJBNTMJ SJNF BHKSSJ BHJSSJ WDGD " +
	"GDPDJB KCDLBM KCXS KCMJ GDLX TBXHDM TBXHMC GDZZSXDM GDZZSXMC CFZR ZRRMC SJBH SJMC BZ"

func sumOf(t *testing.T, table *geo.Table, name string) (sum float64) {
	t.Helper()
	for _, v := range column(t, table, name) {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sum += x
	}
	return sum
}

// movedOf are the report's own totals of land out and in, m².
func movedOf(t *testing.T, r *result.Report) (out, in float64) {
	t.Helper()
	for _, y := range r.Years {
		out, in = out+y.PBFOut, in+y.PBFIn
	}
	return out, in
}

// TestPBFUpdateOfSample: of every plan of the sample that moves PBF, the layer after
// the plan holds before − out + in of the report, ids are unique, fields stand in
// their order, and both formats say the same.
func TestPBFUpdateOfSample(t *testing.T) {
	for _, name := range []string{"01", "02", "03", "05", "06", "08", "09", "12", "13", "14"} {
		t.Run(name, func(t *testing.T) {
			c := checkSample(t, name)
			dir, files := written(t, c.request(deliver.PBFUpdate))
			for _, f := range files {
				if !strings.Contains(f, "草案") {
					t.Errorf("%s does not say that it is a draft", f)
				}
			}
			shp := readLayer(t, filepath.Join(dir, "YJJBNTTB_草案.shp"), "YJJBNTTB_草案")
			pkg := readLayer(t, filepath.Join(dir, "永久基本农田更新_草案.gpkg"), "YJJBNTTB_草案")
			var names []string
			for _, f := range shp.Fields {
				names = append(names, f.Name)
			}
			if got := strings.Join(names, " "); got != standard+" ZLDB" {
				t.Errorf("fields %s", got)
			}
			out, in := movedOf(t, c.Report)
			before := 0.0
			for _, d := range c.Ledger.Designated {
				before += d.Area
			}
			changed := 0.0
			for _, bz := range column(t, shp, "BZ") {
				if !strings.HasPrefix(bz, "草案") {
					t.Fatalf("a record does not say that it is a draft: %q", bz)
				}
				if bz != "草案" {
					changed++
				}
			}
			if got, want := sumOf(t, shp, "YJJBNTMJ"), before-out+in; math.Abs(got-want) > 0.01*(changed+1) {
				t.Errorf("%.2f m² after the plan, want %.2f", got, want)
			}
			gross, net, off := column(t, shp, "YJJBNTTBMJ"), column(t, shp, "YJJBNTMJ"), column(t, shp, "KCMJ")
			for i := range off {
				if off[i] != "" && (number(t, off[i]) < 0 || math.Abs(number(t, gross[i])-number(t, net[i])-number(t, off[i])) > 0.001) {
					t.Fatalf("record %d: %s − %s is not %s", i+1, gross[i], net[i], off[i])
				}
			}
			ids := column(t, shp, "BSM")
			slices.Sort(ids)
			if n := len(slices.Compact(slices.Clone(ids))); n != len(ids) || ids[0] == "" {
				t.Errorf("%d ids of %d records", n, len(ids))
			}
			sameRows(t, shp, pkg)
		})
	}
}

// sameRows compares tables value by value, numbers as numbers.
func sameRows(t *testing.T, a, b *geo.Table) {
	t.Helper()
	if len(a.Rows) != len(b.Rows) || len(a.Fields) != len(b.Fields) {
		t.Fatalf("%d rows of %d fields, and %d of %d", len(a.Rows), len(a.Fields), len(b.Rows), len(b.Fields))
	}
	for i := range a.Rows {
		for k := range a.Fields {
			x, y := strings.TrimSpace(a.Rows[i].Values[k]), strings.TrimSpace(b.Rows[i].Values[k])
			u, errX := strconv.ParseFloat(x, 64)
			v, errY := strconv.ParseFloat(y, 64)
			if x != y && (errX != nil || errY != nil || u != v) {
				t.Fatalf("record %d, %s: %q and %q", i+1, a.Fields[k].Name, x, y)
			}
		}
	}
}

// TestPBFUpdateGoesBackIn: with the exported layer in the place of the base's, a plan
// that changes nothing finds it designated as the report says, township by township;
// and the plan itself finds nothing to take out and nothing to bring in any more.
func TestPBFUpdateGoesBackIn(t *testing.T) {
	for _, name := range []string{"01", "13"} {
		c := checkSample(t, name)
		r := c.request(deliver.PBFUpdate)
		r.Draft = false
		dir, _ := written(t, r)
		home, err := county()
		if err != nil {
			t.Fatal(err)
		}
		updated := filepath.Join(t.TempDir(), "base")
		copyFiles(t, filepath.Join(home, "base"), updated, func(n string) bool { return !strings.HasPrefix(n, "YJJBNTTB.") })
		copyFiles(t, dir, updated, func(n string) bool { return strings.HasPrefix(n, "YJJBNTTB.") })
		paths, _ := filepath.Glob(filepath.Join(home, "plans", name+"*.zip"))
		empty := filepath.Join(t.TempDir(), "empty")
		unpack(t, paths[0], empty, func(n string) bool { return strings.HasPrefix(n, "ZZQY.") })
		nothing := &geo.Table{Name: "DLBG", CRS: c.Ledger.CRS, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}, {Name: "BGHDLBM", Type: geo.TextField, Width: 5}}}
		if err := shapefile.Write(context.Background(), filepath.Join(empty, "DLBG.shp"), nothing, shapefile.GBK); err != nil {
			t.Fatal(err)
		}
		again := checkPlan(t, empty, updated)
		if out, in := movedOf(t, again.Report); out != 0 || in != 0 || again.Ledger.Changed != 0 {
			t.Errorf("an empty plan moves %.2f and %.2f m²", out, in)
		}
		for code, was := range c.Ledger.Designated {
			want := was.Area
			for i := range c.Ledger.Faces {
				if f := &c.Ledger.Faces[i]; f.Township == code && f.Before.PBF != f.After.PBF {
					want += f.After.PBFNet - f.Before.PBFNet
				}
			}
			if got := again.Ledger.Designated[code].Area; math.Abs(got-want) > 0.01*float64(len(c.Ledger.Faces)) {
				t.Errorf("township %s has %.2f m², want %.2f", code, got, want)
			}
		}
		same := checkPlan(t, paths[0], updated)
		if out, in := movedOf(t, same.Report); out > 0.05 || in > 0.05 {
			t.Errorf("the plan carried out once more moves %.2f and %.2f m²", out, in)
		}
	}
}

func copyFiles(t *testing.T, from, to string, keep func(string) bool) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if data, err := os.ReadFile(filepath.Join(from, e.Name())); err != nil {
			t.Fatal(err)
		} else if keep(e.Name()) {
			putFile(t, filepath.Join(to, e.Name()), data)
		}
	}
}

func putFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
		t.Fatal(err)
	}
}

func unpack(t *testing.T, archive, to string, keep func(string) bool) {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if !keep(f.Name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		putFile(t, filepath.Join(to, f.Name), data)
	}
}

// TestPBFUpdateDates: a parcel counts from its own date, one without from the day of
// the deliverable, else from the end of its year; a plan that says none is refused.
func TestPBFUpdateDates(t *testing.T) {
	c := checkSample(t, "01")
	r := c.request(deliver.PBFUpdate)
	p := *c.Ledger.Plan
	changes := p.Changes
	for i := range changes {
		if changes[i].Role == domain.PBFIn {
			changes[i].Date = ""
		}
	}
	from := func(r deliver.Request) map[string]int {
		dir, _ := written(t, r)
		table := readLayer(t, filepath.Join(dir, "YJJBNTTB_草案.shp"), "YJJBNTTB_草案")
		counts, days := map[string]int{}, column(t, table, "BHKSSJ")
		for i, bz := range column(t, table, "BZ") {
			if strings.Contains(bz, "补划") {
				counts[days[i]]++
			}
		}
		return counts
	}
	if got := from(r); len(got) != 1 || got["20261231"] == 0 {
		t.Errorf("from %v, want the end of 2026", got)
	}
	r.Dated = "2027-03-15"
	if got := from(r); len(got) != 1 || got["20270315"] == 0 {
		t.Errorf("from %v, want 2027-03-15", got)
	}
	r.Dated = ""
	for i := range changes {
		changes[i].Year = 0
	}
	c.Ledger.Plan.Year = 0
	_, err := deliver.Make(context.Background(), r)
	if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Advice.ZH, "YSRQ") {
		t.Errorf("%v", err)
	}
}
