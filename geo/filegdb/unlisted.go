package filegdb

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
)

// unlisted are the notices of tables of polygons that no item of the catalogue
// lists: programs do not show them, and land may be in them all the same.
func (in Folder) unlisted(g *folder, entries []entry) []geo.Notice {
	listed := map[int]bool{}
	for _, e := range entries {
		listed[e.number] = true
	}
	names := maps.Clone(g.names)
	for file := range g.files {
		if n, ok := tableNumber(file); ok && names[n] == "" {
			names[n] = file
		}
	}
	var told []geo.Notice
	for _, n := range slices.Sorted(maps.Keys(names)) {
		if listed[n] || strings.HasPrefix(strings.ToLower(names[n]), "gdb_") {
			continue
		}
		if g.land(n) {
			told = append(told, geo.Notice{Severity: geo.Warning, File: in.Shown + "!" + geo.Printable(names[n]), Message: unregistered})
		}
	}
	return told
}

var unregistered = geo.Text{
	ZH: "表中有面图形，但没有登记为图层（GDB_Items），未读取；请在 ArcGIS 中重新导出",
	EN: "the table holds polygons but is not registered as a layer (GDB_Items), and is not read; export it again from ArcGIS"}

// land reports a table that holds polygons. One that cannot be read does not:
// nothing is lost that anything speaks of.
func (g *folder) land(n int) bool {
	t, err := openTable(g.files, n)
	if err != nil {
		return false
	}
	land := t.shapes == polygonLayer && t.declared > 0
	return t.close() == nil && land
}

// tableNumber is the number of a table by its file: 11 of a0000000b.gdbtable.
func tableNumber(file string) (int, bool) {
	hex, ok := strings.CutSuffix(strings.TrimPrefix(file, "a"), ".gdbtable")
	if !ok || len(hex) != 8 || file[0] != 'a' {
		return 0, false
	}
	n, err := strconv.ParseInt(hex, 16, 64)
	return int(n), err == nil && n > 0
}
