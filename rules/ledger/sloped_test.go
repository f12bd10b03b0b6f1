package ledger

import (
	"math"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"pgregory.net/rapid"
)

// A face knows the block of sloped cropland that it is part of, whatever part
// of it the plan takes: fields on a grid, blocks by a flood over all pairs of
// them, areas by the plane.
func TestSlopedBlocksAgainstBruteForce(t *testing.T) {
	const gap, step, side = 12, 60, 50 // fields 50 m wide, 10 m apart
	rapid.Check(t, func(t *rapid.T) {
		type field struct {
			x, y  float64
			slope int
			class string
		}
		var fields []field
		base := memoryBase{}
		for col := range 4 {
			for row := range 3 {
				f := field{float64(col * step), float64(row * step), rapid.IntRange(1, 5).Draw(t, "slope"),
					rapid.SampledFrom([]string{"0103", "0103", "0103", "0401"}).Draw(t, "class")}
				if rapid.IntRange(0, 3).Draw(t, "apart") == 0 {
					f.x += 4 // 14 m from the field to the west, 6 m from the one to the east
				}
				fields = append(fields, f)
				p := parcelAt(domain.LandUse, len(fields), rect(f.x, f.y, f.x+side, f.y+side), f.class, "")
				p.Traits.Slope = f.slope
				base[domain.LandUse] = append(base[domain.LandUse], p)
			}
		}
		taken := rapid.IntRange(0, len(fields)-1).Draw(t, "taken")
		part := rapid.Float64Range(2, side).Draw(t, "part")
		f := fields[taken]
		p := &plan.Plan{CRS: zone37, Project: []plan.Feature{{Geometry: rect(-50, -50, 500, 500)}},
			Changes: []plan.Change{changeAt(domain.LandUseChange, 1, rect(f.x, f.y, f.x+part, f.y+part), "0301")}}
		l, err := Build(t.Context(), p, base, Options{Blocks: &BlockSpec{Gap: gap, Sloped: 3}})
		if err != nil {
			t.Fatal(err)
		}
		sloped := func(f field) bool { return f.class == "0103" && f.slope >= 3 }
		want := 0.0
		if sloped(f) {
			near := func(a, b field) bool {
				dx, dy := math.Max(0, math.Abs(a.x-b.x)-side), math.Max(0, math.Abs(a.y-b.y)-side)
				return math.Hypot(dx, dy) <= gap
			}
			in := map[int]bool{taken: true}
			for grown := true; grown; {
				grown = false
				for i, a := range fields {
					for k := range in {
						if !in[i] && sloped(a) && near(a, fields[k]) {
							in[i], grown = true, true
							break
						}
					}
				}
			}
			want = float64(len(in)) * side * side
		}
		for i := range l.Faces {
			if got := l.Faces[i].SlopedBlock; math.Abs(got-want) > 1e-4*want+1e-9 {
				t.Fatalf("a face of field %d has a block of %v, want %v", taken+1, got, want)
			}
		}
		if len(l.Faces) == 0 {
			t.Fatal("no face")
		}
	})
}

// A road between two fields parts their blocks, as it does of all cropland.
func TestSlopedBlocksStopAtBarriers(t *testing.T) {
	for _, c := range []struct {
		road string
		want float64
	}{{"1003", 10000}, {"1006", 20000}} {
		var fields []plan.Parcel
		for i, x := range []float64{0, 110} {
			p := parcelAt(domain.LandUse, i+1, rect(x, 0, x+100, 100), "0103", "")
			p.Traits.Slope = 4
			fields = append(fields, p)
		}
		base := memoryBase{domain.LandUse: append(fields, parcelAt(domain.LandUse, 3, rect(103, -10, 106, 110), c.road, ""))}
		p := &plan.Plan{CRS: zone37, Project: []plan.Feature{{Geometry: rect(-50, -50, 500, 500)}},
			Changes: []plan.Change{changeAt(domain.LandUseChange, 1, rect(10, 10, 20, 20), "0301")}}
		l, err := Build(t.Context(), p, base, Options{Blocks: &BlockSpec{Gap: 12, Barriers: []string{"1001", "1003", "1101"}, Sloped: 3}})
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Faces[0].SlopedBlock; math.Abs(got-c.want) > 2 {
			t.Errorf("%s: %v, want %v", c.road, got, c.want)
		}
	}
}
