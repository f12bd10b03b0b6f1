package filegdb

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// damagedLayer is a feature class that cannot be read. It is listed all the same:
// whether a check needs it is not for a reader to say.
type damagedLayer struct {
	name, alias, shown string
	why                *geo.InputError
}

var (
	_ geo.Layer        = (*damagedLayer)(nil)
	_ geo.AliasedLayer = (*damagedLayer)(nil)
	_ geo.DamagedLayer = (*damagedLayer)(nil)
)

// damagedLayer is the layer of an error of a single feature class; false where
// the machine is to blame, or whoever writes the file meanwhile.
func (in Folder) damagedLayer(e entry, err error) (*damagedLayer, bool) {
	why, ok := geo.AsInputError(in.place(err, e.name))
	if !ok || transient.Is(err) {
		return nil, false
	}
	return &damagedLayer{name: geo.Printable(e.name), alias: geo.Printable(e.alias), shown: in.Shown + "!" + geo.Printable(e.name), why: why}, true
}

func (d *damagedLayer) Damage() *geo.InputError                  { return d.why }
func (d *damagedLayer) Name() string                             { return d.name }
func (d *damagedLayer) Alias() string                            { return d.alias }
func (d *damagedLayer) File() string                             { return d.shown }
func (d *damagedLayer) Fields() []geo.Field                      { return nil }
func (d *damagedLayer) Len() int                                 { return 0 }
func (d *damagedLayer) Bound() orb.Bound                         { return geo.Bound(nil) }
func (d *damagedLayer) Notices() []geo.Notice                    { return nil }
func (d *damagedLayer) Close() error                             { return nil }
func (d *damagedLayer) CRS() (geo.CRS, error)                    { return geo.CRS{}, d.why }
func (d *damagedLayer) Digest(context.Context) (string, error)   { return "", d.why }
func (d *damagedLayer) fail(yield func(geo.Feature, error) bool) { yield(geo.Feature{}, d.why) }

// Near yields the damage.
func (d *damagedLayer) Near(context.Context, []orb.Bound, []string) iter.Seq2[geo.Feature, error] {
	return d.fail
}

// Rows yields the damage.
func (d *damagedLayer) Rows(context.Context, []string) iter.Seq2[geo.Feature, error] { return d.fail }
