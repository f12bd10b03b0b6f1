package catalog

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"

	"landcheck/geo"
	"landcheck/geo/coordtxt"
	"landcheck/geo/geojson"
	"landcheck/geo/regular"
)

// headBytes is how much of a .json or .txt is looked at to tell what it is.
const headBytes = 64 << 10

// openLayers opens what is a layer and says what looks like one and is not.
func (c *Catalog) openLayers(ctx context.Context) (err error) {
	ahead, err := c.openShapefilesEarly(ctx)
	defer func() { err = errors.Join(err, closeOpenedEarly(ahead)) }()
	if err != nil {
		return err
	}
	for _, f := range c.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if g := c.geodatabase(f.Name); g != "" {
			if err := c.openGeodatabase(ctx, g); err != nil {
				return err
			}
			continue
		}
		if !c.wanted(f) {
			continue
		}
		if err := c.openFile(ctx, f, ahead); err != nil {
			return err
		}
	}
	return nil
}

// wanted leaves out what the caller leaves out, and what lies in the folder of a
// file geodatabase, which is opened as one.
func (c *Catalog) wanted(f File) bool {
	return c.geodatabase(f.Name) == "" && (c.leave == nil || !c.leave(f.Name))
}

// openFile opens the layers of one file, or says why it is none.
func (c *Catalog) openFile(ctx context.Context, f File, ahead map[string]*openedEarly) error {
	if format, ok := FormatOf(f.Name); ok {
		return format.open(c, ctx, f, ahead[f.Name])
	}
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".dbf", ".shx":
		if shp := strings.TrimSuffix(f.Name, path.Ext(f.Name)) + ".shp"; !c.Has(shp) {
			c.skip(Unread, geo.Warning, f.Name, geo.Textf("缺少 %s，无法作为图层读取", "there is no %s beside it, so it is no layer", path.Base(shp)))
		}
	default:
		if why := foreign(f.Name); !why.IsZero() {
			c.skip(Unread, geo.Warning, f.Name, why)
		}
	}
	return nil
}

// json opens GeoJSON; whatever else ends so is not read.
func (c *Catalog) json(ctx context.Context, f File, _ *openedEarly) error {
	head, err := readHead(f.path)
	switch {
	case err != nil:
		return err
	case geojson.Looks(head), c.singleFile && !geojson.LooksEsri(head):
		return whole(geojson.Open)(c, ctx, f, nil)
	case geojson.LooksEsri(head):
		if c.singleFile {
			return &geo.InputError{File: c.entry(f.Name), Message: esriJSON, Advice: geo.Text{ZH: "请转换为 GeoJSON、GeoPackage 或 Shapefile", EN: "Convert it to GeoJSON, a GeoPackage or a Shapefile"}}
		}
		c.skip(Unread, geo.Warning, f.Name, esriJSON)
	default:
		// No notice: a manifest may name it, as the report of a prior project.
		c.mark(f.Name, Unread, geo.Text{ZH: "不是 GeoJSON（没有 FeatureCollection 或 Feature），未读取", EN: "this is no GeoJSON (no FeatureCollection or Feature in it) and is not read"})
	}
	return nil
}

var esriJSON = geo.Text{
	ZH: "这是 Esri JSON（rings），不是 GeoJSON，未读取；请转换为 GeoJSON、GeoPackage 或 Shapefile",
	EN: "this is Esri JSON (rings), not GeoJSON, and is not read; convert it to GeoJSON, a GeoPackage or a Shapefile",
}

// text opens survey coordinates. A text without them is a paper; one whose
// lines are coordinates but stand under no parcel is not read.
func (c *Catalog) text(ctx context.Context, f File, _ *openedEarly) error {
	head, err := readHead(f.path)
	if err != nil {
		return err
	}
	if c.singleFile || coordtxt.Looks(head) {
		return whole(coordtxt.Open)(c, ctx, f, nil)
	}
	if why := coordtxt.Bare(head); !why.IsZero() {
		c.skip(Unread, geo.Warning, f.Name, why)
	}
	return nil
}

// shapefile opens a Shapefile, unless it holds points or lines: those are no
// layers of land and often lie beside them (photo points, roads).
func (c *Catalog) shapefile(_ context.Context, f File, ahead *openedEarly) error {
	head, err := readHead(f.path)
	if err != nil {
		return err
	}
	if !c.singleFile && len(head) >= 36 && binary.BigEndian.Uint32(head) == 9994 {
		switch kind := binary.LittleEndian.Uint32(head[32:]); kind {
		case 1, 3, 8, 11, 13, 18, 21, 23, 28:
			c.skip(NoShapes, geo.Info, f.Name, geo.Text{ZH: "点或线图层，已跳过", EN: "a layer of points or lines: skipped"})
			return nil
		}
	}
	if ahead.err != nil {
		return ahead.err
	}
	c.mark(f.Name, Read, geo.Text{})
	c.Layers = append(c.Layers, ahead.layer)
	ahead.layer = nil // taken
	return nil
}

// layerHead tells the beginning of a .shp or .shx, of a GeoPackage, and of a
// .dbf, whose header is closed by 0x0D after descriptions of 32 bytes each.
func layerHead(head []byte) bool {
	switch {
	case len(head) >= 100 && binary.BigEndian.Uint32(head) == 9994, bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return true
	case len(head) < 65 || head[0] != 0x03 && head[0] != 0x30 && head[0] != 0x83 && head[0] != 0x8b:
		return false
	}
	header := int(binary.LittleEndian.Uint16(head[8:]))
	return header%32 == 1 && header >= 65 && header <= len(head) && head[header-1] == 0x0d
}

func readHead(name string) ([]byte, error) {
	f, err := regular.Open(name)
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
