package ledger

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"landcheck/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// plainJoin is join without groups known beforehand or a choice of who looks
// about: every pair of neighbours, by distance.
func plainJoin(shapes []*indexedShape, gap float64, barriers []*indexedShape) []int {
	j := grouping{shapes: shapes, groups: newDisjointSets(len(shapes)), gap: max(gap, touching), barriers: barriers, wallIndex: indexOf(nil, barriers)}
	index := indexOf(nil, shapes)
	for a := range shapes {
		index.Search(shapes[a].box.Pad(j.gap), func(b int) bool {
			if b > a {
				j.pair(a, b)
			}
			return true
		})
	}
	return j.groups.numbers()
}

func figuresOf(outlines []orb.MultiPolygon) []*indexedShape {
	shapes := make([]*indexedShape, len(outlines))
	for i, o := range outlines {
		shapes[i] = indexShape(o)
	}
	return shapes
}

// lattice is fields that share wavy edges vertex by vertex. wave gives the
// same offset to the same vertex, whoever asks.
func lattice(columns, rows, perEdge int, size float64, wave func(x, y float64) orb.Point) []orb.MultiPolygon {
	var fields []orb.MultiPolygon
	for i := range columns {
		for k := range rows {
			x, y := float64(i)*size, float64(k)*size
			var r orb.Ring
			for _, c := range [4][4]float64{{0, 0, 1, 0}, {1, 0, 0, 1}, {1, 1, -1, 0}, {0, 1, 0, -1}} {
				for s := range perEdge {
					f := float64(s) / float64(perEdge)
					px, py := x+size*(c[0]+f*c[2]), y+size*(c[1]+f*c[3])
					o := wave(math.Round(px*1e6), math.Round(py*1e6))
					r = append(r, orb.Point{east + px + o[0], north + py + o[1]})
				}
			}
			fields = append(fields, orb.MultiPolygon{{append(r, r[0])}})
		}
	}
	return fields
}

// drawFields is a lattice of fields with ways between its columns; some fields
// are away, moved (so that edges are shared in part, or no more), holed, in two
// parts, or hold another. In the ways stand barriers, all along or not.
func drawFields(t *rapid.T) (out, barriers []orb.MultiPolygon) {
	seed := rapid.Uint64().Draw(t, "seed")
	wild := rapid.Float64Range(0, 3).Draw(t, "wild")
	columns, rows := rapid.IntRange(1, 5).Draw(t, "columns"), rapid.IntRange(1, 5).Draw(t, "rows")
	fields := lattice(columns, rows, rapid.IntRange(1, 6).Draw(t, "per edge"), 40, func(x, y float64) orb.Point {
		rng := rand.New(rand.NewPCG(seed, math.Float64bits(x)^math.Float64bits(y)*31))
		return orb.Point{wild * rng.Float64(), wild * rng.Float64()}
	})
	x := 0.0
	for c := 1; c < columns; c++ {
		way := rapid.SampledFrom([]float64{0, 0, 8, 12, 14}).Draw(t, "way")
		for range rapid.IntRange(0, 2).Draw(t, "walls") {
			left, low := float64(c)*40+x+rapid.Float64Range(-2, 8).Draw(t, "left"), rapid.Float64Range(-20, 150).Draw(t, "low")
			barriers = append(barriers, rect(left, low, left+rapid.Float64Range(0.5, 4).Draw(t, "wide"), low+rapid.Float64Range(5, 250).Draw(t, "high")))
		}
		x += way
		for _, f := range fields[c*rows : (c+1)*rows] {
			for i := range f[0][0] {
				f[0][0][i][0] += x
			}
		}
	}
	for _, f := range fields {
		switch rapid.IntRange(0, 11).Draw(t, "what") {
		case 6: // in a window of a barrier
			b := f.Bound()
			around := rect(b.Min[0]-east-3, b.Min[1]-north-3, b.Max[0]-east+3, b.Max[1]-north+3)
			window := f[0][0]
			if rapid.Bool().Draw(t, "wider") {
				window = rect(b.Min[0]-east-2, b.Min[1]-north-2, b.Max[0]-east+2, b.Max[1]-north+2)[0][0]
			}
			barriers = append(barriers, orb.MultiPolygon{{around[0][0], window}})
		case 7: // with a post at each corner
			for _, c := range f[0][0][1:] {
				barriers = append(barriers, rect(c[0]-east-2, c[1]-north-2, c[0]-east, c[1]-north))
			}
		case 0, 1:
			continue
		case 2:
			dx, dy := rapid.SampledFrom([]float64{0, 10, 12, -4, 0.0005}).Draw(t, "dx"), rapid.SampledFrom([]float64{0, 0, 12, 5}).Draw(t, "dy")
			for i := range f[0][0] {
				f[0][0][i][0] += dx
				f[0][0][i][1] += dy
			}
		case 3:
			c := f.Bound().Center()
			hole := rect(c[0]-east-12, c[1]-north-12, c[0]-east+12, c[1]-north+12)[0][0]
			f[0] = append(f[0], hole)
			out = append(out, rect(c[0]-east-3, c[1]-north-3, c[0]-east+3, c[1]-north+3))
		case 4:
			f = append(f, rect(rapid.Float64Range(-60, 260).Draw(t, "x"), 210, 230, 220)[0])
		case 5:
			c := f.Bound().Center()
			out = append(out, rect(c[0]-east-3, c[1]-north-3, c[0]-east+3, c[1]-north+3))
		}
		out = append(out, f)
	}
	if rapid.Bool().Draw(t, "fenced") { // all of it within one barrier's box
		barriers = append(barriers, orb.MultiPolygon{{rect(-200, -200, 500, 500)[0][0], rect(-190, -190, 490, 490)[0][0]}})
	}
	return out, barriers
}

