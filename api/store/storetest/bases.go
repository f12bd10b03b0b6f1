package storetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
)

// testBases: the sample county, once whole and once in part with another code.
func testBases(t *testing.T, at func(t *testing.T, c Config) Location) {
	dir := t.TempDir()
	county, err := sample.New(sample.Options{Parcels: 2000})
	if err == nil {
		err = county.WriteBase(t.Context(), dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	other, some := t.TempDir(), t.TempDir()
	if county, err = sample.New(sample.Options{Parcels: 2000, County: "320102"}); err == nil {
		err = county.WriteBase(t.Context(), other)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"DLTB", "XZQ"} {
		parts, err := filepath.Glob(filepath.Join(other, name+".*"))
		if err != nil || len(parts) < 3 {
			t.Fatal(parts, err)
		}
		for _, p := range parts {
			if err := os.Link(p, filepath.Join(some, filepath.Base(p))); err != nil {
				t.Fatal(err)
			}
		}
	}
	place := at(t, Config{Bases: map[string][]string{"150123": {dir}, "320102": {some}}})
	t.Run("counties", func(t *testing.T) { baseCounties(newFixture(t, place)) })
	t.Run("datasets", func(t *testing.T) { baseDatasets(newFixture(t, place), dir, some) })
	t.Run("read", func(t *testing.T) { baseRead(newFixture(t, place), dir) })
	t.Run("loads", func(t *testing.T) {
		testLoads(newFixture(t, at(t, Config{Bases: map[string][]string{"150123": {dir}}})), dir)
	})
	t.Run("first load", func(t *testing.T) { testFirstLoad(newFixture(t, at(t, Config{})), dir, some) })
	t.Run("quota", func(t *testing.T) {
		path := packed(t, dir, "a.zip", "XZQ")
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		testLoadsQuota(newFixture(t, at(t, Config{Quota: store.Quota{"150123": info.Size() * 3 / 2}})), path, info.Size())
	})
	t.Run("none", func(t *testing.T) { baseNone(newFixture(t, at(t, Config{}))) })
}

// opened is base data in files, as the stores must give it.
func (r *fixture) opened(paths ...string) *plan.Base {
	r.Helper()
	b, err := plan.OpenBase(r.Context(), paths, plan.BaseOptions{})
	r.must(err)
	r.Cleanup(func() { r.must(b.Close()) })
	return b
}

func baseCounties(r *fixture) {
	for prefix, codes := range map[string][]string{
		"": {"150123", "320102"}, "15": {"150123"}, "150123": {"150123"}, "32": {"320102"}, "9": {}, "1501234": {},
	} {
		got, err := r.Counties(r.Context(), prefix)
		r.must(err)
		if !slices.EqualFunc(got, codes, func(c store.County, code string) bool { return c.Code == code }) {
			r.Errorf("prefix %q gives %+v", prefix, got)
		}
		for _, c := range got {
			if c.Version != 1 || c.Loaded.IsZero() || c.Loaded.Location() != time.UTC || len(c.Bound) != 4 ||
				!(100 < c.Bound[0] && c.Bound[0] < c.Bound[2] && c.Bound[2] < 120 && 30 < c.Bound[1] && c.Bound[1] < c.Bound[3] && c.Bound[3] < 50) {
				r.Errorf("county %+v", c)
			}
		}
	}
}

func baseDatasets(r *fixture, whole, some string) {
	for county, path := range map[string]string{"150123": whole, "320102": some} {
		base := r.opened(path)
		layers, err := base.Layers(r.Context())
		r.must(err)
		systems := map[string]string{}
		sources, _ := base.Sources()
		for _, l := range sources {
			systems[l.Layer.File()] = l.CRS.String()
		}
		slices.SortStableFunc(layers, func(a, b plan.LayerInfo) int { return strings.Compare(string(a.Role), string(b.Role)) })
		got, err := r.Datasets(r.Context(), county)
		r.must(err)
		if len(got) != len(layers) {
			r.Fatalf("%d datasets of %d layers", len(got), len(layers))
		}
		for i, d := range got {
			l := layers[i]
			if d.Loaded.IsZero() || d.Loaded.Location() != time.UTC {
				r.Errorf("dataset %+v", d)
			}
			r.same(d, store.Dataset{
				County: county, Role: string(l.Role), Version: 1, Current: true, Name: l.Name, File: filepath.Base(l.File),
				Features: l.Features, Digest: l.Digest, CRS: systems[l.File], Loaded: d.Loaded,
			})
		}
	}
	_, err := r.Datasets(r.Context(), "999999")
	r.is(err, store.ErrNotFound)
}

// baseRead: parcels come as from the files; a box that meets another county
// brings its layers along.
func baseRead(r *fixture, dir string) {
	want := r.opened(dir)
	sources, _ := want.Sources()
	crs := sources[0].CRS
	box := orb.Bound{}
	for _, p := range sources {
		if p.Role == domain.Townships {
			c := p.Layer.Bound().Center()
			box = orb.Bound{Min: c, Max: c}.Pad(1500)
		}
	}
	toDegrees, err := geo.NewTransform(crs, geo.CRS{Kind: geo.Geographic})
	r.must(err)
	near, err := toDegrees.Bound(box)
	r.must(err)
	parcels := func(b *plan.Base, role domain.Role) []plan.Parcel {
		r.Helper()
		all, err := b.Near(r.Context(), role, crs, []orb.Bound{box})
		r.must(err)
		for i := range all {
			all[i].File = filepath.Base(all[i].File)
		}
		return all
	}
	for _, version := range []int{0, 1} {
		got, v, err := r.Base(r.Context(), "150123", version, orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, []string{"320102"})
		r.must(err)
		if v != 1 {
			r.Errorf("version %d", v)
		}
		r.same(got.Present(), want.Present())
		for _, role := range domain.BaseRoles() {
			r.same(parcels(got, role), parcels(want, role))
		}
		r.must(got.Close())
	}
	for _, neighbours := range [][]string{nil, {"32"}, {"320103", "*"}, {"150123"}} {
		alone, _, err := r.Base(r.Context(), "150123", 0, near, neighbours)
		r.must(err)
		r.same(parcels(alone, domain.LandUse), parcels(want, domain.LandUse))
		r.must(alone.Close())
	}
	both, _, err := r.Base(r.Context(), "150123", 0, near, []string{"320102"})
	r.must(err)
	mine := parcels(want, domain.LandUse)
	if all := parcels(both, domain.LandUse); len(mine) == 0 || len(all) != 2*len(mine) {
		r.Errorf("%d parcels with the neighbour's, %d without", len(all), len(mine))
	}
	r.same(parcels(both, domain.RedLine), parcels(want, domain.RedLine))
	r.must(both.Close())
	far, _, err := r.Base(r.Context(), "150123", 0, orb.Bound{Min: orb.Point{10, 10}, Max: orb.Point{11, 11}}, []string{"320102"})
	r.must(err)
	r.same(parcels(far, domain.LandUse), mine)
	r.must(far.Close())

	for _, c := range []struct {
		county  string
		version int
	}{{"999999", 0}, {"", 0}, {"150123", 2}, {"150123", -1}, {"'; --", 0}} {
		_, _, err := r.Base(r.Context(), c.county, c.version, orb.Bound{}, nil)
		r.is(err, store.ErrNotFound)
	}
	part, _, err := r.Base(r.Context(), "320102", 0, orb.Bound{}, nil)
	r.must(err)
	r.same(part.Present(), map[domain.Role]bool{domain.LandUse: true, domain.Townships: true})
	r.must(part.Close())
}

func baseNone(r *fixture) {
	all, err := r.Counties(r.Context(), "")
	r.must(err)
	r.same(all, []store.County{})
	_, _, err = r.Base(r.Context(), "150123", 0, orb.Bound{}, nil)
	r.is(err, store.ErrNotFound)
}
