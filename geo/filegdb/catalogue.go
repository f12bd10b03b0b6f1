package filegdb

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/inplace"
	"landcheck/geo/regular"
)

// entry is a table or feature class of the catalogue.
type entry struct {
	name, alias string
	number      int  // of its table; 0 where none is listed
	features    bool // it should have shapes
	other       geo.Text
}

// The types of items of GDB_Items.
const (
	featureClassItem = "{70737809-852C-4A03-9E22-2CECEA5B9BFA}"
	tableItem        = "{CD06BC3B-789D-4C51-AAFA-A467912B8965}"
	plainTableClass  = "{7A566981-C114-11D2-8A28-006097AFF44E}" // of 9.x
)

const (
	maxCatalogueRows = 100_000
	maxLayers        = 10_000
)

// folder is the files of a geodatabase by their names in lower case.
type folder struct {
	files  map[string]string
	tables map[string]int // the numbers of tables, by name in lower case
	names  map[int]string // as the catalogue spells them
}

// catalogue reads what the geodatabase holds, by name.
func (g *folder) catalogue(ctx context.Context) ([]entry, error) {
	if err := g.readTables(); err != nil {
		return nil, err
	}
	var list []entry
	var err error
	switch {
	case g.tables["gdb_items"] != 0:
		list, err = g.items(ctx)
	case g.tables["gdb_objectclasses"] != 0:
		list, err = g.objectClasses(ctx)
	default:
		err = broken(0, "目录中没有 GDB_Items，也没有 GDB_ObjectClasses：不是完整的文件地理数据库", "its catalogue lists neither GDB_Items nor GDB_ObjectClasses: this is not a whole file geodatabase")
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b entry) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), strings.Compare(a.name, b.name))
	})
	if err := distinct(list); err != nil {
		return nil, err
	}
	return list, nil
}

// distinct refuses two layers of one name: a table would be read twice.
func distinct(list []entry) error {
	seen := map[string]bool{}
	for _, e := range list {
		if !e.other.IsZero() {
			continue
		}
		key := strings.ToLower(e.name)
		if seen[key] {
			return broken(0, "有两个名为 %s 的图层（不区分大小写）", "two layers are called %s but for upper and lower case", e.name)
		}
		seen[key] = true
	}
	return nil
}

// readTables reads GDB_SystemCatalog: the name of each table by its number.
func (g *folder) readTables() error {
	t, err := openTable(g.files, 1)
	if errors.Is(err, errNoTable) {
		return broken(0, "没有目录表 a00000001.gdbtable：不是完整的文件地理数据库", "there is no catalogue a00000001.gdbtable: this is not a whole file geodatabase")
	}
	if err != nil {
		return regular.In(err, "!GDB_SystemCatalog")
	}
	defer t.close()
	g.tables, g.names = map[string]int{}, map[int]string{}
	return regular.In(t.strings([]string{"Name"}, func(id int, v []string) error {
		key := strings.ToLower(v[0])
		if len(key) > geo.MaxNameBytes {
			return geo.LongName(v[0])
		}
		if other := g.tables[key]; other != 0 {
			return broken(0, "目录中“%[1]s”出现两次（第 %[2]d、%[3]d 行）", "its catalogue lists %[1]q twice (rows %[2]d and %[3]d)", v[0], other, id)
		}
		g.tables[key], g.names[id] = id, v[0]
		return nil
	}), "!GDB_SystemCatalog")
}

// strings visits the texts of some columns of all rows; a column that the
// table lacks reads as "".
func (t *table) strings(columns []string, visit func(id int, values []string) error) error {
	if len(t.offsets) > maxCatalogueRows {
		return ofFile(broken(0, "目录表超过 %d 行", "a table of the catalogue has more than %d rows", maxCatalogueRows), t.name+".gdbtable")
	}
	at := make([]int, len(columns))
	for i, name := range columns {
		at[i] = slices.IndexFunc(t.fields, func(f field) bool { return strings.EqualFold(f.name, name) })
	}
	values := make([]string, len(columns))
	return inplace.Guard(0, func() error {
		return t.each(func(i int, rowAt int64, row []byte, spans []span) error {
			for i, k := range at {
				values[i] = ""
				if k < 0 || spans[k].from < 0 {
					continue
				}
				raw := row[spans[k].from:spans[k].to]
				if t.fields[k].kind == xmlKind || t.fields[k].kind == binaryKind {
					values[i] = string(raw)
					continue
				}
				text, bad := t.text(&t.fields[k], raw)
				if bad != nil {
					bad.offset += spans[k].from
					return t.refused(i, rowAt, bad)
				}
				values[i] = text
			}
			return ofFile(visit(t.id(i), values), t.name+".gdbtable")
		})
	})
}

