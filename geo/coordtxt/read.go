package coordtxt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"landcheck/geo"
	"landcheck/geo/regular"
)

const (
	maxBytes   = 256 << 20 // of a file; it is held in memory
	maxPoints  = 1_000_000 // of one parcel
	maxParcels = 500_000
	maxHead    = 1000 // attributes of the file
	parcels    = "[地块坐标]"
	attributes = "[属性描述]"
)

// fields of the layer, in the order of parcel.values. MJ is the declared area
// in m². The class stands as DLBM and as BGHDLBM: the format does not say
// whether it is meant before or after the change, the layer's role does.
var fields = []geo.Field{
	{Name: "BSM", Type: geo.TextField, Width: 60},
	{Name: "MC", Type: geo.TextField, Width: 254},
	{Name: "MJ", Type: geo.NumberField, Width: 18, Decimals: 4},
	{Name: "YT", Type: geo.TextField, Width: 254},
	{Name: "DLBM", Type: geo.TextField, Width: 10},
	{Name: "BGHDLBM", Type: geo.TextField, Width: 10},
	{Name: "TFH", Type: geo.TextField, Width: 60},
	{Name: "TBLX", Type: geo.TextField, Width: 60},
	{Name: "ZLDBQ", Type: geo.TextField, Width: 10}, // 改造前等别
	{Name: "ZLDB", Type: geo.TextField, Width: 10},  // 改造后等别
	{Name: "BZ", Type: geo.TextField, Width: 254},
}

// Open reads the parcels of a file as a layer; a record is a parcel. Shown is
// the file's name for people. Bad input is a *geo.InputError with its line.
func Open(ctx context.Context, path, shown string) (geo.Layer, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, regular.In(err, shown)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", shown, err)
	}
	if info.Size() > maxBytes {
		return nil, &geo.InputError{File: shown,
			Message: geo.Textf("文件有 %d 字节，超过坐标文件的上限 256 MiB", "%d bytes are more than the 256 MiB allowed for coordinate text", info.Size()),
			Advice:  geo.Text{ZH: "大图层请改用 GeoPackage 或 Shapefile", EN: "Use a GeoPackage or a Shapefile for a large layer"}}
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(geo.Cancelled(ctx, f), data); err != nil {
		return nil, fmt.Errorf("read %s: %w", shown, err)
	}
	return read(ctx, data, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), shown)
}

// Looks reports whether the beginning of a file, some kilobytes, announces
// parcels.
func Looks(head []byte) bool {
	return bytes.Contains(decode(head), []byte(parcels))
}

// decode makes text of UTF-16 with a mark, UTF-8 with or without one, or GBK.
func decode(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data); err == nil {
			return out
		}
	case bytes.HasPrefix(data, []byte("\ufeff")):
		return bytes.ToValidUTF8(data[3:], []byte("\uFFFD"))
	}
	if utf8.Valid(data) {
		return data
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return out
}

// reader is the state of one pass over the lines.
type reader struct {
	shown     string
	line      int
	head      map[string]string // of the attribute block
	block     *parcelBlock      // the one being read
	table     *geo.Table
	east      span
	notices   []geo.Notice
	uncounted int // notices beyond geo.MaxNotices
}

func read(ctx context.Context, data []byte, name, shown string) (geo.Layer, error) {
	r := &reader{shown: shown, head: map[string]string{}, table: &geo.Table{Name: name, Fields: fields}}
	sum := sha256.Sum256(data)
	if err := r.lines(ctx, decode(data)); err != nil {
		return nil, err
	}
	if r.uncounted > 0 {
		r.notices = append(r.notices, geo.MoreNotices(shown, r.uncounted))
	}
	r.table.Name = geo.Printable(name)
	return geo.NewMemory(r.table, shown, "sha256:"+hex.EncodeToString(sum[:]), r.notices), nil
}

