package geo_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

func squareAt(x, y, side float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
}

func parcels() *geo.Table {
	return &geo.Table{
		Name:   "DLTB",
		CRS:    geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000},
		Fields: []geo.Field{{Name: "BSM"}, {Name: "DLBM"}},
		Rows: []geo.Feature{
			{Record: 1, Geometry: squareAt(10, 10, 10), Values: []string{"a", "0103"}},
			{Record: 3, Values: []string{"b", "0303"}}, // a null shape after a deleted record
			{Record: 4, Geometry: squareAt(50, 10, 10), Values: []string{"c"}},
		},
	}
}

// rowsOf reads a layer whole and fails the test on an error.
func rowsOf(t testing.TB, l geo.Layer, boxes []orb.Bound, columns ...string) (rows []geo.Feature) {
	t.Helper()
	for f, err := range l.Near(context.Background(), boxes, columns) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, f)
	}
	return rows
}

func records(rows []geo.Feature) (list []int) {
	for _, r := range rows {
		list = append(list, r.Record)
	}
	return list
}

func TestMemoryNear(t *testing.T) {
	l := geo.NewMemory(parcels(), "plan.txt", "", nil)
	box := func(x0, y0, x1, y1 float64) orb.Bound {
		return orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}
	}
	for _, c := range []struct {
		name  string
		boxes []orb.Bound
		want  []int
	}{
		{"nil boxes: all, null shapes included", nil, []int{1, 3, 4}},
		{"no boxes: none", []orb.Bound{}, nil},
		{"one", []orb.Bound{box(0, 0, 15, 15)}, []int{1}},
		{"touching counts", []orb.Bound{box(20, 20, 30, 30)}, []int{1}},
		{"between", []orb.Bound{box(21, 0, 49, 30)}, nil},
		{"round the origin, where an empty box would lie", []orb.Bound{box(-5, -5, 5, 5)}, nil},
		{"an empty box meets nothing", []orb.Bound{box(30, 30, 5, 5)}, nil},
		{"record order whatever the boxes' order", []orb.Bound{box(50, 10, 51, 11), box(10, 10, 11, 11)}, []int{1, 4}},
	} {
		if got := records(rowsOf(t, l, c.boxes)); !slices.Equal(got, c.want) {
			t.Errorf("%s: records %v, want %v", c.name, got, c.want)
		}
	}
	if b := l.Bound(); b != box(10, 10, 60, 20) {
		t.Errorf("bound %v", b)
	}
	if b := geo.NewMemory(&geo.Table{}, "", "", nil).Bound(); !b.IsEmpty() {
		t.Errorf("bound of nothing is %v", b)
	}
}

func TestMemoryColumns(t *testing.T) {
	l := geo.NewMemory(parcels(), "plan.txt", "", nil)
	rows := rowsOf(t, l, nil, "dlbm", "absent", "Bsm")
	want := [][]string{{"0103", "", "a"}, {"0303", "", "b"}, {"", "", "c"}}
	for i, r := range rows {
		if !slices.Equal(r.Values, want[i]) {
			t.Errorf("row %d: %q, want %q", i, r.Values, want[i])
		}
	}
	for f, err := range l.Rows(context.Background(), []string{"BSM"}) {
		if err != nil || f.Geometry != nil {
			t.Errorf("Rows gave geometry %v, error %v", f.Geometry, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range l.Near(ctx, nil, nil) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}

func TestMemoryDigest(t *testing.T) {
	digest := func(change func(*geo.Table)) string {
		table := parcels()
		change(table)
		d, err := geo.NewMemory(table, "", "", nil).Digest(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	seen := map[string]string{}
	for name, change := range map[string]func(*geo.Table){
		"as it is":  func(*geo.Table) {},
		"value":     func(t *geo.Table) { t.Rows[0].Values[0] = "x" },
		"split":     func(t *geo.Table) { t.Rows[0].Values = []string{"a0", "103"} },
		"vertex":    func(t *geo.Table) { t.Rows[0].Geometry[0][0][1][0] += 1e-9 },
		"field":     func(t *geo.Table) { t.Fields[0].Name = "TBBH" },
		"system":    func(t *geo.Table) { t.CRS.CentralMeridian = 114 },
		"row fewer": func(t *geo.Table) { t.Rows = t.Rows[:2] },
	} {
		d := digest(change)
		if other, ok := seen[d]; ok {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[d] = name
	}
	if a, b := digest(func(*geo.Table) {}), digest(func(*geo.Table) {}); a != b {
		t.Errorf("digest changes between runs: %s, %s", a, b)
	}
}

// A search through the index finds what a look at every pair finds.
func TestMemoryNearAgainstPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coordinate := rapid.Float64Range(-20, 20)
		table := &geo.Table{}
		for i := range rapid.IntRange(0, 30).Draw(t, "parcels") {
			table.Rows = append(table.Rows, geo.Feature{Record: i + 1,
				Geometry: squareAt(coordinate.Draw(t, "x"), coordinate.Draw(t, "y"), rapid.Float64Range(0, 5).Draw(t, "side"))})
		}
		var boxes []orb.Bound
		for range rapid.IntRange(1, 30).Draw(t, "boxes") {
			x, y := coordinate.Draw(t, "bx"), coordinate.Draw(t, "by")
			boxes = append(boxes, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 3, y + 3}})
		}
		var want []int
		for _, row := range table.Rows {
			if slices.ContainsFunc(boxes, row.Geometry.Bound().Intersects) {
				want = append(want, row.Record)
			}
		}
		var got []int
		for f, err := range geo.NewMemory(table, "", "", nil).Near(context.Background(), boxes, nil) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f.Record)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
