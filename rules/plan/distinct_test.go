package plan

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

func TestDistinct(t *testing.T) {
	for _, c := range []struct{ paths, want []string }{
		{[]string{"/d/base", "/d/east"}, []string{"base", "east"}},
		{[]string{"/d/2023/base/", "/d/2024/base", "/d/east"}, []string{"2023/base", "2024/base", "east"}},
		{[]string{"/a/x/base.zip", "/b/x/base.zip"}, []string{"a/x/base.zip", "b/x/base.zip"}},
		{[]string{"/base", "/d/base"}, []string{"/base", "d/base"}},
		{[]string{"/d/base", "/d/./base", "/e/base"}, []string{"d/base", "d/base", "e/base"}},
	} {
		if got := distinct(c.paths); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.paths, got, c.want)
		}
	}
}

// TestBasesOfOneName: what is learned of a record of one layer is not taken for
// that of another whose file has the same name in another directory.
func TestBasesOfOneName(t *testing.T) {
	table := tableOf("DLTB", "BSM DLBM ZLDWDM")
	for i := range 9000 { // layers that are worth remembering
		table.Rows = append(table.Rows, rowOf(square(20*float64(i%100), 20*float64(i/100), 10), "1", "0103", "1501231012010000000"))
	}
	a, b := writeLayers(t, table), writeLayers(t, table)
	for _, paths := range [][]string{
		{filepath.Join(a, "DLTB.shp"), filepath.Join(b, "DLTB.shp")},
		{filepath.Join(renamed(t, a), "base"), filepath.Join(renamed(t, b), "base")},
	} {
		base, err := OpenBase(t.Context(), paths, BaseOptions{Cache: t.TempDir(), CRS: zone37})
		if err != nil {
			t.Fatal(err)
		}
		defer base.Close()
		all, err := base.Near(t.Context(), domain.LandUse, zone37, []orb.Bound{geo.Bound(square(0, 0, 5))})
		if err != nil || len(all) != 2 || all[0].Record != 1 || all[1].Record != 1 || all[0].File == all[1].File {
			t.Fatalf("%+v, %v", all, err)
		}
		base.SetAreas(domain.LandUse, zone37, []Measured{{File: all[0].File, Record: 1, Area: 123}})
		var known []Parcel
		if _, err := base.Survey(t.Context(), domain.LandUse, zone37, []orb.Bound{geo.Bound(square(0, 0, 5))}, func(p *Parcel) bool {
			known = append(known, *p)
			return false
		}); err != nil {
			t.Fatal(err)
		}
		if len(known) != 1 || known[0].File != all[0].File || known[0].Area != 123 {
			t.Errorf("known: %+v", known)
		}
	}
}

// renamed links a directory as "base" in one of its own.
func renamed(t *testing.T, dir string) string {
	t.Helper()
	parent := t.TempDir()
	if err := os.Symlink(dir, filepath.Join(parent, "base")); err != nil {
		t.Fatal(err)
	}
	return parent
}