// system opens a table of the catalogue, which has to be there.
func (g *folder) system(name string) (*table, error) {
	t, err := openTable(g.files, g.tables[strings.ToLower(name)])
	if errors.Is(err, errNoTable) {
		err = broken(0, "目录列有 %[1]s，但缺少其文件 a%08[2]x.gdbtable", "the catalogue lists %[1]s, but its file a%08[2]x.gdbtable is missing", name, g.tables[strings.ToLower(name)])
	}
	return t, regular.In(err, "!"+name)
}

// items reads the catalogue of versions from 10 on.
func (g *folder) items(ctx context.Context) ([]entry, error) {
	t, err := g.system("GDB_Items")
	if err != nil {
		return nil, err
	}
	defer t.close()
	kinds, err := g.itemKinds()
	if err != nil {
		return nil, err
	}
	var list []entry
	err = t.strings([]string{"Type", "Name", "Definition"}, func(_ int, v []string) error {
		e := entry{name: v[1], number: g.tables[strings.ToLower(v[1])]}
		switch strings.ToUpper(v[0]) {
		case featureClassItem:
			e.features = true
		case tableItem:
		default:
			kind := kinds[strings.ToUpper(v[0])]
			if !otherKinds[kind] {
				return ctx.Err()
			}
			e.other = geo.Textf("是 %s，不是面图层，已跳过", "a %s, no layer of polygons: skipped", kind)
		}
		if len(v[1]) > geo.MaxNameBytes || v[1] == "" {
			return geo.LongName(v[1])
		}
		e.alias = alias(v[2])
		if list = append(list, e); len(list) > maxLayers {
			return broken(0, "图层超过 %d 个", "there are more than %d layers", maxLayers)
		}
		return ctx.Err()
	})
	return list, regular.In(err, "!GDB_Items")
}

// otherKinds are the kinds of items that hold land data, or belong to it, and
// are no layers.
var otherKinds = map[string]bool{
	"Raster Dataset": true, "Mosaic Dataset": true, "Raster Catalog": true, "Terrain": true, "Tin": true, "Topology": true, "Relationship Class": true,
	"Parcel Fabric": true, "Network Dataset": true, "Geometric Network": true, "Representation Class": true, "Catalog Dataset": true,
}

// itemKinds are the names of the kinds of items, by their GUIDs.
func (g *folder) itemKinds() (map[string]string, error) {
	kinds := map[string]string{}
	if g.tables["gdb_itemtypes"] == 0 {
		return kinds, nil
	}
	t, err := g.system("GDB_ItemTypes")
	if err != nil {
		return nil, err
	}
	defer t.close()
	err = t.strings([]string{"UUID", "Name"}, func(_ int, v []string) error {
		kinds[strings.ToUpper(v[0])] = v[1]
		return nil
	})
	return kinds, regular.In(err, "!GDB_ItemTypes")
}

// objectClasses reads the catalogue of version 9.
func (g *folder) objectClasses(ctx context.Context) ([]entry, error) {
	t, err := g.system("GDB_ObjectClasses")
	if err != nil {
		return nil, err
	}
	defer t.close()
	var list []entry
	err = t.strings([]string{"Name", "AliasName", "CLSID"}, func(_ int, v []string) error {
		if len(v[0]) > geo.MaxNameBytes || v[0] == "" {
			return geo.LongName(v[0])
		}
		if list = append(list, entry{name: v[0], alias: v[1], number: g.tables[strings.ToLower(v[0])], features: !strings.EqualFold(v[2], plainTableClass)}); len(list) > maxLayers {
			return broken(0, "图层超过 %d 个", "there are more than %d layers", maxLayers)
		}
		return ctx.Err()
	})
	return list, regular.In(err, "!GDB_ObjectClasses")
}
