package api_test

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// tiles is a description of tiles.
type tiles struct {
	Version int
	Bounds  []float64
	Layers  []struct {
		ID       string
		Tiles    string
		Features int
		Fields   map[string]string
		MinZoom  map[string]int
	}
	Grids []struct {
		CRS         string
		Origin      [2]float64
		Resolutions []float64
	}
}

// fill puts a tile into an address.
func fill(address string, a tile.Address) string {
	return strings.NewReplacer("{z}", fmt.Sprint(a.Z), "{x}", fmt.Sprint(a.X), "{y}", fmt.Sprint(a.Y)).Replace(address)
}

// across are the tiles of a level that a box in degrees meets.
func across(t testing.TB, g tile.Grid, bounds []float64, z int) []tile.Address {
	t.Helper()
	way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, g.System())
	if err != nil {
		t.Fatal(err)
	}
	b, err := way.Bound(orb.Bound{Min: orb.Point{bounds[0], bounds[1]}, Max: orb.Point{bounds[2], bounds[3]}})
	if err != nil {
		t.Fatal(err)
	}
	nw, se := g.At(orb.Point{b.Min[0], b.Max[1]}, z), g.At(orb.Point{b.Max[0], b.Min[1]}, z)
	var all []tile.Address
	for x := nw.X; x <= se.X; x++ {
		for y := nw.Y; y <= se.Y; y++ {
			all = append(all, tile.Address{Z: z, X: x, Y: y})
		}
	}
	return all
}

func TestTiles(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		allTiles(t, s)
		tileConformance(t, s)
		checkTileConformance(t, s)
	})
}

// allTiles walks each layer of a description over its whole extent, in each
// grid: the tiles show every feature that the layer has, with its properties.
func allTiles(t *testing.T, s *service) {
	k := s.checked(samplePlan(t, badPlan))
	for _, at := range []string{"/v1/tiles/" + county, "/v1/checks/" + k.ID + "/tiles"} {
		var d tiles
		s.get(at).wants(200).into(&d)
		if len(d.Layers) < 5 || len(d.Grids) != 2 || d.Grids[0].CRS != "EPSG:3857" || d.Grids[1].CRS != "EPSG:4525" {
			t.Fatalf("%+v", d)
		}
		for _, grid := range d.Grids {
			g, err := tile.ParseGrid(grid.CRS)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range d.Layers {
				seen := map[string]bool{}
				address := l.Tiles + "?crs=" + grid.CRS
				if strings.Contains(l.Tiles, "?") {
					address = l.Tiles + "&crs=" + grid.CRS
				}
				for _, a := range across(t, g, d.Bounds, max(14, l.MinZoom[grid.CRS])) {
					answer := s.get(fill(address, a))
					if answer.status == 204 && len(answer.body) == 0 {
						continue
					}
					layers, err := mvt.Unmarshal(answer.wants(200).body)
					if err != nil || len(layers) != 1 || layers[0].Name != l.ID {
						t.Fatalf("%s: %d layers, %v", fill(address, a), len(layers), err)
					}
					for _, f := range layers[0].Features {
						seen[fmt.Sprint(f.Properties["id"])] = true
						for name := range f.Properties {
							if l.Fields[name] == "" {
								t.Fatalf("%s: the field %s is not described", l.ID, name)
							}
						}
					}
				}
				if len(seen) != l.Features {
					t.Errorf("%s %s: %d features of %d", l.ID, grid.CRS, len(seen), l.Features)
				}
			}
		}
	}
}

