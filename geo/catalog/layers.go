package catalog

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path"
	"strings"

	"landcheck/geo"
	"landcheck/geo/coordtxt"
	"landcheck/geo/geojson"
	"landcheck/geo/geopackage"
	"landcheck/geo/shapefile"
)

// headBytes is how much of a .json or .txt is looked at to tell what it is.
const headBytes = 64 << 10

// openLayers opens what is a layer and says what looks like one and is not.
func (c *Catalog) openLayers(ctx context.Context) error {
	for _, f := range c.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		switch strings.ToLower(path.Ext(f.Name)) {
		case ".shp":
			err = c.shapefile(f)
		case ".gpkg":
			var layers []geo.Layer
			var skipped []geo.Notice
			layers, skipped, err = geopackage.Open(f.path, c.entry(f.Name))
			c.Layers, c.Notices = append(c.Layers, layers...), append(c.Notices, skipped...)
			c.Skipped = append(c.Skipped, skipped...)
		case ".geojson":
			err = c.whole(geojson.Open(f.path, c.entry(f.Name)))
		case ".json":
			var head []byte
			if head, err = readHead(f.path); err == nil && (c.lone || geojson.Looks(head)) {
				err = c.whole(geojson.Open(f.path, c.entry(f.Name)))
			}
		case ".txt":
			var head []byte
			if head, err = readHead(f.path); err == nil && (c.lone || coordtxt.Looks(head)) {
				err = c.whole(coordtxt.Open(f.path, c.entry(f.Name)))
			}
		case ".dbf", ".shx":
			if shp := strings.TrimSuffix(f.Name, path.Ext(f.Name)) + ".shp"; !c.Has(shp) {
				c.skip(geo.Warning, f.Name, geo.Textf("缺少 %s，无法作为图层读取", "there is no %s beside it, so it is no layer", path.Base(shp)))
			}
		case ".zip", ".rar", ".7z":
			c.note(geo.Warning, f.Name, geo.Text{ZH: "包内的压缩包不会展开", EN: "an archive inside the package is not unpacked"})
		case ".gdbtable", ".mdb", ".vct", ".kml", ".kmz", ".dwg", ".dxf", ".tab", ".mif":
			c.unsupported(f.Name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// whole takes the result of opening a one-layer file.
func (c *Catalog) whole(l geo.Layer, err error) error {
	if err == nil {
		c.Layers = append(c.Layers, l)
	}
	return err
}

// shapefile opens a Shapefile, unless it holds points or lines: those are no
// layers of land and often lie beside them (photo points, roads).
func (c *Catalog) shapefile(f File) error {
	head, err := readHead(f.path)
	if err != nil {
		return err
	}
	if !c.lone && len(head) >= 36 && binary.BigEndian.Uint32(head) == 9994 {
		switch kind := binary.LittleEndian.Uint32(head[32:]); kind {
		case 1, 3, 8, 11, 13, 18, 21, 23, 28:
			c.skip(geo.Info, f.Name, geo.Text{ZH: "点或线图层，已跳过", EN: "a layer of points or lines: skipped"})
			return nil
		}
	}
	l, err := shapefile.OpenCached(f.path, c.entry(f.Name), c.cache)
	if err != nil {
		return err
	}
	c.Layers = append(c.Layers, l)
	return nil
}

// unsupported says once per file geodatabase, and for each other file, that its
// format is not read.
func (c *Catalog) unsupported(name string) {
	if strings.EqualFold(path.Ext(name), ".gdbtable") {
		name = path.Dir(name)
	}
	message := geo.Text{ZH: "不支持的数据格式，未读取；请转换为 GeoPackage 或 Shapefile", EN: "data in a format that is not read; convert it to GeoPackage or Shapefile"}
	for _, n := range c.Notices {
		if n.File == c.entry(name) && n.Message == message {
			return
		}
	}
	c.skip(geo.Warning, name, message)
}

func readHead(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return head[:n], nil
}
