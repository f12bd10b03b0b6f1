package geojson

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/regular"
)

const (
	maxBytes = 1 << 30 // of a file; it is held in memory
	// maxGaps is how many values of columns that other features have may be
	// missing, beyond as many as there are.
	maxGaps = 4 << 20
)

// Open reads a FeatureCollection or a single Feature of polygons. Shown is the
// file's name for people. Bad input is a *geo.InputError with the feature's number
// and the byte offset.
func Open(ctx context.Context, path, shown string) (geo.Layer, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, regular.In(err, shown)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxBytes {
		return nil, &geo.InputError{File: shown,
			Message: geo.Textf("文件有 %d 字节，超过 GeoJSON 的上限 1 GiB", "%d bytes are more than the 1 GiB allowed for GeoJSON", info.Size()),
			Advice:  geo.Text{ZH: "大图层请改用 GeoPackage 或 Shapefile", EN: "Use a GeoPackage or a Shapefile for a large layer"}}
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return read(ctx, f, name, shown)
}

// Looks reports whether the beginning of a file, some kilobytes, may be
// GeoJSON features.
func Looks(head []byte) bool {
	head = text(head)
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	squeezed := bytes.Join(bytes.Fields(head), nil)
	return bytes.Contains(squeezed, []byte(`"type":"FeatureCollection"`)) || bytes.Contains(squeezed, []byte(`"type":"Feature"`))
}

// LooksEsri reports whether it may be the JSON of Esri's services: rings in
// place of coordinates.
func LooksEsri(head []byte) bool {
	head = text(head)
	if len(head) == 0 || head[0] != '{' || Looks(head) {
		return false
	}
	for _, mark := range []string{`"rings"`, `"esriGeometry`, `"curveRings"`, `"spatialReference"`, `"geometryType"`} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// read decodes a whole stream into a layer.
func read(ctx context.Context, from io.ReadSeeker, name, shown string) (geo.Layer, error) {
	in, err := codingOf(io.TeeReader(geo.Cancelled(ctx, from), &positions{most: geo.MaxVertices}))
	if f, ok := geo.AsInputError(err); ok {
		f.File = shown
		return nil, f
	}
	if err == nil {
		_, err = from.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", shown, err)
	}
	sum := sha256.New()
	utf8, skipped, err := in.reader(io.TeeReader(geo.Cancelled(ctx, from), sum))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", shown, err)
	}
	r := &reader{dec: json.NewDecoder(&limitedReader{from: utf8}), shown: shown, start: skipped, columns: map[string]int{},
		table: &geo.Table{Name: geo.Printable(name), CRS: geo.CRS{Kind: geo.Geographic}}}
	r.coded = in.from != nil
	r.dec.UseNumber()
	if err := r.document(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, r.place(err)
	}
	if n, ok := in.notice(shown); ok {
		r.notices = append(r.notices, n)
	}
	r.notices = append(r.notices, geo.LostNotices(shown, r.lost.List())...)
	if r.uncounted > 0 {
		r.notices = append(r.notices, geo.MoreNotices(shown, r.uncounted))
	}
	return r.layer(sum)
}

// reader is the state of one pass.
type reader struct {
	dec     *json.Decoder
	shown   string
	coded   bool  // the text is not the bytes of the file: offsets mean nothing
	start   int64 // bytes before the JSON
	record  int   // the feature being read
	field   string
	table   *geo.Table
	columns map[string]int // by name as written
	kinds   []columnType
	said    bool // a "crs" member was there
	box     orb.Bound
	points  bool // any coordinate at all
	notices []geo.Notice
	lost    geo.LostCounter

	vertices, rings int // of the shape being read
	values, gaps    int // of all features: stated, and held empty between them
	uncounted       int // notices beyond geo.MaxNotices
}

// document reads the outermost object.
func (r *reader) document() error {
	what := ""
	features := false
	var lone feature
	err := r.object(func(key string) error {
		switch key {
		case "type":
			return r.text(&what)
		case "features":
			features = true
			return r.array(func() error {
				if r.record++; r.record > geo.MaxHeldFeatures {
					return geo.TooMany(geo.FeaturesOfFile, geo.MaxHeldFeatures)
				}
				f, err := r.feature()
				if err != nil {
					return err
				}
				r.field = ""
				return r.add(f)
			})
		case "crs":
			return r.system()
		}
		return r.member(key, &lone)
	})
	if err != nil {
		return err
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return inputError(geo.Text{ZH: "JSON 之后还有多余内容", EN: "there is more after the JSON value"})
	}
	switch {
	case what == "FeatureCollection" && features:
		r.record = 0
		return nil
	case what == "FeatureCollection":
		return inputError(geo.Text{ZH: "FeatureCollection 没有 features 成员", EN: "the FeatureCollection has no features member"})
	case what == "Feature" && !features:
		r.record = 1
		if lone.shape.err != nil {
			return lone.shape.err
		}
		err := r.add(lone)
		r.record = 0
		return err
	}
	return inputError(geo.Textf("顶层对象类型是 %q，应为 FeatureCollection 或 Feature", "the outermost object is a %q, not a FeatureCollection or Feature", what))
}

// feature is one record before its columns are settled.
type feature struct {
	shape  geometry
	names  []string
	values []value
}

func (r *reader) feature() (feature, error) {
	var f feature
	what := ""
	err := r.object(func(key string) error {
		if key == "type" {
			return r.text(&what)
		}
		return r.member(key, &f)
	})
	if err == nil && what != "Feature" {
		err = inputError(geo.Textf("features 中的成员类型是 %q，应为 Feature", "a member of features is a %q, not a Feature", what))
	}
	if err == nil {
		err = f.shape.err
	}
	return f, err
}

// member reads what a Feature may hold beside its type.
func (r *reader) member(key string, f *feature) (err error) {
	switch key {
	case "geometry":
		f.shape, err = r.geometry()
		return err
	case "properties":
		return r.properties(f)
	}
	return r.skip()
}

// add appends a feature to the table. Its values end with the last that it has:
// what lies behind is empty.
func (r *reader) add(f feature) error {
	row := geo.Feature{Record: r.record, Geometry: f.shape.parts}
	for i, name := range f.names {
		row.Values = r.set(row.Values, name, f.values[i])
	}
	r.values += len(f.names)
	if r.gaps += len(row.Values) - min(len(row.Values), len(f.names)); r.gaps > r.values+maxGaps {
		return &geo.InputError{
			Message: geo.Textf("图斑的属性各不相同，共有 %d 个字段，几乎都是空的", "the features have different attributes, %d fields in all, nearly all of them empty", len(r.table.Fields)),
			Advice:  geo.Text{ZH: "请将属性统一后重新导出", EN: "Give the features the same attributes and export the layer again"}}
	}
	if f.shape.closed > 0 {
		r.note(geo.Textf("%d 个环未闭合，已补上起点", "%d rings were open and have been closed", f.shape.closed))
	}
	if f.shape.dropped > 0 {
		r.note(geo.Textf("%d 个环少于三个点，已舍去", "%d rings have fewer than three points and are left out", f.shape.dropped))
	}
	if len(row.Geometry) == 0 {
		row.Geometry = nil
		r.note(geo.Text{ZH: "没有图形", EN: "the feature has no shape"})
	}
	r.table.Rows = append(r.table.Rows, row)
	return nil
}

func (r *reader) note(message geo.Text) {
	if len(r.notices) >= geo.MaxNotices {
		r.uncounted++
		return
	}
	r.notices = append(r.notices, geo.Notice{Severity: geo.Warning, File: r.shown, Record: r.record, Message: message})
}

// layer settles columns and system once everything is read.
func (r *reader) layer(sum hash.Hash) (geo.Layer, error) {
	for i := range r.table.Fields {
		r.kinds[i].settle(&r.table.Fields[i])
	}
	if err := r.settleCRS(); err != nil {
		return nil, r.place(err)
	}
	return geo.NewMemory(r.table, r.shown, "sha256:"+hex.EncodeToString(sum.Sum(nil)), r.notices), nil
}

// place turns whatever went wrong into an input error with its place.
func (r *reader) place(err error) error {
	f, ok := geo.AsInputError(err)
	if !ok {
		f = &geo.InputError{Err: err,
			Message: geo.Textf("不是有效的 JSON（%v）", "this is not valid JSON (%v)", err),
			Advice:  geo.Text{ZH: "请检查文件是否完整并重新导出", EN: "Check that the file is whole and export it again"}}
	}
	g := *f
	g.File = r.shown
	if !r.coded {
		g.Offset = r.start + r.dec.InputOffset()
	}
	if g.Record == 0 {
		g.Record = r.record
	}
	if g.Field == "" {
		g.Field = r.field
	}
	return &g
}

func inputError(problem geo.Text) *geo.InputError {
	return &geo.InputError{Message: problem, Advice: geo.Text{
		ZH: "请按 RFC 7946 导出为面要素的 FeatureCollection",
		EN: "Export a FeatureCollection of polygons by RFC 7946"}}
}
