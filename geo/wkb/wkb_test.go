package wkb_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/paulmach/orb"
	orbwkb "github.com/paulmach/orb/encoding/wkb"
	"github.com/twpayne/go-geos"
	"pgregory.net/rapid"

	"landcheck/geo/wkb"
)

// stars draws parts with holes, whose rings are closed and enclose something.
func stars(t *rapid.T) orb.MultiPolygon {
	ring := func(x, y, size float64) (r orb.Ring) {
		n := rapid.IntRange(3, 12).Draw(t, "corners")
		for i := range n {
			a, d := 2*math.Pi*float64(i)/float64(n), size*rapid.Float64Range(0.5, 1).Draw(t, "radius")
			r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
		}
		return append(r, r[0])
	}
	mp := orb.MultiPolygon{}
	for i := range rapid.IntRange(0, 4).Draw(t, "parts") {
		x, y := 37540000+float64(i)*1000, 4562900.0
		p := orb.Polygon{ring(x, y, 400)}
		for range rapid.IntRange(0, 2).Draw(t, "holes") {
			p = append(p, ring(x, y, 100))
		}
		mp = append(mp, p)
	}
	return mp
}

// TestAgainstGEOS: GEOS reads what is written, and writes the same bytes back,
// with a reference system and without; what it writes reads as it was. That
// PostGIS has the same bytes is held by its encoder's test.
func TestAgainstGEOS(t *testing.T) {
	c := geos.NewContext()
	rapid.Check(t, func(t *rapid.T) {
		mp := stars(t)
		ours := wkb.Append([]byte("before"), mp, 0)[6:]
		g, err := c.NewGeomFromWKB(ours)
		if err != nil {
			t.Fatal(err)
		}
		if theirs := g.ToWKB(); !bytes.Equal(ours, theirs) {
			t.Fatalf("GEOS writes %x, we %x", theirs, ours)
		}
		if theirs := g.SetSRID(4525).ToEWKBWithSRID(); !bytes.Equal(wkb.Append(nil, mp, 4525), theirs) {
			t.Fatalf("with a system GEOS writes %x, we %x", theirs, wkb.Append(nil, mp, 4525))
		}
		for _, data := range [][]byte{ours, wkb.Append(nil, mp, 4525)} {
			s, err := wkb.Decode(data, 0, wkb.Options{})
			if err != nil || len(mp) > 0 && !s.Parts.Equal(mp) || s.End != len(data) || s.Closed+s.Dropped != 0 {
				t.Fatalf("%v is read as %+v, %v", mp, s, err)
			}
			box, curved, err := wkb.Box(data, 0)
			if err != nil || curved || len(mp) > 0 && box != mp.Bound() {
				t.Fatalf("box %v of %v, %v", box, mp.Bound(), err)
			}
		}
	})
}

// TestWhatOverlaysLeave: of a mixed collection, in GEOS's bytes, the areal part
// is kept where that is asked for, and the rest is an error where it is not.
func TestWhatOverlaysLeave(t *testing.T) {
	g, err := geos.NewContext().NewGeomFromWKT("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 9 9), POINT EMPTY, MULTIPOINT (1 1, 2 2), POLYGON ((0 0, 4 0, 0 3, 0 0)), POLYGON EMPTY, MULTILINESTRING ((0 0, 1 1)))")
	if err != nil {
		t.Fatal(err)
	}
	data := g.ToWKB()
	s, err := wkb.Decode(data, 0, wkb.Options{ArealOnly: true})
	if err != nil || !s.Parts.Equal(orb.MultiPolygon{{{{0, 0}, {4, 0}, {0, 3}, {0, 0}}}}) || s.End != len(data) {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := wkb.Decode(data, 0, wkb.Options{}); err == nil {
		t.Error("points pass for land")
	}
}

// TestAppendMends: rings are closed, and what encloses nothing is left out, an
// outer ring with its holes.
func TestAppendMends(t *testing.T) {
	triangle, line := orb.Ring{{0, 0}, {4, 0}, {0, 3}}, orb.Ring{{0, 0}, {4, 0}, {0, 0}}
	closed := append(append(orb.Ring{}, triangle...), triangle[0])
	for _, c := range []struct{ in, want orb.MultiPolygon }{
		{orb.MultiPolygon{{triangle}}, orb.MultiPolygon{{closed}}},
		{orb.MultiPolygon{{triangle, line, {}}}, orb.MultiPolygon{{closed}}},
		{orb.MultiPolygon{{line, triangle}, {}, {closed}}, orb.MultiPolygon{{closed}}},
	} {
		want, err := orbwkb.Marshal(c.want)
		if got := wkb.Append(nil, c.in, 0); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%v is written as %x, want %x", c.in, got, want)
		}
	}
}

