package geo

import (
	"testing"

	"github.com/paulmach/orb"
)

// TestMapSheet: the example of GB/T 13989 (114°33′45″, 39°22′30″ lies on J50; a
// sheet of 1:100 000 there is J50D002002, whose 1:10 000 sheets are rows 9 to 16 and
// columns 9 to 16), corners, and what has no sheet.
func TestMapSheet(t *testing.T) {
	for _, x := range []struct {
		at   orb.Point
		want string
	}{
		{orb.Point{114 + 33.75/60, 39 + 22.5/60}, "J50G015010"},
		{orb.Point{108.07, 43.98}, "K49G001002"},
		{orb.Point{108, 40}, "K49G096001"},
		{orb.Point{113.9999, 40.0001}, "K49G096096"},
		{orb.Point{111.5, 41.2}, "K49G068057"},
		{orb.Point{0, 90}, ""},
		{orb.Point{0, -1}, ""},
	} {
		if got := MapSheet(x.at); got != x.want {
			t.Errorf("%v: %s, want %s", x.at, got, x.want)
		}
	}
}
