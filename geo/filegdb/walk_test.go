package filegdb

import (
	"testing"

	"pgregory.net/rapid"
)

// TestWalk: the vertices are the sums of their steps, whatever the lengths of
// those, each for itself and both together.
func TestWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.Custom(func(t *rapid.T) int64 {
			v := rapid.Int64Range(0, 1<<rapid.IntRange(0, 45).Draw(t, "bits")).Draw(t, "v")
			if rapid.Bool().Draw(t, "negative") {
				return -v
			}
			return v
		})
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]int64 { return [2]int64{step.Draw(t, "dx"), step.Draw(t, "dy")} }), 1, 200).Draw(t, "steps")
		var data []byte
		for _, s := range steps {
			data = appendVarint(appendVarint(data, s[0]), s[1])
		}
		length := len(data)
		data = append(data, rapid.SliceOfN(rapid.Byte(), 0, 10).Draw(t, "after")...)
		w := boxed(steps).walk(data, 0)
		var x, y int64
		for k := 0; k < len(steps); {
			some := w.next(len(steps)-k, new(room))
			for _, v := range some {
				x, y = x+steps[k][0], y+steps[k][1]
				if v[0]+w.cornerX != x || v[1]+w.cornerY != y {
					t.Fatalf("vertex %d is %v, want %d, %d", k, v, x, y)
				}
				k++
			}
		}
		if w.bad || w.out || w.at != length {
			t.Errorf("ends at %d of %d, bad %v", w.at, length, w.bad)
		}
	})
}

// boxed is the head of a shape whose vertices are the sums of steps: it has their
// box.
func boxed(steps [][2]int64) *head {
	var h head
	x, y := int64(0), int64(0)
	for k, s := range steps {
		x, y = x+s[0], y+s[1]
		if k == 0 {
			h.x0, h.x1, h.y0, h.y1 = x, x, y, y
		}
		h.x0, h.x1, h.y0, h.y1 = min(h.x0, x), max(h.x1, x), min(h.y0, y), max(h.y1, y)
	}
	return &h
}
