package plan

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Near gives the parcels of a role whose boxes meet any of the boxes, by layer
// and record; nil boxes mean all of them. Boxes are in the working system, and
// so is the geometry that comes back, reprojected but not validated: that
// costs a GEOS call per parcel, and few of them are cut (see Repair). Null
// shapes are left out. A role that is absent has no parcels.
func (b *Base) Near(ctx context.Context, role Role, work geo.CRS, boxes []orb.Bound) ([]Parcel, error) {
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

// Survey is Near for those who can do without some shapes: spare is asked of
// parcels whose area is known, with their Box and Area; where it says yes the
// shape is not read and Geometry is nil. A nil spare is never asked.
func (b *Base) Survey(ctx context.Context, role Role, work geo.CRS, boxes []orb.Bound, spare func(*Parcel) bool) ([]*Parcel, error) {
	var all []*Parcel
	for _, l := range b.layers[role] {
		near, err := b.near(ctx, l, work, boxes, spare, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, near...)
	}
	return all, nil
}

// near reads one layer; wanted, if given, picks records.
func (b *Base) near(ctx context.Context, l *baseLayer, work geo.CRS, boxes []orb.Bound, spare func(*Parcel) bool, wanted map[int]bool) ([]*Parcel, error) {
	if l.err != nil {
		return nil, l.err
	}
	if l.origin == nowhere { // no coordinates at all
		return nil, ctx.Err()
	}
	transform, native, err := l.way(work, boxes)
	if err != nil {
		return nil, err
	}
	var flaws []Flaw
	var all []*Parcel
	var block []Parcel // parcels share allocations, and are too large to be moved
	l.mutex.Lock()
	defer l.mutex.Unlock()
	var read int // record of block[0]
	parcel := func(f geo.Feature) *Parcel {
		if len(block) == 0 {
			block = make([]Parcel, 256)
		}
		block[0], read = l.parcel(f, &flaws), f.Record
		return &block[0]
	}
	var ask func(*geo.Known) bool
	if spare != nil && transform.Identity() { // what is known is in the layer's own system
		ask = func(k *geo.Known) bool {
			p := parcel(k.Feature)
			p.Box, p.Area = k.Box, k.Area
			return spare(p)
		}
	}
	for f, err := range l.sparing(ctx, native, ask) {
		if err != nil {
			return nil, inFile(err, l.layer.File())
		}
		shape := len(f.Geometry) > 0
		if !shape && f.Area == 0 || wanted != nil && !wanted[f.Record] { // a null shape, or not asked for
			continue
		}
		if read != f.Record {
			parcel(f.Feature)
		}
		p := &block[0]
		if shape {
			if p.Geometry, err = transform.MultiPolygon(f.Geometry); err != nil {
				return nil, inRecord(err, l.layer.File(), f.Record)
			}
			p.Box = geo.Bound(p.Geometry)
		}
		all, block = append(all, p), block[1:]
	}
	b.note(flaws)
	return all, nil
}

// sparing reads a layer, and lets some shapes be where the layer knows how.
func (l *baseLayer) sparing(ctx context.Context, boxes []orb.Bound, spare func(*geo.Known) bool) iter.Seq2[geo.Known, error] {
	if s, ok := l.layer.(geo.Surveyed); ok && spare != nil {
		return s.NearSparing(ctx, l.crs, boxes, l.form.columns, spare)
	}
	return func(yield func(geo.Known, error) bool) {
		for f, err := range l.layer.Near(ctx, boxes, l.form.columns) {
			if !yield(geo.Known{Feature: f}, err) {
				return
			}
		}
	}
}

// Measured is the area of a record, m².
type Measured struct {
	File   string
	Record int
	Area   float64
}

// Learn has layers remember areas that were measured in the working system.
// Nothing depends on it.
func (b *Base) Learn(role Role, work geo.CRS, measured []Measured) {
	for _, l := range b.layers[role] {
		layer, ok := l.layer.(geo.Learner)
		if !ok || l.crs != work {
			continue
		}
		areas := map[int]float64{}
		for _, m := range measured {
			if m.File == l.form.file {
				areas[m.Record] = m.Area
			}
		}
		layer.Learn(work, areas)
	}
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
func (l *baseLayer) parcel(f geo.Feature, flaws *[]Flaw) Parcel {
	r := &row{form: l.form, record: f.Record, values: f.Values, flaws: flaws}
	r.id = r.plain(ID)
	if r.id == "" {
		r.id = fmt.Sprint(f.Record)
	}
	p := Parcel{Feature: Feature{Role: l.form.role, File: l.form.file, Record: f.Record, ID: r.id}}
	p.Name = r.plain(NameField)
	switch l.form.role {
	case Townships:
		p.Code = r.unit(CodeField, townshipDigits)
		p.Unit = p.Code
	case Villages:
		p.Code = r.unit(CodeField, villageDigits)
		p.Unit = p.Code
	case LandUse, PBF:
		p.Unit = leadingDigits(r.plain(UnitField))
		p.Net = r.area(NetArea)
		p.Traits = Traits{
			Class: r.class(), Ridge: r.ridge(), Slope: r.slope(), Grade: r.grade(),
			Refinement: strings.ToUpper(r.plain(Refinement)),
		}
	}
	return p
}

// unit reads the code of an administrative unit, cut to its level.
func (r *row) unit(field Field, digits int) string {
	v, c := r.text(field)
	code := unitCode(v, digits)
	if code == "" {
		if c.name == "" {
			c = r.schema[field][0]
		}
		r.flaw(checkCodes, c,
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