// TestLimits: one more than the most is refused, the most is not.
func TestLimits(t *testing.T) {
	triangle := orb.Ring{{0, 0}, {4, 0}, {0, 3}, {0, 0}}
	data := wkb.Append(nil, orb.MultiPolygon{{triangle, triangle}, {triangle}}, 0)
	for _, c := range []struct {
		o    wkb.Options
		want wkb.Reason
	}{
		{wkb.Options{Rings: 3, Vertices: 12}, 0}, {wkb.Options{Rings: 2}, wkb.MostRings}, {wkb.Options{Vertices: 11}, wkb.MostVertices},
	} {
		_, err := wkb.Decode(data, 0, c.o)
		if e, _ := err.(*wkb.Error); (e == nil) != (c.want == 0) || e != nil && e.Reason != c.want {
			t.Errorf("%+v: %v", c.o, err)
		}
	}
}

// FuzzDecode: whatever bytes come, an error of this package or closed rings,
// never more points than the bytes hold, in the box of the geometry; and what
// was read reads the same when it is written again.
func FuzzDecode(f *testing.F) {
	triangle := orb.Ring{{0, 0}, {4, 0}, {0, 3}, {0, 0}}
	f.Add(wkb.Append(nil, orb.MultiPolygon{{triangle, triangle}, {triangle}}, 0), false)
	f.Add(wkb.Append(nil, orb.MultiPolygon{{triangle}}, 4525), true)
	f.Add([]byte{1, 6, 0, 0, 0, 255, 255, 255, 255, 1, 3, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255}, false)
	f.Add([]byte{0, 0, 0, 0, 7, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0}, true)
	f.Add([]byte{}, true)
	f.Fuzz(func(t *testing.T, data []byte, areal bool) {
		s, err := wkb.Decode(data, 0, wkb.Options{ArealOnly: areal, Rings: 100, Vertices: 1000})
		box, _, boxErr := wkb.Box(data, 0)
		for _, err := range []error{err, boxErr} {
			if e, ok := err.(*wkb.Error); err != nil && (!ok || e.Error() == "" || e.At < 0 || e.At > len(data)) {
				t.Fatalf("%#v", err)
			}
		}
		if err != nil {
			return
		}
		if boxErr != nil {
			t.Fatalf("the shape reads, its box does not: %v", boxErr)
		}
		points := 0
		for _, p := range s.Parts {
			for _, r := range p {
				if len(r) < 4 || !r.Closed() {
					t.Fatalf("ring %v", r)
				}
				points += len(r)
				for _, v := range r {
					if !box.Contains(v) {
						t.Fatalf("%v lies outside %v", v, box)
					}
				}
			}
		}
		if points > len(data)/12 || s.End > len(data) {
			t.Fatalf("%d points and an end at %d out of %d bytes", points, s.End, len(data))
		}
		again, err := wkb.Decode(wkb.Append(nil, s.Parts, 0), 0, wkb.Options{})
		if err != nil || len(s.Parts) > 0 && !again.Parts.Equal(s.Parts) {
			t.Fatalf("%v reads as %v, %v", s.Parts, again.Parts, err)
		}
	})
}
