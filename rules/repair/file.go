package repair

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/geo/outfile"
	"landcheck/rules/report"
)

// Endings are those of files that a set is written to.
func Endings() []string { return []string{".json", ".gpkg"} }

// WriteJSON writes a set as JSON, schema landcheck-suggestion/1.
func (s *Set) WriteJSON(w io.Writer) error { return report.EncodeJSON(w, s) }

// CheckPath refuses the name of a file that no set can be written to.
func CheckPath(path string) error {
	for _, ending := range Endings() {
		if strings.EqualFold(filepath.Ext(path), ending) {
			return nil
		}
	}
	return &geo.InputError{File: path, Message: geo.Text{ZH: "修改建议不能写成这种文件", EN: "suggestions cannot be written to a file of this kind"},
		Advice: geo.Textf("可用的结尾：%s", "Endings that can be used: %s", strings.Join(Endings(), " "))}
}

// WriteFile writes a set to a file by its ending, whole or not at all. A
// GeoPackage has a layer of the land concerned, in the plan's own system.
func (s *Set) WriteFile(ctx context.Context, path string) error {
	if err := CheckPath(path); err != nil {
		return err
	}
	if strings.EqualFold(filepath.Ext(path), ".gpkg") {
		return geopackage.Write(ctx, path, []*geo.Table{s.table()})
	}
	var text bytes.Buffer
	if err := s.WriteJSON(&text); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := outfile.Write(path, text.Bytes(), outfile.Public); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// table is the land of all suggestions: a row for each change of each, the one
// for all rules together first.
func (s *Set) table() *geo.Table {
	text := func(name, alias string, width int) geo.Field {
		return geo.Field{Name: name, Alias: alias, Type: geo.TextField, Width: width}
	}
	number := func(name, alias string) geo.Field {
		return geo.Field{Name: name, Alias: alias, Type: geo.NumberField, Width: 18, Decimals: 2}
	}
	t := &geo.Table{Name: "suggestions", CRS: s.first.CRS, Fields: []geo.Field{
		text("rules", "为满足的规则", 254), text("together", "一并修改", 3), text("way", "办法", 9), text("action", "改动", 8), text("role", "图层", 32), text("feature", "图斑", 64),
		text("file", "文件", 254), number("record", "记录号"), number("area_m2", "面积"), number("left_m2", "剩余面积"), text("text_zh", "说明", 254), text("text_en", "说明（英文）", 254)}}
	t.Fields[7].Decimals = 0
	add := func(x *Repair, together string) {
		for _, c := range x.Changes {
			t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Geometry: c.land, Values: []string{x.IDs(), together, x.way(), string(c.Action), c.Role, c.ID,
				c.File, strconv.Itoa(c.Record), strconv.FormatFloat(c.Area, 'f', 2, 64), strconv.FormatFloat(c.Left, 'f', 2, 64), c.Say.ZH, c.Say.EN}})
		}
	}
	both := func(x *Suggestion, together string) {
		if add(&x.Repair, together); x.Or != nil {
			add(x.Or, together)
		}
	}
	if s.Together != nil {
		both(s.Together, "yes")
	}
	for i := range s.Rules {
		both(&s.Rules[i], "no")
	}
	return t
}

// way is how a repair goes about it.
func (s *Repair) way() string {
	for _, c := range s.Changes {
		if c.Action == Add {
			return "add"
		}
	}
	return "leave_out"
}
