package mapsheet

import (
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestScaleFits: land fits the frame at its scale, and at no smaller n.
func TestScaleFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.Float64Range(0, 300_000).Draw(t, "width"), rapid.Float64Range(0, 300_000).Draw(t, "height")
		land := orb.Bound{Min: orb.Point{37_500_000, 4_500_000}, Max: orb.Point{37_500_000 + w, 4_500_000 + h}}
		n := scaleFor(land)
		fits := func(n int) bool {
			return w/float64(n)*1000 <= frameWidth*(1-2*margin)+1e-6 && h/float64(n)*1000 <= frameHeight*(1-2*margin)+1e-6
		}
		if n < 500 || !fits(n) {
			t.Fatalf("%g by %g m do not fit at 1:%d", w, h, n)
		}
		if n > 500 && fits(n*74/100) { // neighbours in the series are never farther apart
			t.Fatalf("%g by %g m fit at 1:%d too, not only at 1:%d", w, h, n*74/100, n)
		}
		if v := viewOf(land, n); !v.Frame.Contains(land.Min) || !v.Frame.Contains(land.Max) {
			t.Fatalf("%v is not in %v", land, v.Frame)
		}
	})
}

// TestLabelsKeepApart: what is placed overlaps nothing and stays in the frame.
func TestLabelsKeepApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var taken []orb.Bound
		for range rapid.IntRange(1, 60).Draw(t, "labels") {
			l := label{words: rapid.SampledFrom([]string{"镇", "示例镇", "Bayan Sumu", "苏木苏木苏木苏木"}).Draw(t, "words"), size: 4.4,
				at: orb.Point{rapid.Float64Range(0, 420).Draw(t, "x"), rapid.Float64Range(0, 297).Draw(t, "y")}}
			placed, ok := placed(l, taken)
			if !ok {
				continue
			}
			b := placed.box()
			if b.Min[0] < frameX || b.Max[0] > frameX+frameWidth || b.Min[1] < frameY || b.Max[1] > frameY+frameHeight {
				t.Fatalf("%v leaves the frame", b)
			}
			for _, other := range taken {
				if b.Intersects(other) {
					t.Fatalf("%v is written over %v", b, other)
				}
			}
			taken = append(taken, b)
		}
	})
}

func TestFigures(t *testing.T) {
	for m2, want := range map[float64]string{0: "0.00", 12.345: "12.35", 999.999: "1,000.00", 1234567.8: "1,234,567.80", -1234.5: "-1,234.50"} {
		if got := squareMetres(m2); got != want {
			t.Errorf("%g is written %s, want %s", m2, got, want)
		}
	}
	if got := grouped(25000); got != "25 000" {
		t.Errorf("1:%s", got)
	}
	for _, x := range []struct {
		m, step float64
		want    string
	}{{37_540_000, 2000, "37540"}, {4_572_500, 500, "4572.5"}, {4_572_520, 20, "4572.52"}} {
		if got := kilometres(x.m, x.step); got != x.want {
			t.Errorf("%g at steps of %g is %s, want %s", x.m, x.step, got, x.want)
		}
	}
}
