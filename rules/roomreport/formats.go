package roomreport

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
	"landcheck/rules/report"
)

// Format is one way to show a room.
type Format struct {
	Name    string   // of --format and of ?f=
	Media   string   // its type on the web
	Title   geo.Text // what it is good for, for a menu
	Endings []string // file endings, with the dot, the usual one first
	Binary  bool     // not for a terminal
	Write   func(ctx context.Context, w io.Writer, in Input) error
}

// Formats is the one table of formats, in the order of menus.
func Formats() []Format {
	return []Format{
		{Name: "json", Media: "application/json", Title: geo.Text{ZH: "全部数字与理由（机器可读）", EN: "all figures and reasons, for programs"}, Endings: []string{".json"}, Write: writeJSON},
		{Name: "xlsx", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Title: geo.Text{ZH: "Excel 工作簿：乡镇、调出候选、补划候选", EN: "Excel workbook: townships, candidates out and in"}, Endings: []string{".xlsx"}, Binary: true, Write: writeXLSX},
		{Name: "gpkg", Media: "application/geopackage+sqlite3", Title: geo.Text{ZH: "GeoPackage 图层，GIS 软件可打开", EN: "GeoPackage layers, for GIS"}, Endings: []string{".gpkg"}, Binary: true, Write: writeGeoPackage},
		{Name: "geojson", Media: "application/geo+json", Title: geo.Text{ZH: "候选地块图形（GeoJSON）", EN: "the candidates' shapes as GeoJSON"}, Endings: []string{".geojson"}, Write: writeGeoJSON},
		{Name: "text", Media: "text/plain", Title: geo.Text{ZH: "纯文本，终端所见", EN: "plain text, as on a terminal"}, Endings: []string{".txt"}, Write: writeText},
	}
}

// Names are the names of the formats; printable leaves out those that are not for
// a terminal.
func Names(printable bool) []string {
	var names []string
	for _, f := range Formats() {
		if !printable || !f.Binary {
			names = append(names, f.Name)
		}
	}
	return names
}

// Endings are the file endings of all formats.
func Endings() []string {
	var all []string
	for _, f := range Formats() {
		all = append(all, f.Endings...)
	}
	return all
}

// ByName finds a format; a *geo.InputError lists the names when there is none.
func ByName(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, &geo.InputError{Message: geo.Textf("没有名为 %q 的输出格式", "there is no output format %q", name),
		Advice: geo.Textf("可用的格式：%s", "use one of %s", strings.Join(Names(false), ", "))}
}

// ByPath finds the format of a file by its ending, without regard to case.
func ByPath(path string) (Format, error) {
	for _, f := range Formats() {
		for _, e := range f.Endings {
			if strings.HasSuffix(strings.ToLower(path), e) {
				return f, nil
			}
		}
	}
	return Format{}, &geo.InputError{File: path, Message: geo.Text{ZH: "看不出要写成哪种格式", EN: "its ending does not say which format to write"},
		Advice: geo.Textf("文件名请用这些结尾之一：%s", "end the name with one of %s", strings.Join(Endings(), " "))}
}

// WriteFile writes a file in the format of its ending, whole or not at all.
func WriteFile(ctx context.Context, path string, in Input) error {
	f, err := ByPath(path)
	if err != nil {
		return err
	}
	file, err := outfile.Create(path, outfile.Public)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer file.Cleanup()
	out := bufio.NewWriterSize(file, 1<<16)
	if err := f.Write(ctx, out, in); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	if err := file.Replace(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func writeJSON(_ context.Context, w io.Writer, in Input) error {
	d, err := DocumentOf(in)
	if err != nil {
		return err
	}
	return report.EncodeJSON(w, d)
}

// writeGeoPackage makes the database in a directory of its own and copies it.
func writeGeoPackage(ctx context.Context, w io.Writer, in Input) error {
	dir, err := os.MkdirTemp("", "landcheck-*")
	if err != nil {
		return transient.Mark(err)
	}
	defer outfile.RemoveAll(dir)
	path := filepath.Join(dir, "room.gpkg")
	tables, err := layers(in)
	if err != nil {
		return err
	}
	if err := geopackage.Write(ctx, path, tables); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}
