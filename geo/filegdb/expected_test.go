package filegdb

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb/planar"
)

// TestAsGDAL reads every layer of the third-party files and holds what it has
// against what GDAL reads: number of features, vertices, area, fields, aliases.
func TestAsGDAL(t *testing.T) {
	data, err := os.ReadFile(need(t, "EXPECTED.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		c := strings.Split(line, "\t")
		if strings.HasPrefix(c[0], "broken/") {
			continue
		}
		for _, layer := range strings.Split(c[1], ",") {
			seen++
			t.Run(c[0]+"/"+layer, func(t *testing.T) { asGDAL(t, c, layer) })
		}
	}
	if seen < 90 {
		t.Errorf("only %d layers", seen)
	}
}

func asGDAL(t *testing.T, c []string, name string) {
	f := unpacked(t, c[0])
	g := &folder{files: f.Files}
	entries, err := g.catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var e *entry
	for i := range entries {
		if entries[i].name == name {
			e = &entries[i]
		}
	}
	if e == nil && g.tables[strings.ToLower(name)] != 0 { // a part of a raster: listed as a table only
		e = &entry{number: g.tables[strings.ToLower(name)]}
	}
	if e == nil {
		t.Fatalf("not in the catalogue: %v", entries)
	}
	table, err := openTable(g.files, e.number)
	if err != nil {
		t.Fatal(err)
	}
	defer table.close()
	if n, _ := strconv.Atoi(c[2]); len(table.offsets) != n {
		t.Errorf("%d rows, want %d", len(table.offsets), n)
	}
	texts := 0
	err = table.each(func(i int, _ int64, row []byte, spans []span) error {
		for k := range table.fields {
			if s := spans[k]; s.from >= 0 {
				if _, bad := table.text(&table.fields[k], row[s.from:s.to]); bad != nil {
					t.Errorf("OBJECTID %d, %s: %s", table.id(i), table.fields[k].name, bad.message.EN)
				}
				texts++
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	var fields []string
	for _, f := range table.fields {
		if f.kind == objectIDKind || f.kind == shapeKind {
			continue
		}
		names := strings.Fields(strings.ReplaceAll(c[6], "(", " ("))
		if k := len(fields); !strings.Contains(c[6], f.name+":") {
			t.Errorf("field %d, %s, is not in %v", k, f.name, names)
		}
		if !strings.Contains(c[7], "3.12") && f.alias != "" && f.alias != f.name && !strings.Contains(c[6], "("+f.alias+")") {
			t.Errorf("the alias %s of %s is not GDAL's: %s", f.alias, f.name, c[6])
		}
		fields = append(fields, f.name)
	}
	if want := strings.Count(c[6], ":"); len(fields) != want {
		t.Errorf("fields %v, want %d: %s", fields, want, c[6])
	}
	if !strings.HasSuffix(c[3], "Multi Polygon") {
		return
	}
	l, ok := opened(t, f)[name]
	if !ok {
		t.Fatal("no layer of polygons")
	}
	if _, err := l.Digest(t.Context()); err != nil {
		t.Error(err)
	}
	area, vertices := 0.0, 0
	for _, f := range read(t, l) {
		area += planar.Area(f.Geometry)
		for _, p := range f.Geometry {
			for _, r := range p {
				vertices += len(r)
			}
		}
	}
	want, _ := strconv.ParseFloat(c[5], 64)
	within := 1e-9
	if strings.HasPrefix(c[7], "curves") {
		within = 1e-5
	} else if n, _ := strconv.Atoi(c[4]); vertices != n {
		t.Errorf("%d vertices, want %d", vertices, n)
	}
	if math.Abs(area-want) > within*max(want, 1) {
		t.Errorf("area %.6f, want %.6f", area, want)
	}
	planes := 0.0
	if err := l.PlaneAreas(t.Context(), 1, func(_ int, a float64) error { planes += a; return nil }); err != nil {
		t.Error(err)
	}
	if math.Abs(planes-area) > 1e-6*max(area, 1) {
		t.Errorf("plane areas %.6f, areas %.6f", planes, area)
	}
}