// tileConformance: tags, compression, levels that are too low, what is not there.
func tileConformance(t *testing.T, s *service) {
	var d tiles
	s.get("/v1/tiles/" + county).wants(200).into(&d)
	middle := orb.Point{(d.Bounds[0] + d.Bounds[2]) / 2, (d.Bounds[1] + d.Bounds[3]) / 2}
	at := fill("/v1/tiles/"+county+"/land_use/{z}/{x}/{y}.mvt", tile.Mercator().At(middle, 15))
	a := s.get(at).wants(200)
	if a.header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" || a.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("%v", a.header)
	}
	if b := s.get(at+"?version=1", with("Accept-Encoding", "gzip")).wants(200); b.header.Get("Content-Encoding") != "gzip" ||
		b.header.Get("ETag") != a.header.Get("ETag") || b.header.Get("Cache-Control") != "private, max-age=3600" {
		t.Errorf("%v", b.header)
	}
	for _, known := range []string{a.header.Get("ETag"), `"x", ` + a.header.Get("ETag"), "*"} {
		s.get(at, with("If-None-Match", known)).wants(304)
	}
	s.get(at, with("If-None-Match", `"x"`)).wants(200)
	low := fill("/v1/tiles/"+county+"/land_use/{z}/{x}/{y}.mvt", tile.Mercator().At(middle, 3))
	if b := s.get(low).wants(204); b.header.Get("Landcheck-Min-Zoom") == "" {
		t.Errorf("%v", b.header)
	}
	for _, grid := range []string{"EPSG:3857", "EPSG:4525", "EPSG:4546", "EPSG:4513"} { // far from any land
		for _, tail := range []string{"0/0/0", "5/0/0", "5/31/31", "22/4194303/0"} {
			if b := s.get("/v1/tiles/" + county + "/red_line/" + tail + ".mvt?crs=" + grid); b.status != 204 && tail != "0/0/0" {
				t.Errorf("%s %s: %d %s", grid, tail, b.status, b.body)
			}
		}
	}
	for _, wrong := range []string{"/v1/tiles/150199", "/v1/tiles/x", "/v1/tiles/150123/x/1/1/1.mvt", "/v1/tiles/150123/pbf_out/1/1/1.mvt",
		"/v1/tiles/150123/pbf/1/2/0.mvt", "/v1/tiles/150123/pbf/1/0/2.mvt", "/v1/tiles/150123/pbf/23/0/0.mvt",
		"/v1/tiles/150123/pbf/1/0/0", "/v1/tiles/150123/pbf/-1/0/0.mvt", "/v1/tiles/150123/pbf/01/0/0.mvt",
		"/v1/tiles/150123/pbf/1/0/0.mvt?version=9", "/v1/tiles/150123?version=9"} {
		s.get(wrong).problem(404, "not-found")
	}
	for _, wrong := range []string{"?crs=EPSG:4490", "?crs=", "?crs=x", "?version=0", "?version=x", "?zoom=1"} {
		s.get("/v1/tiles/150123/pbf/1/0/0.mvt"+wrong).problem(400, "bad-parameter")
	}
}

func checkTileConformance(t *testing.T, s *service) {
	at := "/v1/checks/" + s.checked(samplePlan(t, badPlan)).ID + "/tiles"
	var d tiles
	s.get(at).wants(200).into(&d)
	tail := fill("/{z}/{x}/{y}.mvt", tile.Mercator().At(orb.Point{(d.Bounds[0] + d.Bounds[2]) / 2, (d.Bounds[1] + d.Bounds[3]) / 2}, 9))
	for _, layer := range []string{"findings", "faces", "project_area", "pbf_out"} {
		a := s.get(at + "/" + layer + tail).wants(200)
		s.get(at+"/"+layer+tail, with("If-None-Match", a.header.Get("ETag"))).wants(304)
		s.get(at + "/" + layer + "/9/0/0.mvt").wants(204)
	}
	for _, wrong := range []string{"/x" + tail, "/pbf" + tail, "/faces/1/2/3.mvt", "/faces/1/0/0"} {
		s.get(at+wrong).problem(404, "not-found")
	}
	s.get(at+"?version=1").problem(400, "bad-parameter")
	s.get("/v1/checks/x/tiles").problem(404, "not-found")
	s.get("/v1/checks/x/tiles/faces/1/1/1.mvt").problem(404, "not-found")
}

// TestTilesEarly: a check that is not done has no tiles yet.
func TestTilesEarly(t *testing.T) {
	t.Parallel()
	{
		s := serve(t, "embedded", setup{idle: true})
		p := s.upload(samplePlan(t, goodPlan))
		var k checkAnswer
		s.do("POST", p.Links["checks"]).wants(202).into(&k)
		s.get("/v1/checks/"+k.ID+"/tiles").problem(409, "conflict")
		s.get("/v1/checks/"+k.ID+"/tiles/faces/1/1/1.mvt").problem(409, "conflict")
		s.get("/v1/checks/"+k.ID+"/at?lon=111.5&lat=41.3").problem(409, "conflict")
		s.get("/v1/checks/"+k.ID+"/features?role=pbf&feature=1").problem(409, "conflict")
	}
}

// TestTilesByGDAL: GDAL reads the tiles of a checkerboard of addresses and
// finds every figure valid, and land use covering each tile wholly and once.
// The county is large enough for its parcels to be read tile by tile.
func TestTilesByGDAL(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("GDAL asks for hundreds of tiles, one by one")
	}
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("no ogrinfo: scripts/install.sh installs gdal-bin")
	}
	c, err := sample.New(sample.Options{Parcels: 8000, VerticesPerParcel: 20})
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(t.TempDir(), "base")
	if err := c.WriteBase(t.Context(), base); err != nil {
		t.Fatal(err)
	}
	eachStore(t, setup{base: base}, tilesByGDAL)
}

