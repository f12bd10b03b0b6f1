package trial

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/rules/plan"
)

// write lays a trial down as somebody would hand it in: a plan package and
// base data, each a GeoPackage, under dir.
func (t *Trial) write(ctx context.Context, dir string) (planPath string, basePaths []string, err error) {
	if t.planPath != "" {
		return t.planPath, t.basePaths, nil
	}
	planPath = filepath.Join(dir, "plan")
	if err := os.Mkdir(planPath, 0o755); err != nil {
		return "", nil, err
	}
	manifest, papers, err := t.planYAML()
	if err != nil {
		return "", nil, err
	}
	files := map[string][]byte{"plan.yaml": manifest}
	for _, p := range papers {
		if !t.missing[p] {
			files[p] = []byte("trial\n")
		}
	}
	root, err := os.OpenRoot(planPath) // papers are named by the case: none may leave the package
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	for name, data := range files {
		if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return "", nil, t.fault(name, err)
		}
		if err := root.WriteFile(name, data, 0o644); err != nil {
			return "", nil, t.fault(name, err)
		}
	}
	if err := t.layers(ctx, filepath.Join(planPath, "plan.gpkg"), t.plan); err != nil {
		return "", nil, err
	}
	base := filepath.Join(dir, "base.gpkg")
	return planPath, []string{base}, t.layers(ctx, base, t.base)
}

// fault is a trial that cannot be laid down.
func (t *Trial) fault(what string, err error) *geo.Fault {
	return &geo.Fault{File: t.File, Record: t.Line, Column: 1, Err: err,
		Problem: geo.Textf("试例“%[1]s”写不出 %[3]s：%[4]v", "the trial %[2]q: cannot write %[3]s: %[4]v", t.Title.ZH, t.Title.EN, what, err),
		Advice:  geo.Text{ZH: "请检查文件名和字段的值", EN: "Check file names and values"}}
}

func (t *Trial) layers(ctx context.Context, path string, layers map[plan.Role][]feature) error {
	var tables []*geo.Table
	for _, role := range slices.Sorted(maps.Keys(layers)) {
		if t.without[role] {
			continue
		}
		table, err := t.table(role, layers[role])
		if err != nil {
			return t.fault(string(role), err)
		}
		tables = append(tables, table)
	}
	if err := geopackage.Write(ctx, path, tables); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return t.fault(filepath.Base(path), err)
	}
	return nil
}

// table is a layer under the name that the standards give it. A column is one
// of numbers where every value is.
func (t *Trial) table(role plan.Role, features []feature) (*geo.Table, error) {
	table := &geo.Table{Name: plan.Names(role)[0], CRS: zone()}
	places := map[string]int{}
	for _, f := range features {
		for _, x := range f.fields {
			i, ok := places[x.name]
			if !ok {
				i = len(table.Fields)
				places[x.name] = i
				table.Fields = append(table.Fields, geo.Field{Name: x.name, Type: geo.NumberField, Width: 20})
			}
			column := &table.Fields[i]
			if !x.number {
				column.Type = geo.TextField
			}
			column.Width = max(column.Width, len(x.value))
			if _, decimals, ok := strings.Cut(x.value, "."); ok {
				column.Decimals = max(column.Decimals, len(decimals))
			}
		}
	}
	into := zone()
	if crs, ok := t.systems[role]; ok {
		into = crs
	}
	transform, err := geo.NewTransform(zone(), into)
	if err != nil {
		return nil, err
	}
	table.CRS = into
	for i, f := range features {
		shape, err := transform.MultiPolygon(f.shape)
		if err != nil {
			return nil, fmt.Errorf("feature %d: %w", i+1, err)
		}
		row := geo.Feature{Record: i + 1, Geometry: shape, Values: make([]string, len(table.Fields))}
		for _, x := range f.fields {
			row.Values[places[x.name]] = x.value
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}
