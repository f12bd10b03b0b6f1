package trial

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/strictyaml"
)

// The corner that cases count from, in zone 37 (EPSG:4525), metres.
const (
	cornerE = 37540000
	cornerN = 4562900
)

// reach is how far from the corner a case may go, m: past that the projection
// means nothing.
const reach = 1_000_000

// zone is the system of a case's coordinates.
func zone() geo.CRS {
	return geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}
}

// features reads a list of polygons.
func features(n strictyaml.Node) ([]feature, error) {
	list := []feature{}
	err := n.Items(func(item strictyaml.Node) error {
		f, err := polygon(item)
		list = append(list, f)
		return err
	})
	return list, err
}

// polygon reads {box: [x0, y0, x1, y1], DLBM: "0103", …}.
func polygon(n strictyaml.Node) (feature, error) {
	var f feature
	err := n.Entries(func(key string, k, v strictyaml.Node) error {
		switch key {
		case "box", "polygon", "hole":
			ring, err := ring(v, key == "box")
			if err != nil {
				return err
			}
			switch {
			case key == "hole" && f.shape == nil:
				return k.InputError(geo.Text{ZH: "hole 之前没有 box 或 polygon", EN: "hole comes before its box or polygon"}, geo.Text{ZH: "请先写外边界", EN: "Write the outline first"})
			case key == "hole":
				f.shape[0] = append(f.shape[0], ring)
			case f.shape != nil:
				return k.InputError(geo.Text{ZH: "一个图斑只能有一个 box 或 polygon", EN: "a feature has one box or one polygon"}, geo.Text{ZH: "请分成两个图斑", EN: "Make two features of it"})
			default:
				f.shape = orb.MultiPolygon{{ring}}
			}
			return nil
		}
		if strings.Trim(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" || key == "" || len(key) > 10 {
			return k.InputError(geo.Textf("“%s”既不是图形也不是字段名", "%q is neither a shape nor a field", short(key)),
				geo.Text{ZH: "图形用 box、polygon、hole；字段名用大写字母，如 DLBM", EN: "Shapes are box, polygon, hole; fields are in capitals, such as DLBM"})
		}
		value, err := v.Text()
		if err != nil {
			return err
		}
		f.fields = append(f.fields, field{key, value, figure(v)})
		return nil
	})
	if err == nil && f.shape == nil {
		err = n.InputError(geo.Text{ZH: "图斑没有图形", EN: "the feature has no shape"}, geo.Text{ZH: "请加上 box: [x0, y0, x1, y1]", EN: "Add box: [x0, y0, x1, y1]"})
	}
	return f, err
}

// figure tells a number from a code: 0103 is text, 0.03 a number.
func figure(n strictyaml.Node) bool {
	tag := n.ShortTag()
	if tag != "!!int" && tag != "!!float" {
		return false
	}
	digits := strings.TrimLeft(n.Value, "-")
	leading := len(digits) > 1 && digits[0] == '0' && digits[1] != '.'
	_, err := n.Number()
	return err == nil && !leading
}

// ring reads a box, or the corners of a polygon, and closes it.
func ring(n strictyaml.Node, box bool) (orb.Ring, error) {
	var ring orb.Ring
	if box {
		c, err := numbers(n, 4)
		if err != nil {
			return nil, err
		}
		if c[0] >= c[2] || c[1] >= c[3] {
			return nil, n.InputError(geo.Text{ZH: "box 应为 [左, 下, 右, 上]", EN: "a box is [left, bottom, right, top]"}, geo.Text{ZH: "请使左小于右、下小于上", EN: "Left must be less than right, bottom than top"})
		}
		ring = orb.Ring{{c[0], c[1]}, {c[2], c[1]}, {c[2], c[3]}, {c[0], c[3]}}
	} else if err := n.Items(func(item strictyaml.Node) error {
		c, err := numbers(item, 2)
		if err == nil {
			ring = append(ring, orb.Point{c[0], c[1]})
		}
		return err
	}); err != nil {
		return nil, err
	}
	if len(ring) < 3 {
		return nil, n.InputError(geo.Text{ZH: "多边形至少要三个角", EN: "a polygon has three corners at least"}, geo.Text{ZH: "请补上角点", EN: "Add corners"})
	}
	for i := range ring {
		ring[i][0] += cornerE
		ring[i][1] += cornerN
	}
	return append(ring, ring[0]), nil
}

// numbers reads so many metres.
func numbers(n strictyaml.Node, want int) ([]float64, error) {
	var list []float64
	err := n.Items(func(item strictyaml.Node) error {
		x, err := item.Number()
		if err == nil && math.Abs(x) > reach {
			err = item.InputError(geo.Text{ZH: "坐标超出范围", EN: "the coordinate is out of range"},
				geo.Textf("坐标以米计，离原点不超过 %[1]s", "Coordinates are metres from the corner, %[1]s at most", strconv.Itoa(reach)))
		}
		list = append(list, x)
		return err
	})
	if err == nil && len(list) != want {
		err = n.Wrong(strconv.Itoa(want)+" 个以米计的数", strconv.Itoa(want)+" numbers in metres")
	}
	return list, err
}
