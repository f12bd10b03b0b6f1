package room_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/room"

	"github.com/paulmach/orb"
)

// lackingCounty is a county without some layers.
func lackingCounty(t *testing.T, baseYAML string, without ...string) *plan.Base {
	t.Helper()
	dir := t.TempDir()
	c := drawCounty(rand.New(rand.NewPCG(12, 3)))
	c.without = without
	if err := c.write(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if baseYAML != "" {
		if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(baseYAML), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return openBase(t, dir)
}

// TestWithoutALayer: what was not looked at is never given as a reason.
func TestWithoutALayer(t *testing.T) {
	for layer, x := range map[string]struct {
		check  room.Check
		role   string
		claims []room.Kind
	}{
		"STBHHX":    {room.RedLine, "red_line", []room.Kind{room.OutsideRedLine, room.Window}},
		"CZKFBJ":    {room.UrbanBoundary, "urban_boundary", []room.Kind{room.OutsideUrban}},
		"HHGLFW":    {room.WaterManagement, "water_management", nil},
		"YJJBNTCBQ": {room.PBFReserve, "pbf_reserve", []room.Kind{room.InReserve}},
	} {
		r := survey(t, room.Request{Base: lackingCounty(t, "", layer)})
		if !slices.ContainsFunc(r.Reservations, func(v room.Reservation) bool { return v.Check == x.check && strings.Contains(v.Message.EN, layer) }) {
			t.Errorf("without %s: %v", layer, r.Reservations)
		}
		if len(r.In) == 0 || len(r.Out) == 0 {
			t.Fatalf("without %s: %d out, %d in", layer, len(r.Out), len(r.In))
		}
		for _, c := range r.In {
			if !slices.Contains(c.Unchecked, x.check) {
				t.Errorf("without %s %s says nothing of it: %v", layer, c.ID, c.Unchecked)
			}
		}
		for _, c := range slices.Concat(r.In, r.Out) {
			for _, kind := range x.claims {
				if has(c, kind) {
					t.Errorf("without %s %s is said to be %s", layer, c.ID, kind)
				}
			}
		}
		// A county that has none of it wants nothing.
		r = survey(t, room.Request{Base: lackingCounty(t, "absent: ["+x.role+"]\n", layer)})
		if slices.ContainsFunc(r.Reservations, func(v room.Reservation) bool { return v.Check == x.check }) || slices.Contains(r.In[0].Unchecked, x.check) {
			t.Errorf("absent %s is wanted: %v", x.role, r.Reservations)
		}
	}
}

func TestWithoutACoreLayer(t *testing.T) {
	for _, layer := range []string{"XZQ", "DLTB", "YJJBNTTB"} {
		_, err := room.Survey(t.Context(), room.Request{Base: lackingCounty(t, "", layer), Book: defaultBook(t)})
		if e, ok := geo.AsInputError(err); !ok || !strings.Contains(e.Message.EN, layer) || e.Advice.IsZero() {
			t.Errorf("without %s: %v", layer, err)
		}
	}
}

// TestInAnArea: candidates end at the area's edge, in whatever system it is drawn.
func TestInAnArea(t *testing.T) {
	base := lackingCounty(t, "")
	whole := survey(t, room.Request{Base: base})
	area := box(west+150, south+120, west+430, south+500)
	crs, err := geo.FromEPSG(4546) // the same without the zone in eastings
	if err != nil {
		t.Fatal(err)
	}
	way, err := geo.NewTransform(whole.CRS, crs)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := way.MultiPolygon(area)
	if err != nil {
		t.Fatal(err)
	}
	r := survey(t, room.Request{Base: base, Area: []plan.Feature{{Geometry: moved}}, AreaCRS: crs})
	k := geo.NewKernel()
	for _, lists := range [][2][]room.Candidate{{whole.In, r.In}, {whole.Out, r.Out}} {
		want, got := 0.0, 0.0
		for _, c := range lists[0] {
			in, err := k.Intersection(orb.MultiPolygon{c.Geometry}, area, 0)
			if err != nil {
				t.Fatal(err)
			}
			sure, _ := land(in)
			want += geo.PlaneArea(sure)
		}
		for _, c := range lists[1] {
			got += geo.PlaneArea(orb.MultiPolygon{c.Geometry})
		}
		if got == 0 || got < want-1 || got > want+1 {
			t.Errorf("%.1f m² of candidates in the area, want %.1f", got, want)
		}
	}
}

func TestOfOneTownship(t *testing.T) {
	base := lackingCounty(t, "")
	whole := survey(t, room.Request{Base: base})
	r := survey(t, room.Request{Base: base, Codes: []string{"150123102"}})
	if len(r.Townships) != 1 || r.Townships[0].Code != "150123102" || len(r.In) == 0 {
		t.Fatalf("%+v", r.Townships)
	}
	if r.Townships[0].Room != whole.Townships[1].Room || r.Townships[0].In != whole.Townships[1].In {
		t.Errorf("%+v, in the whole county %+v", r.Townships[0], whole.Townships[1])
	}
	_, err := room.Survey(t.Context(), room.Request{Base: base, Book: defaultBook(t), Codes: []string{"150124"}})
	if e, ok := geo.AsInputError(err); !ok || !strings.Contains(e.Advice.EN, "150123101") {
		t.Errorf("a township that is not there: %v", err)
	}
}