// TestJoinAgainstPlain: who looks about changes no group.
func TestJoinAgainstPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outlines, walls := drawFields(t)
		fields, barriers := figuresOf(outlines), figuresOf(walls)
		gap := rapid.SampledFrom([]float64{0, 5, 12, 30}).Draw(t, "gap")
		if got, want := join(nil, fields, gap, barriers), plainJoin(fields, gap, barriers); !slices.Equal(got, want) {
			t.Fatalf("%v, plainly %v", got, want)
		}
	})
}

// TestUnchangedAgainstPlain: before and after a plan the blocks are the same
// whether what it leaves alone is looked at once or twice.
func TestUnchangedAgainstPlain(t *testing.T) {
	t.Cleanup(func() { manyFields = 1 << 14 })
	rapid.Check(t, func(t *rapid.T) {
		const gap = 12
		var before, after []*landPiece
		var unchanged, barriers []*indexedShape
		outlines, walls := drawFields(t)
		for _, o := range outlines {
			piece := &landPiece{indexedShape: *indexShape(o), blockKind: blockKind{"0103", true, true}, area: geo.Bound(o).Max[0] - geo.Bound(o).Min[0], unchanged: apart}
			switch rapid.IntRange(0, 5).Draw(t, "when") {
			case 0:
				before = append(before, piece)
			case 1:
				after = append(after, piece)
			default:
				piece.unchanged = len(unchanged)
				unchanged = append(unchanged, &piece.indexedShape)
				before, after = append(before, piece), append(after, piece)
			}
		}
		for _, o := range walls {
			wall := &landPiece{indexedShape: *indexShape(o), blockKind: blockKind{"1003", false, true}, unchanged: apart}
			when := rapid.IntRange(1, 3).Draw(t, "when")
			if when&1 != 0 {
				before = append(before, wall)
			}
			if when&2 != 0 {
				after = append(after, wall)
			}
			barriers = append(barriers, &wall.indexedShape)
		}
		manyFields = rapid.SampledFrom([]int{0, 1 << 14}).Draw(t, "many")
		w := builder{jobs: 2}
		same, err := w.groupUnchanged(t.Context(), unchanged, barriers, gap)
		if err != nil {
			t.Fatal(err)
		}
		for _, pieces := range [][]*landPiece{before, after} {
			var fields, walls []*indexedShape
			var areas []float64
			for _, piece := range pieces {
				if piece.code == "1003" {
					walls = append(walls, &piece.indexedShape)
				} else {
					fields, areas = append(fields, &piece.indexedShape), append(areas, piece.area)
				}
			}
			sums, squares, all := map[int]float64{}, 0.0, 0.0
			for i, b := range plainJoin(fields, gap, walls) {
				sums[b] += areas[i]
				all += areas[i]
			}
			for b := range len(sums) {
				squares += sums[b] * sums[b]
			}
			mean, count, total := meanBlock(nil, pieces, same, gap)
			if count != len(sums) || total != all || count > 0 && mean != squares/all {
				t.Fatalf("%d blocks, %v m² in the mean, %v in all; plainly %d, %v, %v", count, mean, total, len(sums), squares/all, all)
			}
		}
	})
}

// BenchmarkBlocks is the cropland of a project area, 12 000 fields in blocks of
// 12 × 10 parted by ways too wide to join across, before and after a plan that
// changes a field in a hundred; and each of the two grouped by itself.
func BenchmarkBlocks(b *testing.B) {
	var before []*landPiece
	var unchanged []*indexedShape
	fields := countyFields()
	for i, f := range fields {
		piece := &landPiece{indexedShape: *f, blockKind: blockKind{"0103", true, true}, area: 3600, unchanged: apart}
		if i%100 != 0 {
			piece.unchanged = len(unchanged)
			unchanged = append(unchanged, f)
		}
		before = append(before, piece)
	}
	w := builder{jobs: 2}
	b.Run("unchanged once", func(b *testing.B) {
		for b.Loop() {
			same, err := w.groupUnchanged(b.Context(), unchanged, nil, 12)
			if err != nil {
				b.Fatal(err)
			}
			for range 2 {
				if _, count, _ := meanBlock(nil, before, same, 12); count != 100 {
					b.Fatal(count)
				}
			}
		}
	})
	b.Run("plainly", func(b *testing.B) {
		for b.Loop() {
			for range 2 {
				if n := slices.Max(plainJoin(fields, 12, nil)); n != 99 {
					b.Fatal(n)
				}
			}
		}
	})
}

func countyFields() []*indexedShape {
	fields := lattice(120, 100, 16, 60, func(x, y float64) orb.Point {
		rng := rand.New(rand.NewPCG(7, math.Float64bits(x)^math.Float64bits(y)*31))
		return orb.Point{2 * rng.Float64(), 2 * rng.Float64()}
	})
	for i, f := range fields {
		dx, dy := 20*float64(i/100/12), 20*float64(i%100/10)
		for k := range f[0][0] {
			f[0][0][k][0] += dx
			f[0][0][k][1] += dy
		}
	}
	return figuresOf(fields)
}
