package api_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/proving/kit"

	"github.com/paulmach/orb"
)

// lands are counties side by side, from west to east; no example has their codes.
var lands = []string{"157123", "157223", "157124", "327102"}

// The size of a county in cells of the kit.
const (
	landColumns = 16
	landRows    = 10
)

// mark stands in every name, id and file name of a county's base data.
func mark(code string) string { return "MARK" + code }

// east is how far a county lies from the first one, m.
func east(i int) float64 { return float64(i) * landColumns * kit.Cell }

// landBase writes base data of a county: the kit's, moved and marked.
func landBase(t testing.TB, i int) string {
	t.Helper()
	code := lands[i]
	base := kit.Base()
	for _, l := range base.Layers {
		for _, r := range l.Rows {
			r.Shape = kit.Shift(r.Shape, east(i), 0)
			for field, value := range r.F {
				text, ok := value.(string)
				switch {
				case !ok:
				case field == "BSM" || strings.HasSuffix(field, "MC"):
					r.F[field] = mark(code) + text
				default:
					r.F[field] = strings.Replace(text, kit.County, code, 1)
				}
			}
		}
	}
	dir := filepath.Join(t.TempDir(), mark(code))
	for name, data := range base.Files() {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// drawing is a plan that says one county and is drawn anywhere.
type drawing struct {
	says          int
	project, rest float64 // how far each is moved, m
	pieces        bool    // the project area reaches over every county
}

func (d drawing) String() string {
	return fmt.Sprintf("says %s, project area at %.1f, changes at %.1f, everywhere: %t", lands[d.says], d.project, d.rest, d.pieces)
}

// draw draws one at random: inside its county, across its border, elsewhere; the
// changes with the project area, or far from it.
func draw(r *rand.Rand) drawing {
	d := drawing{says: r.IntN(len(lands))}
	jitter := 7 + 80*r.Float64() // no vertex of the plan is one of base data
	switch d.project = east(d.says) + jitter; r.IntN(6) {
	case 0, 1: // some of it beyond a border
		d.project += float64(r.IntN(2)*13-4) * kit.Cell
	case 2: // mostly refused
		d.project = east(r.IntN(len(lands))) + jitter
	}
	if d.rest = d.project; r.IntN(2) == 0 {
		d.rest = east(r.IntN(len(lands))) + jitter + float64(r.IntN(9)-4)*kit.Cell
	}
	d.pieces = r.IntN(3) == 0
	return d
}

// zip is the package.
func (d drawing) zip() []byte {
	p := kit.Clean()
	for _, l := range p.Layers {
		far := d.rest
		if l.Name == "ZZQY" {
			far = d.project
		}
		for _, r := range l.Rows {
			r.Shape = kit.Shift(r.Shape, far, 3)
		}
	}
	if d.pieces {
		for i := range lands { // a square metre or so is enough to ask for a county
			p.Layer("ZZQY").Add(kit.Shift(kit.Box(4, 5, 5, 6), east(i)+11, 3), kit.F{"BSM": fmt.Sprint("P", i)})
		}
	}
	m := p.Manifest
	m.County = lands[d.says]
	m.Code = strings.Replace(m.Code, kit.County, m.County, 1)
	for i := range m.Docs {
		m.Docs[i].Village = strings.Replace(m.Docs[i].Village, kit.County, m.County, 1)
	}
	return p.Files().Zip("")
}

// corners are the vertices of a county's base data in degrees, by their
// rounded places, but for those on its borders, which are its neighbours' too.
func landCorners(t testing.TB, i int) map[[2]int64]bool {
	t.Helper()
	crs, err := geo.FromEPSG(4525)
	if err != nil {
		t.Fatal(err)
	}
	degrees, err := geo.NewTransform(crs, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		t.Fatal(err)
	}
	all := map[[2]int64]bool{}
	for col := 1; col < landColumns; col++ {
		for row := range landRows + 1 {
			at := kit.At(float64(col), float64(row))
			metres := orb.Point{at[0] + east(i), at[1]}
			lonLat, err := degrees.Point(metres)
			if err != nil {
				t.Fatal(err)
			}
			all[rounded(lonLat[0], lonLat[1])], all[rounded(metres[0], metres[1])] = true, true
		}
	}
	return all
}

// rounded is a place to a millimetre or so, in degrees or metres.
func rounded(x, y float64) [2]int64 {
	scale := 1e8
	if x > 1000 {
		scale = 1e3
	}
	return [2]int64{int64(x*scale + 0.5), int64(y*scale + 0.5)}
}

// within are the counties that a prefix covers, without the rest.
func within(prefix string, bases map[string][]string) map[string][]string {
	some := maps.Clone(bases)
	maps.DeleteFunc(some, func(code string, _ []string) bool { return !store.Sees(prefix, code) })
	return some
}

// foreign are the counties that a prefix does not cover.
func foreign(prefix string) []int {
	var all []int
	for i, code := range lands {
		if !store.Sees(prefix, code) {
			all = append(all, i)
		}
	}
	return slices.Clip(all)
}
