package filegdb

import (
	"maps"
	"slices"
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
	var told []geo.Notice
	for _, n := range slices.Sorted(maps.Keys(g.names)) {
		name := g.names[n]
		if listed[n] || strings.HasPrefix(strings.ToLower(name), "gdb_") {
			continue
		}
		t, err := openTable(g.files, n)
		if err != nil { // nothing is lost that anything speaks of
			continue
		}
		land := t.shapes == polygonLayer && t.declared > 0
		if t.close() == nil && land {
			told = append(told, geo.Notice{Severity: geo.Warning, File: in.Shown + "!" + geo.Printable(name), Message: geo.Text{
				ZH: "表中有面图形，但没有登记为图层（GDB_Items），未读取；请在 ArcGIS 中重新导出",
				EN: "the table holds polygons but is not registered as a layer (GDB_Items), and is not read; export it again from ArcGIS"}})
		}
	}
	return told
}
