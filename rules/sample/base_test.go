package sample

import (
	"bytes"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/shapefile"

	"github.com/paulmach/orb"
)

// features reads a layer back.
func features(t *testing.T, path string, columns ...string) []geo.Feature {
	t.Helper()
	l, err := shapefile.Open(path, path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if crs, err := l.CRS(); err != nil || crs.EPSG() != 4525 {
		t.Errorf("%s: %v, %v", path, crs, err)
	}
	var out []geo.Feature
	for f, err := range l.Near(t.Context(), nil, columns) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	if n := l.Notices(); len(n) != 0 {
		t.Errorf("%s: %v", path, n)
	}
	return out
}

func figure(t *testing.T, s string) float64 {
	t.Helper()
	if s == "" {
		return 0
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// What the layers state agrees with where and how large things are.
func TestBaseIsConsistent(t *testing.T) {
	dir := t.TempDir()
	c := testCounty(t, Options{})
	if err := c.WriteBase(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	s, err := geo.NewSurveyor(c.crs, c.origin)
	if err != nil {
		t.Fatal(err)
	}
	villages := features(t, filepath.Join(dir, "CJDCQ.shp"), "ZLDWDM", "ZLDWMC")
	townships := features(t, filepath.Join(dir, "XZQ.shp"), "XZQDM", "XZQMC")
	if len(villages) != 16 || len(townships) != 4 {
		t.Fatalf("%d villages in %d townships", len(villages), len(townships))
	}
	home := func(p orb.Point, units []geo.Feature) string {
		for _, u := range units {
			if geo.Locate(p, u.Geometry) == geo.Inside {
				return u.Values[0]
			}
		}
		return ""
	}
	parcels := features(t, filepath.Join(dir, "DLTB.shp"), "BSM", "DLBM", "ZLDWDM", "TBMJ", "KCXS", "KCMJ", "TBDLMJ", "ZLDWMC")
	byShape := map[orb.Point]geo.Feature{}
	for _, p := range parcels {
		v := p.Values
		area, ridge, ridges, net := figure(t, v[3]), figure(t, v[4]), figure(t, v[5]), figure(t, v[6])
		if got := s.MultiPolygon(p.Geometry); math.Abs(got-area) > 0.0051 {
			t.Errorf("parcel %s: TBMJ %v, computed %v", v[0], area, got)
		}
		if math.Abs(area*ridge-ridges) > 0.0051 || math.Abs(area-ridges-net) > 1e-6 {
			t.Errorf("parcel %s: %v × %v ≠ %v, or less it ≠ %v", v[0], area, ridge, ridges, net)
		}
		// The middle of a parcel; that of a long and bent one may lie outside it.
		inside := p.Geometry.Bound().Center()
		if geo.Locate(inside, p.Geometry) != geo.Inside {
			continue
		}
		if unit := home(inside, villages); unit != v[2] {
			t.Errorf("parcel %s says village %s, lies in %s", v[0], v[2], unit)
		}
		if unit := home(inside, townships); !strings.HasPrefix(v[2], unit) || unit == "" {
			t.Errorf("parcel %s says %s, lies in township %s", v[0], v[2], unit)
		}
		byShape[inside] = p
	}
	pbf := features(t, filepath.Join(dir, "YJJBNTTB.shp"), "BSM", "DLBM", "ZLDWDM", "YJJBNTMJ", "KCXS", "GDPDJB", "ZLDB")
	for _, p := range pbf {
		v := p.Values
		parcel, ok := byShape[p.Geometry.Bound().Center()]
		if !ok || !sameRings(parcel.Geometry, p.Geometry) {
			t.Fatalf("PBF %s is no parcel", v[0])
		}
		if v[1] != parcel.Values[1] || !strings.HasPrefix(v[1], "010") || v[2] != parcel.Values[2] || v[5] == "" || v[6] == "" {
			t.Errorf("PBF %v on parcel %v", v, parcel.Values)
		}
		// The first township's areas are set for the plans at the cap.
		declared, net := figure(t, v[3]), figure(t, parcel.Values[6])
		if limit := 0.015*net + 1; math.Abs(declared-net) > limit || declared != net && !strings.HasPrefix(v[2], "150123101") {
			t.Errorf("PBF %s: YJJBNTMJ %v, the parcel has %v", v[0], declared, net)
		}
	}
	if len(pbf) < 1500 {
		t.Errorf("%d PBF features", len(pbf))
	}
}

func sameRings(a, b orb.MultiPolygon) bool { return orb.Equal(a, b) }

// Neighbours share edges (TestLayersTile); GEOS says that no outline crosses
// itself or another.
func TestNothingOverlaps(t *testing.T) {
	c := testCounty(t, Options{})
	k := geo.NewKernel()
	shapes := make([]orb.MultiPolygon, len(c.parcels))
	boxes := make([]orb.Bound, len(c.parcels))
	for i, p := range c.parcels {
		shapes[i] = c.shape(p.rect)
		boxes[i] = shapes[i].Bound()
		if issue, bad := k.Validate(shapes[i]); bad {
			t.Fatalf("parcel %d: %v", i, issue)
		}
	}
	for _, layer := range c.small() {
		for _, f := range layer.Rows {
			if issue, bad := k.Validate(f.Geometry); bad {
				t.Errorf("%s %d: %v", layer.Name, f.Record, issue)
			}
		}
	}
	// The union of what does not overlap has the area of its parts.
	s, err := geo.NewSurveyor(c.crs, c.origin)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := k.Union(shapes, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(whole) != 1 || len(whole[0]) != 1 {
		t.Errorf("the union has %d parts", len(whole))
	}
	var sum float64
	for _, shape := range shapes {
		sum += s.MultiPolygon(shape)
	}
	if got := s.MultiPolygon(whole); math.Abs(got-sum) > 1e-9*sum {
		t.Errorf("the union has %.4f m², the parcels sum to %.4f", got, sum)
	}
}

func TestSameBytesTwice(t *testing.T) {
	var dirs [2]string
	for i := range dirs {
		dirs[i] = t.TempDir()
		if err := Write(t.Context(), dirs[i], Options{Parcels: 2000}); err != nil {
			t.Fatal(err)
		}
	}
	files := 0
	err := filepath.WalkDir(dirs[0], func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		name, err := filepath.Rel(dirs[0], path)
		if err != nil {
			return err
		}
		a, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dirs[1], name))
		if err == nil && !bytes.Equal(a, b) {
			t.Errorf("%s differs from run to run", name)
		}
		return err
	})
	if err != nil || files < 50 {
		t.Fatalf("%d files, %v", files, err)
	}
}

// BenchmarkBase draws and writes 100 000 parcels of 43 vertices.
func BenchmarkBase(b *testing.B) {
	parcels := 0
	for b.Loop() {
		c, err := New(Options{Parcels: 100_000})
		if err != nil {
			b.Fatal(err)
		}
		if err := c.WriteBase(b.Context(), b.TempDir()); err != nil {
			b.Fatal(err)
		}
		parcels += len(c.parcels)
	}
	b.ReportMetric(float64(parcels)/b.Elapsed().Seconds(), "parcels/s")
}
