package sample

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/shapefile"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"
)

// Write makes a county and its plans in a directory: base/ and plans/.
// What the plans show is in Plans; their stories hold for the default options.
func Write(ctx context.Context, dir string, o Options) error {
	c, err := New(o)
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	if err := c.WriteBase(ctx, filepath.Join(dir, "base")); err != nil {
		return err
	}
	return c.WritePlans(ctx, filepath.Join(dir, "plans"))
}

// WritePlans writes a package for each of Plans into a directory.
func (c *County) WritePlans(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	for n, s := range scenarios() {
		if err := c.writePlan(ctx, filepath.Join(dir, s.File), c.drawn(n, s)); err != nil {
			return err
		}
	}
	return nil
}

func (c *County) drawn(n int, s scenario) *draft {
	d := commonDraft(c, fmt.Sprintf("%s-2026-%02d", c.code, n+1), fmt.Sprintf("示例镇全域土地综合整治（%s）", s.Title.ZH))
	s.draw(c, d)
	return d
}

func (c *County) writePlan(ctx context.Context, path string, d *draft) error {
	files, err := d.files(ctx, d.tables(), shapefiles)
	if err != nil {
		return err
	}
	return writeZip(path, files)
}

// WriteBase writes the base layers into a directory, as GBK Shapefiles.
func (c *County) WriteBase(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	write := func(t *geo.Table) error {
		if err := shapefile.Write(ctx, filepath.Join(dir, t.Name+".shp"), t, shapefile.GBK); err != nil {
			return fmt.Errorf("sample: %w", err)
		}
		return nil
	}
	for _, t := range c.small() {
		if err := write(t); err != nil {
			return err
		}
	}
	plots := c.plots()
	shape := func(p plot) orb.MultiPolygon { return p.shape }
	// The two large layers are written side by side; they share their shapes.
	var group errgroup.Group
	group.Go(func() error { return write(table(c, "DLTB", c.landUseColumns(), plots, shape)) })
	group.Go(func() error { return write(table(c, "YJJBNTTB", c.pbfColumns(), designatedOnly(plots), shape)) })
	return group.Wait()
}

// designatedOnly is the plots that are PBF, numbered anew.
func designatedOnly(plots []plot) []plot {
	var out []plot
	for _, p := range plots {
		if p.pbf {
			p.serial = len(out) + 1
			out = append(out, p)
		}
	}
	return out
}
