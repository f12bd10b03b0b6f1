package geojson

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

// Whatever polygons are written come back to 9 decimals, wound by RFC 7946.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(73, 135).Draw(t, "x"), rapid.Float64Range(3, 53).Draw(t, "y")
		ring := func(x, y, side float64) orb.Ring {
			r := orb.Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
			if rapid.Bool().Draw(t, "turn") {
				slices.Reverse(r)
			}
			return r
		}
		table := &geo.Table{Name: "x", CRS: degrees, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField}, {Name: "MJ", Type: geo.NumberField}},
			Rows: []geo.Feature{{Geometry: orb.MultiPolygon{{ring(x, y, 1), ring(x+.2, y+.2, .5)}}, Values: []string{rapid.String().Draw(t, "id"), "12.50"}}}}
		var b bytes.Buffer
		if err := Encode(&b, table); err != nil || !json.Valid(b.Bytes()) {
			t.Fatal(err, b.String())
		}
		l, err := read(t.Context(), bytes.NewReader(b.Bytes()), "x", "x")
		if err != nil {
			t.Fatal(err)
		}
		for f, err := range l.Near(context.Background(), nil, []string{"MJ"}) {
			if err != nil || f.Values[0] != "12.50" {
				t.Fatal(f, err)
			}
			for i, r := range f.Geometry[0] {
				if want := []orb.Orientation{orb.CCW, orb.CW}[i]; r.Orientation() != want {
					t.Fatalf("ring %d runs %v", i, r.Orientation())
				}
			}
			d := f.Geometry[0][0].Bound()
			for k, want := range []float64{x, y, x + 1, y + 1} {
				if got := []float64{d.Min[0], d.Min[1], d.Max[0], d.Max[1]}[k]; got-want > 6e-10 || want-got > 6e-10 {
					t.Fatalf("coordinate %v, want %v", got, want)
				}
			}
		}
	})
}

func TestWrite(t *testing.T) {
	table := &geo.Table{Name: "x", CRS: degrees,
		Fields: []geo.Field{{Name: "名\"", Type: geo.TextField}, {Name: "n", Type: geo.NumberField}},
		Rows: []geo.Feature{
			{Geometry: orb.MultiPolygon{{{{111, 40}, {111, 40.5}, {111.1234567891, 40}, {111, 40}}}}, Values: []string{"a", "007"}},
			{Values: []string{"", "-1.5e3"}},
		}}
	path := filepath.Join(t.TempDir(), "out.geojson")
	if err := Write(context.Background(), path, table); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	want := `{"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[111,40],[111.123456789,40],[111,40.5],[111,40]]]]},"properties":{"名\"":"a","n":"007"}},
{"type":"Feature","geometry":null,"properties":{"名\"":null,"n":-1.5e3}}
]}
`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	table.CRS = geo.CRS{}
	for _, err := range []error{Write(ctx, path, table), Write(context.Background(), path, table)} {
		if err == nil {
			t.Error("written although cancelled or not in degrees")
		}
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != want {
		t.Error("a failed write changed the file")
	}
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("needs GDAL's ogrinfo (gdal-bin)")
	}
	out, err := exec.Command("ogrinfo", "-so", "-al", path).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Feature Count: 2") || !strings.Contains(string(out), "(111.000000, 40.000000) - (111.123457, 40.500000)") {
		t.Errorf("ogrinfo: %v\n%s", err, out)
	}
}
