package featureserver

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/api/ogc"
	"landcheck/api/request"
	"landcheck/geo"

	"github.com/paulmach/orb"
)

// featureFilter tells which features of a collection are asked for. A nil box list is
// everything, an empty one nothing.
type featureFilter struct {
	key        string // the same for the same question
	properties []propertyFilter
	boxes      []orb.Bound // in the request's system, no larger than the collection
	outer      []orb.Bound // the same in the collection's system, a little larger
	inner      []orb.Bound // and a little smaller
	way        *geo.Transform
}

// propertyFilter is a property that must have a value.
type propertyFilter struct{ name, value string }

func (s *featureFilter) all() bool { return s.boxes == nil && len(s.properties) == 0 }

func (s *featureFilter) near() []orb.Bound { return s.outer }

// takes tells whether a feature is asked for. Only those that lie across the
// edge of a box are reprojected.
func (s *featureFilter) takes(f *ogc.Feature) (bool, error) {
	for _, w := range s.properties {
		if v := f.Value(w.name); v == nil || fmt.Sprint(v) != w.value {
			return false, nil
		}
	}
	if s.boxes == nil {
		return true, nil
	}
	box := geo.Bound(f.Geometry)
	if box.IsEmpty() || !slices.ContainsFunc(s.outer, box.Intersects) {
		return false, nil
	}
	for _, inner := range s.inner {
		if !inner.IsEmpty() && inner.Contains(box.Min) && inner.Contains(box.Max) {
			return true, nil
		}
	}
	there, err := s.way.MultiPolygon(f.Geometry)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(s.boxes, func(b orb.Bound) bool { return ogc.Meets(there, b) }), nil
}

// bound restricts a filter to boxes of a system. What lies beyond the collection
// is cut off first: the whole world cannot be brought into a zone.
func (s *featureFilter) bound(boxes []orb.Bound, in ogc.System, k *collection, own geo.CRS) error {
	s.boxes, s.outer = []orb.Bound{}, []orb.Bound{}
	if len(k.bound) != 4 {
		return nil
	}
	there, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, in.CRS)
	if err != nil {
		return err
	}
	whole, err := there.Bound(orb.Bound{Min: orb.Point{k.bound[0], k.bound[1]}, Max: orb.Point{k.bound[2], k.bound[3]}})
	if err != nil {
		return err
	}
	whole = whole.Pad(0.05 * (whole.Max[0] - whole.Min[0] + whole.Max[1] - whole.Min[1])) // a check may reach beyond its county
	if s.way, err = geo.NewTransform(own, in.CRS); err != nil {
		return err
	}
	back := s.way.Inverse()
	for _, b := range boxes {
		if !b.Intersects(whole) {
			continue
		}
		b = geo.Intersection(b, whole)
		outer, err := back.Bound(b)
		if err != nil {
			return err
		}
		inner, err := ogc.Inner(back, b)
		if err != nil {
			return err
		}
		s.boxes, s.outer, s.inner = append(s.boxes, b), append(s.outer, outer), append(s.inner, inner)
	}
	return nil
}

// featureFilterOf reads what a request asks for: bbox, bbox-crs, datetime, and the
// collection's queryables.
func featureFilterOf(q *request.Query, k *collection, own geo.CRS) (*featureFilter, error) {
	s := &featureFilter{}
	in := k.systemOf(q, "bbox-crs")
	if q.Has("bbox-crs") && !q.Has("bbox") {
		q.Fail("bbox-crs", geo.Text{ZH: "bbox-crs 没有 bbox", EN: "bbox-crs is there without bbox"}, geo.Text{ZH: "请同时写 bbox，或去掉 bbox-crs", EN: "Give bbox as well, or leave bbox-crs out"})
	}
	if q.Has("datetime") && !ogc.ValidTime(q.Text("datetime")) {
		q.Fail("datetime", geo.Textf("datetime 不能是 %q", "datetime cannot be %q", q.Text("datetime")),
			geo.Text{ZH: "请写 RFC 3339 时间，或 起/止", EN: "Write a time of RFC 3339, or START/END"})
	}
	for _, f := range k.fields {
		if !f.queryable || !q.Has(f.name) {
			continue
		}
		value := q.Text(f.name)
		switch f.kind {
		case "integer":
			value = strconv.Itoa(q.Number(f.name, -1<<31, 1<<31, 0))
		case "boolean":
			value = q.Word(f.name, "true", "false")
		}
		s.properties = append(s.properties, propertyFilter{f.name, value})
	}
	if q.Has("bbox") {
		boxes, ok := ogc.ParseBox(q.Text("bbox"), in)
		if !ok {
			q.Fail("bbox", geo.Textf("bbox 不能是 %q", "bbox cannot be %q", q.Text("bbox")),
				geo.Text{ZH: "请写四个数：先最小值后最大值，次序同 bbox-crs 的坐标轴（默认 西,南,东,北，度）",
					EN: "Write four numbers, least values first, in the order of the axes of bbox-crs (by default west,south,east,north in degrees)"})
		}
		if q.Err == nil {
			if err := s.bound(boxes, in, k, own); err != nil {
				return nil, err
			}
		}
	}
	s.key = fmt.Sprint(s.properties, q.Text("bbox"), in.URI)
	return s, q.Err
}

// systemOf is the coordinate system that a parameter names, CRS84 where it is
// absent.
func (k *collection) systemOf(q *request.Query, name string) ogc.System {
	if !q.Has(name) {
		return ogc.Default()
	}
	in, ok := ogc.Find(k.systems, q.Text(name))
	if !ok {
		q.Fail(name, geo.Textf("没有坐标系 %q", "there is no coordinate system %q", q.Text(name)),
			geo.Textf("可用：%s", "Use one of %s", strings.Join(ogc.URIs(k.systems), ", ")))
	}
	return in
}
