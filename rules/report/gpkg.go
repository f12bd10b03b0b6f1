package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/geo/transient"
	"landcheck/rules/ledger"

	"github.com/paulmach/orb"
)

// geoPackageFile writes the findings on CGCS2000 longitude and latitude, as in
// the report, the faces of the ledger in its own system, and a table without
// shapes of what the report says first.
func geoPackageFile(ctx context.Context, path string, in Input) error {
	if err := in.check(Format{Name: "gpkg", Ledger: true}); err != nil {
		return err
	}
	if in.Report.Layer != nil { // it has no faces
		return geopackage.Write(ctx, path, []*geo.Table{findingTable(in), verdictTable(in)})
	}
	return geopackage.Write(ctx, path, []*geo.Table{findingTable(in), faceTable(in.Ledger), verdictTable(in)})
}

// writeGeoPackage makes the database in a temporary directory and copies it: a
// stream has no context to be cancelled by, WriteFile has.
func writeGeoPackage(w io.Writer, in Input) error {
	if err := in.check(Format{Name: "gpkg", Ledger: true}); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "landcheck-*")
	if err != nil {
		return fmt.Errorf("report: %w", transient.Mark(err))
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "report.gpkg")
	if err := geoPackageFile(context.Background(), path, in); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer f.Close()
	_, err = io.Copy(w, bufio.NewReader(f))
	return err
}

func findingTable(in Input) *geo.Table {
	t := &geo.Table{Name: "findings", CRS: geo.CRS{Kind: geo.Geographic}}
	for _, name := range []string{"number", "finding", "rule", "title", "level", "status", "message", "remedy", "scope_kind", "scope_code", "scope_name", "area_m2", "features", "faces"} {
		kind := geo.TextField
		if name == "number" || name == "area_m2" {
			kind = geo.NumberField
		}
		t.Fields = append(t.Fields, geo.Field{Name: name, Type: kind})
	}
	against := in.Report.Baseline != nil
	if against {
		t.Fields = append(t.Fields, geo.Field{Name: "baseline", Type: geo.TextField})
	}
	for _, f := range WorstFirst(in.Report) {
		p := propertiesOf(f, in.Lang)
		row := geo.Feature{Record: f.Number, Values: []string{strconv.Itoa(p.Number), f.Finding.ID, p.Rule, p.Title, p.Level, p.Status,
			clean(p.Message), clean(p.Remedy), p.ScopeKind, clean(p.ScopeCode), clean(p.ScopeName), figureText(p.Area), p.Features, faceList(f.Finding.Faces)}}
		if against {
			row.Values = append(row.Values, p.Baseline)
		}
		if g := f.Finding.Geometry; g != nil {
			row.Geometry = g.Polygons
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// verdictTable is the headline and, under it, what the verdict does not cover.
func verdictTable(in Input) *geo.Table {
	t := &geo.Table{Name: "verdict", CRS: geo.CRS{Kind: geo.Geographic},
		Fields: []geo.Field{{Name: "kind", Type: geo.TextField}, {Name: "text", Type: geo.TextField}}}
	add := func(kind string, text geo.Text) {
		t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Values: []string{kind, clean(text.In(in.Lang))}})
	}
	h := HeadlineOf(in.Report)
	add(string(in.Report.Verdict), h.Head)
	if b := in.Report.Baseline; b != nil {
		add("baseline", baselineLine(b))
	}
	add("means", h.Means)
	for _, r := range h.Remarks {
		add(r.Kind, r.Text)
	}
	add("next", h.Next)
	return t
}

// faceList names the rows of the layer of faces behind a finding: "3 17 18".
func faceList(faces []int) string {
	var b strings.Builder
	for i, id := range faces {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(id))
	}
	return b.String()
}

func faceTable(l *ledger.Ledger) *geo.Table {
	t := &geo.Table{Name: "faces", CRS: l.CRS}
	cols := faceColumns(l)
	for _, c := range cols {
		t.Fields = append(t.Fields, geo.Field{Name: c.Name, Type: c.Type})
	}
	for i := range l.Faces {
		f := &l.Faces[i]
		row := geo.Feature{Record: i + 1, Geometry: orb.MultiPolygon{f.Geometry}, Values: make([]string, len(cols))}
		for j, c := range cols {
			row.Values[j] = c.Of(f)
			if c.Type == geo.TextField {
				row.Values[j] = clean(row.Values[j])
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
