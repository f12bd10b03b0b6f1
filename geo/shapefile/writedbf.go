package shapefile

import (
	"context"
	"encoding/binary"
	"io"
	"math"
	"math/big"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
)

// Limits of dBASE III+ as common software reads it.
const (
	maxNameBytes   = 10
	maxTextWidth   = 254
	maxNumberWidth = 32
	maxFields      = 255
	dateWidth      = 8
)

// rowWriter writes the .dbf of a table.
type rowWriter struct {
	table  *geo.Table
	enc    Encoding
	coder  *encoding.Encoder // nil for UTF-8
	names  [][]byte
	fields []geo.Field
	width  int // bytes a row, deletion flag included
}

// newRowWriter checks that the format can hold the columns.
func newRowWriter(t *geo.Table, enc Encoding) (*rowWriter, error) {
	w := &rowWriter{table: t, enc: enc, width: 1}
	if enc == GBK {
		w.coder = simplifiedchinese.GBK.NewEncoder()
	}
	if len(t.Fields) > maxFields {
		return nil, &geo.InputError{Message: geo.Textf("字段有 %[1]d 个，DBF 最多 %[2]d 个", "%[1]d fields are more than the %[2]d of a DBF", len(t.Fields), maxFields)}
	}
	seen := make(map[string]bool)
	for _, f := range t.Fields {
		name, err := w.encode(f.Name)
		if err != nil {
			return nil, unencodable(f, 0, enc)
		}
		if key := strings.ToUpper(f.Name); len(name) == 0 || len(name) > maxNameBytes || seen[key] {
			return nil, &geo.InputError{
				Field:   f.Name,
				Message: geo.Textf("字段名须为 1 至 %d 字节且不重复", "a field name must have 1 to %d bytes and be unique", maxNameBytes),
			}
		}
		seen[strings.ToUpper(f.Name)] = true
		if f.Type == geo.DateField {
			f.Width, f.Decimals = dateWidth, 0
		}
		if limit := widthLimit(f.Type); f.Width < 1 || f.Width > limit || f.Decimals < 0 || f.Decimals > 0 && f.Decimals > f.Width-2 {
			return nil, &geo.InputError{
				Field:   f.Name,
				Message: geo.Textf("字段宽度 %[1]d.%[2]d 不可用（1 至 %[3]d）", "a width of %[1]d.%[2]d cannot be (1 to %[3]d)", f.Width, f.Decimals, limit),
			}
		}
		w.names, w.fields = append(w.names, name), append(w.fields, f)
		w.width += f.Width
	}
	if w.width > math.MaxUint16 {
		return nil, &geo.InputError{Message: geo.Textf("每行 %d 字节，超过 DBF 的限度", "rows of %d bytes are too wide for a DBF", w.width)}
	}
	if w.headerSize()+w.width*len(t.Rows)+1 > maxFile {
		return nil, tooLarge(".dbf")
	}
	return w, nil
}

func widthLimit(t geo.FieldType) int {
	switch t {
	case geo.NumberField:
		return maxNumberWidth
	case geo.DateField:
		return dateWidth
	}
	return maxTextWidth
}

func (w *rowWriter) headerSize() int { return tableHeader*(1+len(w.fields)) + 1 }

func (w *rowWriter) write(ctx context.Context, to io.Writer) error {
	if _, err := to.Write(w.header()); err != nil {
		return err
	}
	buf := make([]byte, 0, w.width)
	for i, row := range w.table.Rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(row.Values) != len(w.fields) {
			return &geo.InputError{Record: i + 1, Message: geo.Textf("有 %[1]d 个值，字段有 %[2]d 个", "%[1]d values for %[2]d fields", len(row.Values), len(w.fields))}
		}
		buf = append(buf[:0], ' ')
		for k, value := range row.Values {
			var err error
			if buf, err = w.appendValue(buf, w.fields[k], value, i+1); err != nil {
				return err
			}
		}
		if _, err := to.Write(buf); err != nil {
			return err
		}
	}
	_, err := to.Write([]byte{0x1A})
	return err
}

