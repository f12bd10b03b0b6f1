package plan

import (
	"context"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Near gives the parcels of a role whose boxes meet any of the boxes, by layer
// and record; nil boxes mean all of them. Boxes are in the working system, and
// so is the geometry that comes back, reprojected but not validated: that
// costs a GEOS call per parcel, and few of them are cut (see Repair). Null
// shapes are left out. A role that is absent has no parcels.
func (b *Base) Near(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound) ([]Parcel, error) {
	near, err := b.Survey(ctx, role, work, boxes, nil)
	if near == nil {
		return nil, err
	}
	all := make([]Parcel, len(near))
	for i, p := range near {
		all[i] = *p
	}
	return all, nil
}

// nativeBoxes takes boxes into a layer's own system; empty ones meet nothing.
func nativeBoxes(back *geo.Transform, boxes []orb.Bound) ([]orb.Bound, error) {
	if boxes == nil {
		return nil, nil
	}
	native := make([]orb.Bound, 0, len(boxes))
	for _, box := range boxes {
		if box.IsEmpty() {
			continue
		}
		n, err := back.Bound(box)
		if err != nil {
			return nil, fmt.Errorf("box of changed land: %w", err)
		}
		native = append(native, n)
	}
	return native, nil
}

// parcel reads a record's values, all but its geometry.
func (l *baseLayer) parcel(f geo.Feature, issues *[]Issue) Parcel {
	r := &row{rowLayout: l.layout, record: f.Record, values: f.Values, issues: issues}
	r.id = r.plain(domain.ID)
	if r.id == "" {
		r.id = fmt.Sprint(f.Record)
	}
	p := Parcel{Feature: Feature{Role: l.layout.role, File: l.layout.file, Record: f.Record, ID: r.id}}
	p.Name = r.plain(domain.NameField)
	switch l.layout.role {
	case domain.Townships:
		v, _ := r.text(domain.CodeField)
		p.Code = townshipCode(v)
		p.Unit = p.Code
	case domain.Villages:
		p.Code = r.unit(domain.CodeField, villageDigits)
		p.Unit = p.Code
	case domain.LandUse, domain.PBF:
		p.Unit = leadingDigits(r.plain(domain.UnitField))
		p.Net, p.Gross = r.netArea(), r.grossArea()
		p.Traits = Traits{
			Class: r.class(l.classes), Ridge: r.ridge(), Slope: r.slope(), Grade: r.grade(),
			Refinement: strings.ToUpper(r.plain(domain.Refinement)),
		}
	}
	return p
}

// netArea reads the declared net area of PBF, m². What is written 0 is not
// known: GIS write 0 for null, and PBF of no area is none.
func (r *row) netArea() Number {
	for _, c := range r.schema[domain.NetArea] {
		if n := r.area(domain.NetArea, c.name); n.Value > 0 {
			return n
		}
	}
	return Number{}
}

// grossArea reads the declared area of the whole parcel, m². Nothing is counted
// by it, so that what cannot be read is unknown and no issue.
func (r *row) grossArea() Number {
	v, _ := r.text(domain.GrossArea)
	if n, ok := parseNumber(v); ok && n.Value > 0 {
		return n
	}
	return Number{}
}

// townshipCode is the code of a row of XZQ, "" where the row is no township:
// the county's own and the city's are shorter, or filled up with zeros.
func townshipCode(v string) string {
	code := unitCode(v, townshipDigits)
	if strings.HasSuffix(code, "000") {
		return ""
	}
	return code
}

// counts tells whether a record is what its layer is for. XZQ holds rows of
// counties too.
func (p *Parcel) counts() bool { return p.Role != domain.Townships || p.Code != "" }

// unit reads the code of an administrative unit, cut to its level.
func (r *row) unit(field domain.Field, digits int) string {
	v, c := r.text(field)
	code := unitCode(v, digits)
	if code == "" {
		if c.name == "" {
			c = r.schema[field][0]
		}
		r.issue(checkCodes, c,
			geo.Textf("行政区代码 %[1]s 的值“%[2]s”不足 %[3]d 位数字", "administrative code %[1]s is %[2]q, fewer than %[3]d digits", c.name, shorten(v), digits),
			geo.Textf("请填写不少于 %d 位的行政区代码", "Write an administrative code of %d digits or more", digits))
	}
	return code
}

// leadingDigits cuts a code before whatever follows its digits.
func leadingDigits(code string) string {
	rest := strings.TrimLeft(code, "0123456789")
	return code[:len(code)-len(rest)]
}
