package web_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"landcheck/api"
	"landcheck/rules/sample"
)

// bureauMap serves tiles in web mercator and in degrees with a green spot at a
// place, which the page sets by /at?lon=&lat=, and counts what it is asked for.
type bureauMap struct {
	mutex    sync.Mutex
	lon, lat float64
	asked    int
}

func (m *bureauMap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	w.Header().Set("Access-Control-Allow-Origin", "*")
	var z, x, y int
	switch {
	case r.URL.Path == "/at":
		fmt.Sscan(r.URL.Query().Get("lon"), &m.lon)
		fmt.Sscan(r.URL.Query().Get("lat"), &m.lat)
		return
	case r.URL.Path == "/asked":
		fmt.Fprint(w, m.asked)
		return
	case strings.HasPrefix(r.URL.Path, "/closed/"):
		w.Header().Del("Access-Control-Allow-Origin")
	}
	m.asked++
	fmt.Sscanf(strings.NewReplacer("/", " ", ".png", "").Replace(r.URL.Path[strings.Index(r.URL.Path[1:], "/")+1:]), "%d %d %d", &z, &x, &y)
	n := 256 * math.Exp2(float64(z))
	px, py := (m.lon+180)/360*n, (1-math.Asinh(math.Tan(m.lat*math.Pi/180))/math.Pi)/2*n
	if strings.HasPrefix(r.URL.Path, "/degrees/") {
		py = (90 - m.lat) / 360 * n
	}
	tile := image.NewRGBA(image.Rect(0, 0, 256, 256))
	draw.Draw(tile, tile.Bounds(), image.NewUniform(color.RGBA{200, 60, 200, 255}), image.Point{}, draw.Src)
	for dy := -6.0; dy <= 6; dy++ {
		for dx := -6.0; dx <= 6; dx++ {
			tile.Set(int(px+dx)-256*x, int(py+dy)-256*y, color.RGBA{0, 220, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, tile); err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(b.Bytes())
}

// TestPageBasemap: a base map of the bureau lies where it should under the page's
// own layers, in both systems; before somebody chooses it nobody is asked.
func TestPageBasemap(t *testing.T) {
	need(t)
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	bureau := httptest.NewServer(&bureauMap{})
	t.Cleanup(bureau.Close)
	var maps []api.Basemap
	for _, text := range []string{"mercator=" + bureau.URL + "/mercator/{z}/{x}/{y}.png", "degrees=" + bureau.URL + "/degrees/{z}/{x}/{y}.png#crs=EPSG:4490&attribution=©",
		"closed=" + bureau.URL + "/closed/{z}/{x}/{y}.png"} {
		m, err := api.ParseBasemap(text)
		if err != nil {
			t.Fatal(err)
		}
		maps = append(maps, m)
	}
	s := serveWith(t, filepath.Join(dir, "data"), filepath.Join(dir, "base"), 1, nil, api.Config{Basemaps: maps})
	s.node("basemap", "PAGE_CHECK="+s.check(filepath.Join(dir, "plans", "05-red-line-occupied.zip")), "PAGE_BUREAU="+bureau.URL)
}