// lines walks the file: attribute block, perhaps others, then parcels.
func (r *reader) lines(ctx context.Context, text []byte) error {
	section := ""
	found := false
	for raw := range bytes.Lines(text) {
		if r.line++; r.line%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(raw) > geo.MaxLineBytes {
			return r.inputError(geo.Textf("该行超过 %d 字节", "the line has more than %d bytes", geo.MaxLineBytes),
				geo.Text{ZH: "请缩短该行后重新导出", EN: "Shorten the line and export the file again"})
		}
		line := strings.Trim(string(raw), " \t\r\n\u3000\x1a\x00")
		switch {
		case line == "":
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section = line
			found = found || section == parcels
		case section == attributes:
			if key, value, ok := strings.Cut(strings.ReplaceAll(line, "＝", "="), "="); ok {
				if len(r.head) >= maxHead {
					return r.inputError(geo.Textf("属性描述超过 %d 项", "there are more than %d attributes", maxHead), layoutAdvice)
				}
				r.head[strings.TrimSpace(key)] = strings.TrimSpace(value)
			}
		case section == parcels:
			if err := r.parcelLine(line); err != nil {
				return err
			}
		case section == "" && looksPoint(line):
			return r.inputError(bareLine(r.line).Message, layoutAdvice)
		}
	}
	if !found {
		r.line = 0
		return r.inputError(geo.Textf("没有 %s 部分", "there is no %s section", parcels), layoutAdvice)
	}
	if err := r.endParcel(); err != nil {
		return err
	}
	r.line = 0
	return r.settleCRS()
}

func (r *reader) parcelLine(line string) error {
	if rest, ok := strings.CutSuffix(strings.ReplaceAll(line, "＠", "@"), "@"); ok {
		if err := r.endParcel(); err != nil {
			return err
		}
		return r.startParcel(strings.TrimSuffix(rest, ","))
	}
	return r.pointLine(line)
}

// endParcel turns the points read so far into a row.
func (r *reader) endParcel() error {
	p := r.block
	if p == nil {
		return nil
	}
	r.block = nil
	if p.kind != "" && p.kind != "面" {
		r.note(p.line, geo.Textf("地块 %[1]s 的图形是%[2]s，不是面，已跳过", "parcel %[1]s is a %[2]s, not an area: skipped", p.id, p.kind))
		return nil
	}
	shape, err := r.polygons(p)
	if err != nil {
		return err
	}
	values := p.values()
	for i, v := range values {
		if len(v) > geo.MaxTextBytes {
			f := geo.TooLong(fields[i].Name, len(v))
			f.File, f.Record, f.Column = r.shown, p.line, 1
			return f
		}
	}
	if len(r.table.Rows) >= maxParcels {
		return r.inputErrorOf(geo.TooMany(geo.FeaturesOfFile, maxParcels))
	}
	r.table.Rows = append(r.table.Rows, geo.Feature{Record: len(r.table.Rows) + 1, Geometry: shape, Values: values})
	return nil
}

// note is a warning with its line; 0 is the file as a whole.
func (r *reader) note(line int, message geo.Text) {
	if len(r.notices) >= geo.MaxNotices {
		r.uncounted++
		return
	}
	if line > 0 {
		place := geo.Textf("第 %d 行：", "line %d: ", line)
		message = geo.Text{ZH: place.ZH + message.ZH, EN: place.EN + message.EN}
	}
	r.notices = append(r.notices, geo.Notice{Severity: geo.Warning, File: r.shown, Record: line, Message: message})
}

// inputError is at the line being read.
func (r *reader) inputError(problem, advice geo.Text) *geo.InputError {
	return r.inputErrorAt(r.line, problem, advice)
}

// inputErrorOf gives an input error the line being read.
func (r *reader) inputErrorOf(f *geo.InputError) *geo.InputError {
	return r.inputError(f.Message, f.Advice)
}

func (r *reader) inputErrorAt(line int, problem, advice geo.Text) *geo.InputError {
	f := &geo.InputError{File: r.shown, Record: line, Message: problem, Advice: advice}
	if line > 0 {
		f.Column = 1
	}
	return f
}

var layoutAdvice = geo.Text{
	ZH: "请按勘测定界坐标格式导出：[属性描述]、[地块坐标]，每个地块一行以 @ 结尾的标题，其后为“点号,圈号,X,Y”",
	EN: "Export the survey coordinate format: [属性描述], [地块坐标], per parcel a heading that ends in @, then lines of label,ring,X,Y",
}

func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return v, err == nil && v-v == 0 // not NaN, not infinite
}
