package shapefile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// rowReader reads the wanted columns of row i. It belongs to one goroutine.
type rowReader func(i int) []string

// pick finds the named columns; nil for one that the table lacks.
func (t *table) pick(names []string) []*cell {
	picked := make([]*cell, len(names))
	for k, name := range names {
		for j := range t.columns {
			if strings.EqualFold(t.columns[j].Name, name) {
				picked[k] = &cell{column: &t.columns[j], code: t.code.decoder()}
				break
			}
		}
	}
	return picked
}

// reader reads the named columns of a row; the others are not touched.
func (t *table) reader(names []string, odd *inplace.Issues) rowReader {
	picked := t.pick(names)
	var block []string // rows share allocations
	return func(i int) []string {
		if len(block) < len(picked) {
			block = make([]string, len(picked)*64)
		}
		values := block[:len(picked):len(picked)]
		block = block[len(picked):]
		if i >= t.rows {
			return values
		}
		row := t.row(i)
		for k, c := range picked {
			if c != nil {
				values[k] = c.value(row, i+1, odd)
			}
		}
		return values
	}
}

// cell reads one column. Neighbouring rows often repeat a value (land class,
// village), so the last one is kept and its string shared.
type cell struct {
	column *column
	code   *decoder
	raw    []byte
	last   string
	bad    bool // the last one does not fit the encoding
}

func (c *cell) value(row []byte, record int, odd *inplace.Issues) string {
	raw := row[c.column.offset : c.column.offset+c.column.width]
	if c.raw == nil || !bytes.Equal(raw, c.raw) {
		c.raw, c.bad = append(c.raw[:0], raw...), false
		c.last = c.read(raw)
	}
	if c.bad { // said of every record, whichever was read before
		odd.Add(badText, record)
	}
	return c.last
}

// bytes is the value without making a string of it, for the columns of codes
// and figures that a county is summed by. What it gives may not outlast the
// next call.
func (c *cell) bytes(row []byte, record int, odd *inplace.Issues) []byte {
	raw := row[c.column.offset : c.column.offset+c.column.width]
	switch c.column.kind {
	case 'C':
		if text := trim(raw); ascii(text) {
			return text
		}
	case 'N', 'F':
		if text := bytes.Trim(raw, " "); plain(text) {
			return text
		}
	}
	return []byte(c.value(row, record, odd))
}

// plain reports digits with a sign and a point at most, which number leaves as
// they are.
func plain(text []byte) bool {
	for _, b := range text {
		if (b < '0' || b > '9') && b != '.' && b != '-' && b != '+' {
			return false
		}
	}
	return true
}

func (c *cell) read(raw []byte) string {
	switch c.column.kind {
	case 'N', 'F':
		return number(raw)
	case 'D':
		return date(raw)
	case 'L':
		return logical(raw)
	case 'I', '+':
		if len(raw) == 4 {
			return strconv.Itoa(int(int32(binary.LittleEndian.Uint32(raw))))
		}
		return number(raw)
	case 'O', 'B':
		if len(raw) == 8 {
			return double(raw)
		}
		return ""
	case 'Y':
		if len(raw) == 8 {
			return currency(int64(binary.LittleEndian.Uint64(raw)))
		}
		return number(raw)
	case '@', 'T':
		if len(raw) == 8 {
			return timestamp(raw)
		}
		return date(raw)
	case 'M', 'G', 'P':
		return ""
	}
	text, ok := c.code.text(trim(raw))
	c.bad = !ok
	return text
}

// trim cuts what a fixed-width field is filled up with, blanks (left of codes
// that were once numbers, right of text) or NULs, and
// what follows a NUL, which some writers leave from the value before.
func trim(raw []byte) []byte {
	if i := bytes.IndexByte(raw, 0); i >= 0 {
		raw = raw[:i]
	}
	return bytes.Trim(raw, " ")
}

// number is numeric text as it stands, digit for digit, NUL bytes before it
// left out. Blank, or asterisks (a value that did not fit), is "", and so is the
// "nan" or "1.#INF" of a program that divided by zero and the -1.797e308 of one
// that had no value. A decimal comma becomes a point.
func number(raw []byte) string {
	if text := bytes.Trim(raw, " "); plain(text) { // nearly all are
		return string(text)
	}
	text := decimalValue(raw)
	if len(text) > 4 && strings.ContainsAny(text, "eE") || len(text) > 300 {
		if v, err := strconv.ParseFloat(text, 64); err == nil && geo.IsNullNumber(v) {
			return ""
		}
	}
	return text
}

func decimalValue(raw []byte) string {
	raw = bytes.TrimSpace(trim(bytes.TrimLeft(raw, " \x00")))
	if len(raw) == 0 || raw[0] == '*' {
		return ""
	}
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return strings.ToValidUTF8(string(raw), "\ufffd")
		}
	}
	if lower := bytes.ToLower(raw); bytes.Contains(lower, []byte("nan")) || bytes.Contains(lower, []byte("inf")) || bytes.IndexByte(raw, '#') >= 0 {
		return ""
	}
	if comma := bytes.LastIndexByte(raw, ','); comma >= 0 {
		point := bytes.LastIndexByte(raw, '.')
		text := string(raw)
		switch {
		case point > comma: // 1,234.5
			return strings.ReplaceAll(text, ",", "")
		case point >= 0: // 1.234,5
			return strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
		case bytes.Count(raw, []byte{','}) > 1: // 1,234,567
			return strings.ReplaceAll(text, ",", "")
		}
		return strings.Replace(text, ",", ".", 1)
	}
	return string(raw)
}

// date is YYYYMMDD, or "" for a blank or zero one.
func date(raw []byte) string {
	raw = bytes.TrimSpace(trim(raw))
	if len(bytes.Trim(raw, "0 */-")) == 0 {
		return ""
	}
	return strings.ToValidUTF8(string(raw), "\ufffd")
}

func logical(raw []byte) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case 'T', 't', 'Y', 'y':
		return "T"
	case 'F', 'f', 'N', 'n':
		return "F"
	}
	return ""
}

func double(raw []byte) string {
	v := math.Float64frombits(binary.LittleEndian.Uint64(raw))
	if math.IsNaN(v) || math.IsInf(v, 0) || geo.IsNullNumber(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// currency is FoxPro's count of ten-thousandths.
func currency(v int64) string {
	sign := ""
	u := uint64(v)
	if v < 0 {
		sign, u = "-", -u
	}
	return fmt.Sprintf("%s%d.%04d", sign, u/10000, u%10000)
}

// timestamp is the day of a Julian day number; the time of day is dropped.
func timestamp(raw []byte) string {
	day := int32(binary.LittleEndian.Uint32(raw))
	if day <= 0 || day > julianYear9999 {
		return ""
	}
	return time.Unix(int64(day-julianUnixEpoch)*86400, 0).UTC().Format("20060102")
}

const (
	julianUnixEpoch = 2440588 // 1970-01-01
	julianYear9999  = 5373484 // 9999-12-31
)
