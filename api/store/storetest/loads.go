package storetest

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// packed is a zip of a base's layers, by the names of their files without ending.
func packed(t testing.TB, dir, name string, layers ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	for _, layer := range layers {
		parts, err := filepath.Glob(filepath.Join(dir, layer+".*"))
		if err != nil || len(parts) == 0 {
			t.Fatal(layer, err)
		}
		for _, part := range parts {
			in, err := os.Open(part)
			if err != nil {
				t.Fatal(err)
			}
			w, err := z.Create("底图/" + filepath.Base(part))
			if err == nil {
				_, err = io.Copy(w, in)
			}
			if err := errors.Join(err, in.Close()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(z.Close(), out.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// load hands base data in.
func (r *fixture) load(county, path string, current bool) (store.Load, error) {
	r.Helper()
	info, err := os.Stat(path)
	r.must(err)
	l, err := r.AddLoad(r.Context(), store.Load{County: county, File: filepath.Base(path), Size: info.Size(), Current: current, By: "李四"},
		store.Entry{Who: "李四", What: "base-upload", County: county})
	if err != nil {
		return l, err
	}
	return r.keep(l, path)
}

func (r *fixture) keep(l store.Load, path string) (store.Load, error) {
	r.Helper()
	dir, err := r.LoadDir(r.Context(), l.ID)
	r.must(err)
	return r.Keep(r.Context(), store.LoadTask{Load: l, Path: path, Dir: dir, Trail: []store.Entry{{Who: "李四", What: "base-version", County: l.County}}})
}

// testLoads: base data handed in becomes a version, whole or not at all; a candidate
// serves once it is made current, and an earlier version can be so again.
func testLoads(r *fixture, dir string) {
	const county = "150123"
	serving := func(version int, versions ...int) {
		r.Helper()
		all, err := r.Counties(r.Context(), county)
		r.must(err)
		if len(all) != 1 || all[0].Version != version || !slices.Equal(all[0].Versions, versions) {
			r.Errorf("counties %+v, want version %d of %v", all, version, versions)
		}
	}
	parcels := func(version int, role domain.Role) int {
		r.Helper()
		b, opened, err := r.Base(r.Context(), county, version, orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, nil)
		r.must(err)
		defer func() { r.must(b.Close()) }()
		if version > 0 && opened != version {
			r.Errorf("version %d is %d", version, opened)
		}
		e, err := b.Extent(role)
		r.must(err)
		return e.Features
	}
	want := r.opened(dir)
	count := func(role domain.Role) int {
		e, err := want.Extent(role)
		r.must(err)
		return e.Features
	}
	serving(1, 1)

	l, err := r.load(county, packed(r, dir, "新版.zip", "XZQ", "DLTB"), false)
	r.must(err)
	kept, err := r.Load(r.Context(), l.ID)
	r.must(err)
	r.same(kept, l)
	if l.State != store.Done || l.Version != 2 || len(l.Missing) != 0 || l.Finished == nil || l.Created.IsZero() || l.By != "李四" {
		r.Errorf("load %+v", l)
	}
	serving(1, 1, 2)
	if parcels(2, domain.PBF) != count(domain.PBF) || parcels(2, domain.LandUse) != count(domain.LandUse) {
		r.Error("version 2 is not the new layers with those of version 1 that it lacks")
	}
	sets, err := r.Datasets(r.Context(), county)
	r.must(err)
	for _, d := range sets {
		if d.Current != (d.Version == 1) {
			r.Errorf("%+v", d)
		}
	}
	for i := range 2 {
		changed, err := r.SetCurrent(r.Context(), county, 2, store.Entry{Who: "李四", What: "base-current", Object: "2", County: county})
		r.must(err)
		if changed != (i == 0) {
			r.Errorf("changed %t", changed)
		}
	}
	serving(2, 1, 2)
	sets, err = r.Datasets(r.Context(), county)
	r.must(err)
	for _, d := range sets {
		brought := d.Role == string(domain.Townships) || d.Role == string(domain.LandUse)
		if d.Current != (d.Version == 2 || d.Version == 1 && !brought) {
			r.Errorf("%+v", d)
		}
	}
	for _, version := range []int{-1, 0, 3} {
		_, err := r.SetCurrent(r.Context(), county, version)
		r.is(err, store.ErrNotFound)
	}
	_, err = r.SetCurrent(r.Context(), "999999", 1)
	r.is(err, store.ErrNotFound)

	r.reopen()
	serving(2, 1, 2)
	changed, err := r.SetCurrent(r.Context(), county, 1, store.Entry{Who: "李四", What: "base-current", Object: "1", County: county})
	r.must(err)
	if !changed {
		r.Error("the earlier version is not made current")
	}
	serving(1, 1, 2)
	l, err = r.load(county, packed(r, dir, "红线.zip", "STBHHX"), true)
	r.must(err)
	if l.Version != 3 {
		r.Errorf("load %+v", l)
	}
	serving(3, 1, 2, 3)

	// What cannot be used, or is another county's, leaves nothing.
	for _, path := range []string{r.upload("no zip"), packed(r, dir, "别县.zip", "XZQ")} {
		other := county
		if filepath.Base(path) == "别县.zip" {
			other = "150124"
		} else {
			named := path + ".zip"
			r.must(os.Rename(path, named))
			path = named
		}
		l, err := r.load(other, path, true)
		if _, wrong := geo.AsInputError(err); !wrong {
			r.Errorf("%s: %+v, %v", path, l, err)
		}
		all, err := r.ListLoads(r.Context(), other)
		r.must(err)
		r.must(r.FailLoad(r.Context(), all[0].ID, &store.Problem{Fault: true, Detail: geo.Text{ZH: "坏", EN: "bad"}}))
		failed, err := r.Load(r.Context(), all[0].ID)
		r.must(err)
		if failed.State != store.Failed || failed.Problem == nil || failed.Problem.Detail.EN != "bad" {
			r.Errorf("%+v", failed)
		}
	}
	serving(3, 1, 2, 3)
	all, err := r.Counties(r.Context(), "150124")
	r.must(err)
	r.same(all, []store.County{})
	r.reopen()
	serving(3, 1, 2, 3)
	if parcels(3, domain.RedLine) != count(domain.RedLine) || parcels(0, domain.LandUse) != count(domain.LandUse) {
		r.Error("version 3 lacks layers")
	}
	r.trailHas("base-upload", "base-version", "base-current")
}

// trailHas looks for kinds of entries.
func (r *fixture) trailHas(kinds ...string) {
	r.Helper()
	entries, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	for _, what := range kinds {
		if !slices.ContainsFunc(entries, func(e store.Entry) bool { return e.What == what && e.Object != "" && e.County == "150123" }) {
			r.Errorf("no entry %s", what)
		}
	}
}

// testFirstLoad: the first version of a county is current, whatever it was to be; its
// core layers that are missing are told. Of one county one load runs at a time.
func testFirstLoad(r *fixture, dir, neighbour string) {
	l, err := r.AddLoad(r.Context(), store.Load{County: "150123", File: "a.zip", Size: 5, By: "李四"})
	r.must(err)
	_, err = r.AddLoad(r.Context(), store.Load{County: "150123", File: "b.zip", Size: 5, By: "李四"})
	r.is(err, store.ErrConflict)
	other, err := r.AddLoad(r.Context(), store.Load{County: "320102", File: "b.zip", Size: 5, By: "李四"})
	r.must(err)
	r.must(r.NoteLoad(r.Context(), l.ID, 3, 10))
	r.must(r.NoteLoad(r.Context(), l.ID, 2, 10))
	noted, err := r.Load(r.Context(), l.ID)
	r.must(err)
	if noted.State != store.Running || noted.Done != 3 || noted.Total != 10 {
		r.Errorf("%+v", noted)
	}
	ended, err := r.CancelLoad(r.Context(), other.ID, store.Entry{Who: "李四", What: "base-cancel", Object: other.ID, County: "320102"})
	r.must(err)
	if ended.State != store.Cancelled || ended.Finished == nil {
		r.Errorf("%+v", ended)
	}
	r.is(r.NoteLoad(r.Context(), other.ID, 5, 10), store.ErrFinished)
	_, err = r.CancelLoad(r.Context(), other.ID)
	r.is(err, store.ErrFinished)
	_, err = r.keep(other, packed(r, neighbour, "b.zip", "XZQ"))
	r.is(err, store.ErrFinished) // nothing is kept of what was cancelled
	r.must(r.FailLoad(r.Context(), other.ID, store.Interrupted()))
	for _, id := range []string{"nobody", ""} {
		_, err := r.Load(r.Context(), id)
		r.is(err, store.ErrNotFound)
		r.is(r.NoteLoad(r.Context(), id, 1, 1), store.ErrNotFound)
		_, err = r.CancelLoad(r.Context(), id)
		r.is(err, store.ErrNotFound)
	}
	done, err := r.keep(l, packed(r, dir, "a.zip", "XZQ", "DLTB"))
	r.must(err)
	r.same(done.Missing, []string{"pbf", "red_line", "urban_boundary"})
	if !done.Current {
		r.Error("it is not said that the first version is current")
	}
	all, err := r.Counties(r.Context(), "")
	r.must(err)
	if len(all) != 1 || all[0].Version != 1 || len(all[0].Bound) != 4 {
		r.Errorf("%+v", all)
	}
	list, err := r.ListLoads(r.Context(), "150123")
	r.must(err)
	r.same(list, []store.Load{done})
	b, _, err := r.Base(r.Context(), "150123", 0, orb.Bound{}, nil)
	r.must(err)
	r.same(b.Present(), map[domain.Role]bool{domain.LandUse: true, domain.Townships: true})
	r.must(b.Close())
}

// testLoadsQuota: base data takes of its county's room.
func testLoadsQuota(r *fixture, path string, size int64) {
	if _, err := r.load("150123", path, true); err != nil {
		r.Fatal(err)
	}
	var q *store.QuotaError
	_, err := r.load("150123", path, true)
	if !errors.As(err, &q) || q.Used != size {
		r.Errorf("%v", err)
	}
	r.reopen()
	_, _, err = r.AddPlan(r.Context(), planOf("150123", strings.Repeat("x", int(size))), r.upload(strings.Repeat("x", int(size))))
	if !errors.As(err, &q) || q.Used != size {
		r.Errorf("%v", err)
	}
}
