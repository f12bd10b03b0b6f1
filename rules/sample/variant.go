package sample

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/geojson"
	"landcheck/geo/geopackage"
)

// Plans that Write does not make: the township cap to the last 0.01 m², and
// the good plan in other systems and formats. Tests ask for them.
const (
	AtCap      = "cap-exact.zip"   // exactly 5 % of a township leaves PBF
	OverCap    = "cap-over.zip"    // 0.25 m² more
	Degrees    = "good-4490.zip"   // plan 01 in longitude and latitude
	Geopackage = "good-gpkg.zip"   // plan 01 as one GeoPackage
	GeoJSON    = "good-json.zip"   // plan 01 as GeoJSON
	Unzoned    = "good-4546.zip"   // plan 01 without the zone in its eastings
	Directory  = "good-directory/" // plan 01 as plain files
)

// WriteVariants writes all of them into a directory. They belong to a county
// of the default size; larger ones have no plans at the cap.
func (c *County) WriteVariants(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	if c.side == smallSide {
		for name, side := range map[string]float64{AtCap: c.atCap.side, OverCap: c.atCap.wider} {
			if err := c.writePlan(ctx, filepath.Join(dir, name), c.capPlan(side)); err != nil {
				return err
			}
		}
	}
	d := c.drawn(0, scenarios()[0])
	for name, write := range map[string]writer{
		Degrees: inSystem(4490), Unzoned: inSystem(4546), Geopackage: asGeopackage, GeoJSON: asGeoJSON,
	} {
		files, err := d.files(ctx, d.tables(), write)
		if err != nil {
			return err
		}
		if err := writeZip(filepath.Join(dir, name), files); err != nil {
			return err
		}
	}
	return d.unpack(ctx, filepath.Join(dir, Directory))
}

// capPlan moves what stands at the cap, and nothing else.
func (c *County) capPlan(side float64) *draft {
	d := newDraft(c, c.code+"-2026-90", "示例镇全域土地综合整治（恰为 5%）")
	d.papers()
	for _, k := range c.atCap.parcels {
		d.takeOut(k)
	}
	d.takeOut(c.atCap.host)
	d.out[len(d.out)-1].shape = c.atCap.square(side)
	d.compensate(comfortableShare)
	return d
}

func (d *draft) unpack(ctx context.Context, dir string) error {
	files, err := d.files(ctx, d.tables(), shapefiles)
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("sample: %w", err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return fmt.Errorf("sample: %w", err)
		}
	}
	return nil
}

// inSystem writes Shapefiles in another coordinate system.
func inSystem(code int) writer {
	return func(ctx context.Context, dir string, layers []*geo.Table) error {
		layers, err := reprojected(layers, code)
		if err != nil {
			return err
		}
		return shapefiles(ctx, dir, layers)
	}
}

func asGeopackage(ctx context.Context, dir string, layers []*geo.Table) error {
	return geopackage.Write(ctx, filepath.Join(dir, "plan.gpkg"), layers)
}

// asGeoJSON writes degrees: the format knows nothing else.
func asGeoJSON(ctx context.Context, dir string, layers []*geo.Table) error {
	layers, err := reprojected(layers, 4490)
	if err != nil {
		return err
	}
	for _, t := range layers {
		if err := geojson.Write(ctx, filepath.Join(dir, t.Name+".geojson"), t); err != nil {
			return err
		}
	}
	return nil
}

func reprojected(layers []*geo.Table, code int) ([]*geo.Table, error) {
	to, err := geo.FromEPSG(code)
	if err != nil {
		return nil, err
	}
	var out []*geo.Table
	for _, t := range layers {
		way, err := geo.NewTransform(t.CRS, to)
		if err != nil {
			return nil, err
		}
		moved := &geo.Table{Name: t.Name, CRS: to, Fields: t.Fields, Rows: make([]geo.Feature, len(t.Rows))}
		for i, row := range t.Rows {
			if row.Geometry, err = way.MultiPolygon(row.Geometry); err != nil {
				return nil, err
			}
			moved.Rows[i] = row
		}
		out = append(out, moved)
	}
	return out, nil
}
