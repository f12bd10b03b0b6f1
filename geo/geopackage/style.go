package geopackage

import (
	"context"

	"landcheck/geo"
	"landcheck/geo/symbol"
)

// styleTable is where QGIS keeps styles in a database and finds them when a layer
// is opened. It is no part of the standard; its columns are those that QGIS makes.
const styleTable = "layer_styles"

const styleSQL = `
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT CURRENT_TIMESTAMP
)`

// styleOfTable is a style with the layer that it is for.
type styleOfTable struct {
	symbol.Style
	table, shape string
	aliases      []symbol.Alias
	usual        bool // the one that a program takes unasked
}

// addStyles notes the styles of a table.
func (w *writer) addStyles(t *geo.Table, shape string) {
	var aliases []symbol.Alias
	for _, f := range t.Fields {
		if f.Alias != "" {
			aliases = append(aliases, symbol.Alias{Field: f.Name, Shown: f.Alias})
		}
	}
	for i, s := range t.Styles {
		w.styles = append(w.styles, styleOfTable{s, t.Name, shape, aliases, i == 0})
	}
}

// writeStyles keeps the styles, as an attribute table that the catalogue lists.
func (w *writer) writeStyles(ctx context.Context) error {
	if len(w.styles) == 0 {
		return nil
	}
	if _, err := w.tx.ExecContext(ctx, styleSQL); err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(ctx, "INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, '', ?, NULL, NULL, NULL, NULL, 0)",
		styleTable, styleTable, lastChange); err != nil {
		return err
	}
	for i, s := range w.styles {
		if _, err := w.tx.ExecContext(ctx, "INSERT INTO layer_styles VALUES (?, '', '', ?, ?, ?, ?, ?, ?, ?, '', NULL, ?)",
			i+1, s.table, s.shape, s.Name, s.QML(s.aliases), s.SLD(s.table), s.usual, s.Name, lastChange); err != nil {
			return err
		}
	}
	return nil
}
