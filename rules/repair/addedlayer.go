package repair

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/shapefile"
	"landcheck/rules/domain"
)

// addedLayer writes the land that is brought in as a layer of its own, which is
// read together with the package's.
func (p *packer) addedLayer(ctx context.Context) error {
	if len(p.added) == 0 {
		return nil
	}
	name := domain.PBFIn.Names()[0]
	for n := 1; slices.ContainsFunc(p.from.Layers, func(l geo.Layer) bool { return strings.EqualFold(l.Name(), name) }); n++ {
		name = domain.PBFIn.Names()[0] + "_" + strconv.Itoa(n)
	}
	t := &geo.Table{Name: name, CRS: p.first.CRS, Fields: []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18}, {Name: "MJ", Type: geo.NumberField, Width: 18, Decimals: 2}, {Name: "NF", Type: geo.NumberField, Width: 4},
		{Name: "YSRQ", Type: geo.DateField, Width: 8}, {Name: "ZLDB", Type: geo.NumberField, Width: 2}}}
	known := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, c := range p.added {
		t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Geometry: c.Geometry,
			Values: []string{c.ID, strconv.FormatFloat(c.Declared.Value, 'f', 2, 64), known(c.Year), c.Date, known(c.Traits.Grade)}})
	}
	at := filepath.Join(p.scratch, "added")
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	if err := shapefile.Write(ctx, filepath.Join(at, name+".shp"), t, shapefile.GBK); err != nil {
		return err
	}
	return p.put(at, ".")
}
