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
		w := walk{data: data}
		var x, y int64
		for k := 0; k < len(steps); {
			some := w.next(len(steps) - k)
			for _, v := range some {
				x, y = x+steps[k][0], y+steps[k][1]
				if v != [2]int64{x, y} {
					t.Fatalf("vertex %d is %v, want %d, %d", k, v, x, y)
				}
				k++
			}
		}
		if w.bad || w.at != length {
			t.Errorf("ends at %d of %d, bad %v", w.at, length, w.bad)
		}
	})
}
