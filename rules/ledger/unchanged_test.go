package ledger

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// TestFieldsInWindows: of thousands of fields in the windows of one barrier, each
// of which has hundreds within the gap, none is held against the others; where the
// barrier falls away they are one block, and hardly more is looked at.
func TestFieldsInWindows(t *testing.T) {
	const side = 60
	wall := rect(-1, -1, 2*side, 2*side)
	var pieces []*landPiece
	var fields []*indexedShape
	for i := range side * side {
		x, y := float64(2*(i%side)), float64(2*(i/side))
		f := rect(x, y, x+1, y+1)
		wall[0] = append(wall[0], f[0][0])
		piece := &landPiece{indexedShape: *indexShape(f), blockKind: blockKind{"0103", true, true}, area: 1, unchanged: len(fields)}
		pieces, fields = append(pieces, piece), append(fields, &piece.indexedShape)
	}
	barrier := &landPiece{indexedShape: *indexShape(wall), blockKind: blockKind{"1003", false, true}, unchanged: apart}
	for _, stands := range []bool{true, false} {
		manyFields = side * side
		t.Cleanup(func() { manyFields = 1 << 14 })
		w := builder{jobs: 1}
		same, err := w.groupUnchanged(t.Context(), fields, []*indexedShape{&barrier.indexedShape}, 12)
		if err != nil {
			t.Fatal(err)
		}
		land, want := pieces, 1
		if stands {
			land, want = append(land, barrier), side*side
		}
		turns := 0
		looks := looksAt(func() error { turns += turnsPerLook; return nil })
		_, count, _ := meanBlock(looks, land, same, 12)
		if turns += looks.turns; count != want || turns > 40*side*side {
			t.Errorf("barrier %v: %d blocks, want %d, in %d turns", stands, count, want, turns)
		}
	}
}

// TestIndexedHolds: a place lies in an outline of many edges where it does without
// their index.
func TestIndexedHolds(t *testing.T) {
	var mp orb.MultiPolygon
	for part := range 3 {
		var shell, hole orb.Ring
		for k := range 300 {
			a := 2 * math.Pi * float64(k) / 300
			c, s := math.Round(10*math.Cos(a)), math.Round(10*math.Sin(a))
			shell, hole = append(shell, orb.Point{c + float64(15*part), s}), append(hole, orb.Point{c/2 + float64(15*part), s / 2})
		}
		mp = append(mp, orb.Polygon{append(shell, shell[0]), append(hole, hole[0])})
	}
	indexed, plain := indexShape(mp), indexShape(mp)
	if plain.index = nil; indexed.index == nil {
		t.Fatal("no index")
	}
	counts := map[bool]int{}
	for x := -11.0; x <= 41; x += 0.25 {
		for y := -11.0; y <= 11; y += 0.25 {
			p := orb.Point{x, y}
			want := plain.holds(p)
			counts[want]++
			if got := indexed.holds(p); got != want {
				t.Errorf("%v: %v, without index %v", p, got, want)
			}
			if indexed.onOutline(p) != plain.onOutline(p) {
				t.Errorf("%v: on the outline by one alone", p)
			}
		}
	}
	if counts[true] < 1000 || counts[false] < 1000 {
		t.Errorf("nothing was tried: %v", counts)
	}
}