func tilesByGDAL(t *testing.T, s *service) {
	var d tiles
	s.get("/v1/tiles/" + county).wants(200).into(&d)
	if n := d.Layers[1].Features; d.Layers[1].ID != "land_use" || n <= 5000 {
		t.Fatalf("%s has %d features", d.Layers[1].ID, n)
	}
	for _, crs := range []string{"EPSG:3857", "EPSG:4525"} {
		g, err := tile.ParseGrid(crs)
		if err != nil {
			t.Fatal(err)
		}
		for z := 14; z <= 17; z++ {
			at := across(t, g, []float64{111.5, 41.31, 111.5, 41.31}, z)[0]
			path := filepath.Join(t.TempDir(), fmt.Sprint(z)+".mvt")
			data := s.get(fill("/v1/tiles/"+county+"/land_use/{z}/{x}/{y}.mvt?crs="+crs, at)).wants(200).body
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			out := gdal(t, nil, "ogrinfo", "-ro", "-q", path, "-dialect", "sqlite", "-sql",
				"select count(*) n, sum(st_isvalid(geometry)) valid, round(sum(st_area(geometry))) area from land_use")
			var n, valid int
			var area float64
			for _, line := range strings.Split(out, "\n") {
				name, value, _ := strings.Cut(strings.TrimSpace(line), " = ")
				switch {
				case strings.HasPrefix(name, "n "):
					fmt.Sscan(value, &n)
				case strings.HasPrefix(name, "valid "):
					fmt.Sscan(value, &valid)
				case strings.HasPrefix(name, "area "):
					fmt.Sscan(value, &area)
				}
			}
			if n == 0 || valid != n || math.Abs(area-4096*4096) > 2 {
				t.Errorf("%s %v: %d figures, %d valid, they cover %.0f of %d units²", crs, at, n, valid, area, 4096*4096)
			}
		}
	}
}

// TestTilesOfChangedFiles: base data that changes under the service is told
// as such, not as the caller's fault, and read anew once it is whole again.
func TestTilesOfChangedFiles(t *testing.T) {
	t.Parallel()
	base := filepath.Join(t.TempDir(), "base")
	if err := os.CopyFS(base, os.DirFS(baseDir(t))); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{base: base})
	tail := fill("/{z}/{x}/{y}.mvt", tile.Mercator().At(orb.Point{111.5, 41.31}, 15))
	s.get("/v1/tiles/" + county + "/townships" + tail).wants(200)
	k := s.checked(samplePlan(t, goodPlan))
	path := filepath.Join(base, "YJJBNTTB.shp")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pbf := "/v1/ogc/collections/" + county + ".pbf"
	addresses := []string{"/v1/tiles/" + county + "/pbf" + tail, pbf + "/items?limit=5000", pbf + "/items/2150", pbf, pbf + "/queryables", "/v1/tiles/" + county,
		"/v1/counties/" + county + "/at?lon=111.5&lat=41.31", "/v1/checks/" + k.ID + "/at?lon=111.5&lat=41.31", "/v1/checks/" + k.ID + "/features?role=pbf&feature=1"}
	for _, at := range addresses {
		a := s.until(503, func() *answer { // within some seconds of the change, however slow the machine
			if err := os.WriteFile(path, whole[:len(whole)/2], 0o600); err != nil {
				t.Fatal(err)
			}
			return s.get(at)
		})
		if p := a.problem(503, "unavailable"); p.File != "YJJBNTTB.shp" || !strings.Contains(p.Detail, p.File) || a.header.Get("Retry-After") == "" {
			t.Errorf("%s: %+v", at, p)
		}
	}
	if err := os.WriteFile(path, whole[:60], 0o600); err != nil {
		t.Fatal(err)
	}
	// Once it has lain still for some seconds nobody is copying: the file is wrong.
	for end := time.Now().Add(patience); s.get(pbf).status == 503 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
	}
	for _, at := range addresses {
		if p := s.get(at).problem(422, "bad-input"); !strings.Contains(p.File, "YJJBNTTB") || p.Advice == "" {
			t.Errorf("%s: %+v", at, p)
		}
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s.get("/v1/tiles/" + county + "/pbf" + tail).wants(200)
	s.get("/v1/ogc/collections/" + county + ".pbf/items?limit=5000").wants(200)
}
