package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Plans that cost far more than their bytes where nothing counts what they
// cost. Each is a sample plan with one layer replaced.

// middle of the sample counties, degrees.
const middleLon, middleLat = 111.5, 41.31

// hostile makes one of them.
func hostile(r *rand.Rand, base []byte, name string) ([]byte, error) {
	var rings []string
	size := 200 + r.IntN(800)
	switch r.IntN(4) {
	case 0: // two combs whose teeth cross: size² crossings
		rings = []string{comb(size, false), comb(size, true)}
	case 1: // a star that crosses itself as often as it can
		rings = []string{star(2*size+1, size)}
	case 2: // squares, each a little aside of the one before
		for i := range size / 4 {
			d := float64(i) * 1e-6
			rings = append(rings, ring([][2]float64{{d, d}, {d + 0.01, d}, {d + 0.01, d + 0.01}, {d, d + 0.01}}))
		}
	default: // thin rectangles through one point
		for i := range size / 8 {
			a := math.Pi * float64(i) / float64(size/8)
			x, y := math.Cos(a)*0.01, math.Sin(a)*0.01
			rings = append(rings, ring([][2]float64{{-x - y*1e-3, -y + x*1e-3}, {-x + y*1e-3, -y - x*1e-3}, {x + y*1e-3, y - x*1e-3}, {x - y*1e-3, y + x*1e-3}}))
		}
	}
	var features []string
	for i, c := range rings {
		features = append(features, fmt.Sprintf(`{"type":"Feature","properties":{"BSM":"%d","DLBM":"0103","XDLBM":"0103"},"geometry":{"type":"Polygon","coordinates":[%s]}}`, i+1, c))
	}
	layer := `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
	return renamed(base, name, map[string][]byte{"DLBG.geojson": []byte(layer)})
}

func ring(points [][2]float64) string {
	var b strings.Builder
	b.WriteString("[")
	for _, p := range append(points, points[0]) {
		if b.Len() > 1 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "[%.9f,%.9f]", middleLon+p[0], middleLat+p[1])
	}
	return b.String() + "]"
}

func comb(teeth int, upright bool) string {
	var points [][2]float64
	w := 0.02 / float64(teeth)
	for i := range teeth {
		x := float64(i) * w
		points = append(points, [2]float64{x, 0.001}, [2]float64{x + w/3, 0.02}, [2]float64{x + 2*w/3, 0.001})
	}
	points = append(points, [2]float64{0.02, 0}, [2]float64{0, 0})
	if upright {
		for i, p := range points {
			points[i] = [2]float64{p[1], p[0]}
		}
	}
	return ring(points)
}

func star(points, step int) string {
	var all [][2]float64
	for i := range points {
		a := 2 * math.Pi * float64(i*step%points) / float64(points)
		all = append(all, [2]float64{0.01 * math.Cos(a), 0.01 * math.Sin(a)})
	}
	return ring(all)
}
