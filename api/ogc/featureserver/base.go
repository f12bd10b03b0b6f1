package featureserver

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"landcheck/api/basedata"
	"landcheck/api/ogc"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// baseRows are the features of a base layer. Their ids are records, with the
// number of the layer before where the role has several.
type baseRows struct {
	base   *plan.Base
	role   domain.Role
	extent plan.Extent
	open   *basedata.Open
	back   func(error)
}

func (b *baseRows) system() geo.CRS {
	if b.extent.CRS.IsZero() {
		return geo.CRS{Kind: geo.Geographic}
	}
	return b.extent.CRS
}

func (b *baseRows) version() int { return b.open.Version }

func (b *baseRows) close(err error) {
	var mistake *problem.Error
	if errors.As(err, &mistake) { // the caller's, which says nothing of the base data
		err = nil
	}
	b.back(err)
}

var recordForm = request.Pattern(`^(?:([1-9][0-9]{0,3})-)?([1-9][0-9]{0,9})$`)

func (b *baseRows) place(id string) (plan.Position, bool) {
	m := recordForm().FindStringSubmatch(id)
	if m == nil || (m[1] == "") != (len(b.extent.Files) == 1) {
		return plan.Position{}, false
	}
	layer := 1
	if m[1] != "" {
		layer, _ = strconv.Atoi(m[1]) // form says it is one
	}
	record, _ := strconv.Atoi(m[2])
	return plan.Position{Layer: layer - 1, Record: record}, layer <= len(b.extent.Files)
}

func (b *baseRows) id(p plan.Position) string {
	if len(b.extent.Files) == 1 {
		return strconv.Itoa(p.Record)
	}
	return fmt.Sprintf("%d-%d", p.Layer+1, p.Record)
}

func (b *baseRows) page(ctx context.Context, after string, most int, take *featureFilter) ([]ogc.Feature, string, error) {
	at := plan.Position{}
	if after != "" {
		var ok bool
		if at, ok = b.place(after); !ok {
			return nil, "", problem.BadParameter("after", geo.Textf("没有 %q 这一项", "there is no item %q", after),
				geo.Text{ZH: "请用上一页的 next 地址", EN: "Use the address next of the page before"})
		}
	}
	var page []ogc.Feature
	for {
		want := most + 1 - len(page)
		some, err := b.base.After(ctx, b.role, b.system(), take.near(), at, max(want, 100))
		if err != nil {
			return nil, "", err
		}
		for _, p := range some {
			f := b.feature(p)
			ok, err := take.takes(&f)
			if err != nil {
				return nil, "", err
			}
			if !ok {
				continue
			}
			if len(page) == most {
				return page, page[most-1].ID, b.measure(page)
			}
			page = append(page, f)
		}
		if len(some) < max(want, 100) {
			return page, "", b.measure(page)
		}
		at = some[len(some)-1].Position
	}
}

// countedFeatures is how large a layer may be that is counted for a filter.
const countedFeatures = 200_000

func (b *baseRows) count(ctx context.Context, take *featureFilter) (n int, ok bool, err error) {
	if take.all() {
		return b.extent.Features, true, nil
	}
	if b.extent.Features > countedFeatures {
		return 0, false, nil
	}
	n, err = b.open.Counts.Of(string(b.role)+" "+take.key, func() (int, error) {
		n, at := 0, plan.Position{}
		for {
			const max = 10_000
			some, err := b.base.After(ctx, b.role, b.system(), take.near(), at, max)
			if err != nil {
				return 0, err
			}
			for _, p := range some {
				f := b.feature(p)
				ok, err := take.takes(&f)
				if err != nil {
					return 0, err
				}
				if ok {
					n++
				}
			}
			if len(some) < max {
				return n, nil
			}
			at = some[len(some)-1].Position
		}
	})
	return n, err == nil, err
}

func (b *baseRows) one(ctx context.Context, id string) (f ogc.Feature, ok bool, err error) {
	at, ok := b.place(id)
	if !ok {
		return f, false, nil
	}
	some, err := b.base.After(ctx, b.role, b.system(), nil, plan.Position{Layer: at.Layer, Record: at.Record - 1}, 1)
	if err != nil || len(some) == 0 || some[0].Position != at {
		return f, false, err
	}
	one := []ogc.Feature{b.feature(some[0])}
	err = b.measure(one)
	return one[0], err == nil, err
}

// feature is a parcel but for its area.
func (b *baseRows) feature(p plan.ParcelAt) ogc.Feature {
	f := ogc.Feature{ID: b.id(p.Position), Geometry: p.Geometry}
	f.Set("bsm", p.ID)
	f.Set("code", p.Code)
	f.Set("name", p.Name)
	f.Set("class", p.Traits.Class)
	if b.role == domain.LandUse || b.role == domain.PBF { // elsewhere it is the code again
		f.Set("unit", p.Unit)
	}
	f.Set("refinement", p.Traits.Refinement)
	f.Set("slope", p.Traits.Slope)
	f.Set("grade", p.Traits.Grade)
	if p.Traits.Ridge.Known {
		f.Set("ridge", p.Traits.Ridge.Value)
	}
	if p.Net.Known {
		f.Set("net_area_m2", p.Net.Value)
	}
	return f
}

// measure adds ellipsoidal areas.
func (b *baseRows) measure(page []ogc.Feature) error {
	var surveyor *geo.Surveyor
	for i := range page {
		mp := page[i].Geometry
		if mp == nil {
			continue
		}
		if surveyor == nil {
			var err error
			if surveyor, err = geo.NewSurveyor(b.system(), geo.Bound(mp).Center()); err != nil {
				return err
			}
		}
		page[i].Set("area_m2", results.Cents(surveyor.MultiPolygon(mp)))
	}
	return nil
}
