package sample

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/shapefile"
	"landcheck/geo/zipped"
)

// packed is the time stamp of every entry: the clock does not show in a sample.
func packed() time.Time { return time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC) }

// writer stores a plan's layers in a directory.
type writer func(ctx context.Context, dir string, layers []*geo.Table) error

// shapefiles is how plans come as a rule.
func shapefiles(ctx context.Context, dir string, layers []*geo.Table) error {
	for _, t := range layers {
		if err := shapefile.Write(ctx, filepath.Join(dir, t.Name+".shp"), t, shapefile.GBK); err != nil {
			return err
		}
	}
	return nil
}

// files are the plan's package: layers, manifest, documents.
func (d *draft) files(ctx context.Context, layers []*geo.Table, write writer) (files []zipped.File, err error) {
	dir, err := os.MkdirTemp("", "landcheck-sample-")
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	defer func() { err = cmp.Or(err, outfile.RemoveAll(dir)) }()
	if err := write(ctx, dir, layers); err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	if files, err = zipped.ReadDirectory(dir); err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	return append(files, d.papersAndManifest()...), nil
}

func (d *draft) papersAndManifest() []zipped.File {
	files := []zipped.File{{Name: "plan.yaml", Data: []byte(d.manifest())}}
	for _, p := range slices.Concat(d.documents, d.subProjectPapers()) {
		files = append(files, zipped.File{Name: p.file, Data: []byte(p.text)})
	}
	for _, j := range d.justifications {
		files = append(files, zipped.File{Name: j.document, Data: []byte(j.reason + "\n\n示例数据，不具法律效力。\n")})
	}
	return files
}

func (d *draft) manifest() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("format: 1")
	line("project: {code: %q, name: %q, county: %q, stage: %s, year: 2026}", d.code, d.name, d.county.code, d.stage)
	line("rulebook: nmg-2025")
	if len(d.justifications) > 0 {
		line("justifications:")
	}
	for _, j := range d.justifications {
		line("  - {rule: %s, scope: %q, reason: %q, document: %s}", j.rule, j.scope, j.reason, j.document)
	}
	if len(d.documents) > 0 {
		line("documents:")
	}
	for _, p := range slices.Concat(d.documents, d.subProjectPapers()) {
		switch {
		case p.subProject != "":
			line("  - {kind: %s, subproject: %q, file: %s}", p.kind, p.subProject, p.file)
		case p.village != "":
			line("  - {kind: %s, village: %q, file: %s}", p.kind, p.village, p.file)
		case p.from != "":
			line("  - {kind: %s, from: %s, file: %s}", p.kind, p.from, p.file)
		default:
			line("  - {kind: %s, file: %s}", p.kind, p.file)
		}
	}
	if q := d.quota; q != nil {
		line("quota: {rural_housing_m2: %d, rural_development_m2: %d, mining_m2: %d, tradable_m2: %d, destination_county: %q}",
			q.housing, q.development, q.mining, q.tradable, d.county.code)
	}
	return b.String()
}

// writeZip writes a package, whole or not at all.
func writeZip(path string, files []zipped.File) error {
	if err := zipped.Write(path, files, packed()); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	return nil
}
