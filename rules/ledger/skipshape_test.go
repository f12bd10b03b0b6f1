package ledger

import (
	"context"
	"math"
	"reflect"
	"sync/atomic"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// skippingBase knows the areas of some of its parcels and spares their shapes,
// as a layer does that was measured before. Their boxes may be too large.
type skippingBase struct {
	memoryBase
	knows   func(record int) bool
	loose   float64 // m by which boxes are too large
	skipped *atomic.Int64
}

func (b skippingBase) Survey(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, skip func(*plan.Parcel) bool) ([]*plan.Parcel, error) {
	near, err := b.memoryBase.Survey(ctx, role, work, boxes, nil)
	surveyor, err2 := geo.NewSurveyor(work, orb.Point{})
	if err != nil || err2 != nil || skip == nil {
		return near, err
	}
	for _, p := range near {
		if !b.knows(p.Record) {
			continue
		}
		shape := p.Geometry
		p.Geometry, p.Box, p.Area = nil, geo.Bound(shape).Pad(b.loose), surveyor.MultiPolygon(shape)
		if skip(p) {
			b.skipped.Add(1)
			continue
		}
		p.Geometry, p.Box = shape, geo.Bound(shape)
	}
	return near, nil
}

// TestSkippedShapesChangeNothing builds ledgers over small fields, some of them
// gone awry, whose shapes are all there and over the same with some skipped.
func TestSkippedShapesChangeNothing(t *testing.T) {
	var skipped atomic.Int64
	rapid.Check(t, func(t *rapid.T) {
		p, base := world(t)
		base[domain.LandUse], base[domain.PBF] = nil, nil
		const side, fields = 25, 14
		wiggle := rapid.Float64Range(-6, 6)
		for i := range fields * fields {
			x, y := float64(i%fields)*side, float64(i/fields)*side
			mp := rect(x, y, x+side, y+side)
			mp[0][0][2][0] += wiggle.Draw(t, "east")
			mp[0][0][2][1] += wiggle.Draw(t, "north")
			switch rapid.IntRange(0, 11).Draw(t, "what") {
			case 0: // a hole
				mp[0] = append(mp[0], rect(x+5, y+5, x+12, y+14)[0][0])
			case 1: // a second part, over other fields
				px, py := rapid.Float64Range(-40, 380).Draw(t, "px"), rapid.Float64Range(-40, 380).Draw(t, "py")
				mp = append(mp, rect(px, py, px+rapid.SampledFrom([]float64{0.01, 9, 60}).Draw(t, "wide"), py+7)[0])
			case 2: // crosses itself
				mp[0][0][1], mp[0][0][2] = mp[0][0][2], mp[0][0][1]
			}
			f := parcelAt(domain.LandUse, i+1, mp, rapid.SampledFrom([]string{"0103", "0103", "1003", "0401", "0702"}).Draw(t, "class"), "150123101201")
			base[domain.LandUse] = append(base[domain.LandUse], f)
			if i%3 == 0 {
				f = parcelAt(domain.PBF, i+1, mp, "0103", "150123101201")
				f.Net = plan.Number{Value: 500, Known: i%2 == 0}
				base[domain.PBF] = append(base[domain.PBF], f)
			}
		}
		var around orb.Ring
		for k := range 9 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / 9)
			d := rapid.Float64Range(60, 240).Draw(t, "reach")
			around = append(around, orb.Point{east + 170 + d*cos, north + 170 + d*sin})
		}
		p.Project = []plan.Feature{{Geometry: orb.MultiPolygon{{append(around, around[0])}}}}
		switch rapid.IntRange(0, 3).Draw(t, "project") {
		case 0: // what lies in its middle is not part of it
			p.Project[0].Geometry[0] = append(p.Project[0].Geometry[0], rect(150, 160, 190, 200)[0][0])
		case 1: // a second area, which may overlap the first
			x := rapid.Float64Range(0, 250).Draw(t, "second")
			p.Project = append(p.Project, plan.Feature{Record: 2, Geometry: rect(x, 40, x+120, 200)})
		}
		p.Changes = p.Changes[:min(len(p.Changes), rapid.IntRange(0, 3).Draw(t, "changes"))]

		o := Options{Sliver: SliverLimits{Area: 1, Width: 0.05}, Blocks: &BlockSpec{Gap: 12, Barriers: []string{"1003"}}}
		if rapid.Bool().Draw(t, "without blocks") {
			o.Blocks = nil
		}
		want, err := Build(context.Background(), p, base, o)
		if err != nil {
			t.Fatal(err)
		}
		every := rapid.IntRange(1, 4).Draw(t, "every")
		got, err := Build(context.Background(), p, skippingBase{base, func(record int) bool { return record%every == 0 },
			rapid.SampledFrom([]float64{0, 0, 3}).Draw(t, "loose"), &skipped}, o)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("another ledger:\n got %+v\nwant %+v", got, want)
		}
	})
	if skipped.Load() == 0 {
		t.Error("no shape was ever spared")
	}
}