// header carries a fixed date, so that the same table gives the same bytes.
func (w *rowWriter) header() []byte {
	h := []byte{0x03, 95, 7, 26}
	h = binary.LittleEndian.AppendUint32(h, uint32(len(w.table.Rows)))
	h = binary.LittleEndian.AppendUint16(h, uint16(w.headerSize()))
	h = binary.LittleEndian.AppendUint16(h, uint16(w.width))
	h = append(h, make([]byte, 20)...)
	h[29] = w.enc.language()
	for k, f := range w.fields {
		d := make([]byte, tableHeader)
		copy(d, w.names[k])
		d[11], d[16], d[17] = byte(f.Type), byte(f.Width), byte(f.Decimals)
		h = append(h, d...)
	}
	return append(h, endOfFields)
}

// appendValue fills a field: text from the left, numbers from the right.
func (w *rowWriter) appendValue(buf []byte, f geo.Field, value string, record int) ([]byte, error) {
	switch {
	case value == "":
	case f.Type == geo.NumberField:
		text, ok := fixed(value, f.Decimals)
		if !ok {
			return nil, wrongValue(f, record, geo.Textf("“%s”不是数", "%q is not a number", value))
		}
		value = text
	case f.Type == geo.DateField:
		if len(value) != dateWidth || strings.Trim(value, "0123456789") != "" {
			return nil, wrongValue(f, record, geo.Textf("“%s”不是 YYYYMMDD 日期", "%q is not a date YYYYMMDD", value))
		}
	}
	raw, err := w.encode(value)
	if err != nil {
		return nil, unencodable(f, record, w.enc)
	}
	blank := f.Width - len(raw)
	if blank < 0 {
		return nil, wrongValue(f, record, geo.Textf("“%[1]s”有 %[2]d 字节，字段只有 %[3]d 字节", "%[1]q has %[2]d bytes where the field has %[3]d", value, len(raw), f.Width))
	}
	if f.Type != geo.NumberField {
		buf = append(buf, raw...)
	}
	for range blank {
		buf = append(buf, ' ')
	}
	if f.Type == geo.NumberField {
		buf = append(buf, raw...)
	}
	return buf, nil
}

// fixed writes a number with so many decimals, rounding half away from zero.
// The text is not passed through a float64: areas of 17 digits stay exact.
func fixed(value string, decimals int) (string, bool) {
	if len(value) > 64 || strings.Trim(value, "+-.0123456789eE") != "" {
		return "", false
	}
	if at := strings.IndexAny(value, "eE"); at >= 0 && len(value)-at > len("e-99") {
		return "", false // an exact number of a billion digits
	}
	exact, ok := new(big.Rat).SetString(value)
	if !ok {
		return "", false
	}
	text := exact.FloatString(decimals)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-") // no minus zero
	}
	return text, true
}

func (w *rowWriter) encode(text string) ([]byte, error) {
	if !utf8.ValidString(text) {
		return nil, encoding.ErrInvalidUTF8
	}
	if w.coder == nil {
		return []byte(text), nil
	}
	w.coder.Reset()
	return w.coder.Bytes([]byte(text))
}

func unencodable(f geo.Field, record int, enc Encoding) *geo.InputError {
	return &geo.InputError{
		Field: f.Name, Record: record,
		Message: geo.Textf("含有 %s 编码中没有的字符", "there are characters that %s does not have", enc.cpg()),
		Advice:  geo.Textf("请改用 UTF-8 编码", "Write it as UTF-8"),
	}
}

func wrongValue(f geo.Field, record int, problem geo.Text) *geo.InputError {
	return &geo.InputError{
		Field: f.Name, Record: record, Message: problem,
		Advice: geo.Textf("请改正该值或加宽字段", "Correct the value or widen the field"),
	}
}
