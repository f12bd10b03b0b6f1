package postgis

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/wkb"
)

// TestEncoder: PostGIS has the shapes that were sent, byte for byte, and finds
// the areas that were precomputed, by its own geodesics.
func TestEncoder(t *testing.T) {
	db := fresh(t)
	g := rand.New(rand.NewPCG(7, 7))
	table := &geo.Table{Name: "DLTB", CRS: zone37, Rows: []geo.Feature{{Record: 1}}}
	for i := range 200 {
		table.Rows = append(table.Rows, geo.Feature{Record: i + 2, Geometry: oneStar(g)})
	}
	loadInto(t, db, source("land_use", geo.NewMemory(table, "DLTB.shp", "", nil)))
	rows, err := db.pool.Query(t.Context(), `select record, st_asewkb(geom, 'NDR'), area_m2, st_area(st_transform(geom, 4490)::geography),
		st_isvalid(geom), st_srid(geom), st_npoints(geom) from base.feature where geom is not null order by record`)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		var record, srid, points int
		var ewkb []byte
		var area, geography float64
		var valid bool
		if err := rows.Scan(&record, &ewkb, &area, &geography, &valid, &srid, &points); err != nil {
			t.Fatal(err)
		}
		want := table.Rows[record-1].Geometry
		if srid != 4525 || !bytes.Equal(ewkb, wkb.Append(nil, want, 4525)) {
			t.Fatalf("record %d, system %d: %x\nwant %x", record, srid, ewkb, wkb.Append(nil, want, 4525))
		}
		// PostGIS joins the same vertices by geodesics, the land survey by the
		// rhumb-like edges of TD/T 1055: a few parts in 10⁸ for parcels.
		if valid && math.Abs(area-geography) > 1e-6*geography+1e-3 {
			t.Errorf("record %d: %.6f m², PostGIS %.6f", record, area, geography)
		}
		n++
	}
	if err := rows.Err(); err != nil || n != 200 {
		t.Errorf("%d shapes, %v", n, err)
	}
	var sum, dataset float64
	if err := db.pool.QueryRow(t.Context(), "select (select sum(area_m2) from base.feature), (select area_m2 from base.dataset)").Scan(&sum, &dataset); err != nil {
		t.Fatal(err)
	}
	if math.Abs(sum-dataset) > 1e-9*sum {
		t.Errorf("the dataset has %.4f m², its rows %.4f", dataset, sum)
	}
}

// oneStar is a valid shape of one part, perhaps with a hole.
func oneStar(g *rand.Rand) orb.MultiPolygon {
	x, y, size := 37_400_000+g.Float64()*200_000, 4_400_000+g.Float64()*200_000, math.Exp(6*g.Float64())
	ring := func(scale float64) (r orb.Ring) {
		n := 4 + g.IntN(60)
		for i := range n {
			a, d := 2*math.Pi*float64(i)/float64(n), size*scale*(1+g.Float64()/2)
			r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
		}
		return append(r, r[0])
	}
	p := orb.Polygon{ring(1)}
	if g.IntN(3) == 0 {
		p = append(p, ring(0.3))
	}
	return orb.MultiPolygon{p}
}
