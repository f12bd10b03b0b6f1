package shapefile

import (
	"landcheck/geo/inplace"

	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// code is the encoding of a table's text; nil is UTF-8.
type code struct{ encoding.Encoding }

var (
	inUTF8 = code{}
	// GB18030 holds all of GBK, which holds all of GB2312, so one decoder
	// reads the three.
	inGBK = code{simplifiedchinese.GB18030}
)

// Language bytes of a .dbf that mean Chinese (GBK). The others are not
// believed: desktop GIS write 0x57 or 0x03 whatever the text is in.
const (
	languageGBK    = 0x4D
	languageFoxGBK = 0x7A
)

const maxCpg = 4 << 10

// codeNamed reads the text of a .cpg as desktop GIS and people write it.
func codeNamed(cpg string) (c code, ok bool) {
	name := strings.ToUpper(strings.TrimSpace(strings.Trim(cpg, "\ufeff \t\r\n\x00")))
	name = strings.NewReplacer(" ", "", "-", "", "_", "", ":", "").Replace(name)
	for _, prefix := range []string{"ANSI", "OEM", "CP", "MS", "WINDOWS", "X"} {
		if rest := strings.TrimPrefix(name, prefix); rest != name && rest != "" {
			name = rest
		}
	}
	switch name {
	case "UTF8", "65001", "UTF8BOM":
		return inUTF8, true
	case "936", "GBK", "GB2312", "GB231280", "GB18030", "54936", "EUCCN", "20936", "CHINESE", "OEM":
		return inGBK, true
	case "950", "BIG5":
		return code{traditionalchinese.Big5}, true
	case "1252", "88591", "ISO88591", "LATIN1", "28591", "88591LATIN1":
		return code{charmap.Windows1252}, true
	}
	return inUTF8, false
}

// readNames reads the .cpg, if there is one, and settles by it what the
// columns are called.
func (t *table) readNames(cpg string, odd *inplace.Issues) error {
	var text []byte
	if cpg != "" {
		var err error
		if text, err = readSmall(cpg, maxCpg); err != nil {
			return inFile(err, ".cpg")
		}
	}
	t.settle(string(text), odd)
	return nil
}

// settle finds the encoding (.cpg, then the language byte, then the contents)
// and decodes the column names by it.
func (t *table) settle(cpg string, odd *inplace.Issues) {
	var settled bool
	if t.code, settled = codeNamed(cpg); !settled && strings.TrimSpace(cpg) != "" {
		odd.Add(unknownCpg, 0)
	}
	if language := t.file.Data[29]; !settled && (language == languageGBK || language == languageFoxGBK) {
		t.code, settled = inGBK, true
	}
	if !settled {
		t.code = t.guess()
	} else if better, ok := t.contradicted(); ok {
		t.code = better
		odd.Add(otherText, 0)
	}
	d := t.code.decoder()
	seen := make(map[string]bool)
	for i := range t.columns {
		c := &t.columns[i]
		c.Name, _ = d.text(bytes.TrimRight([]byte(c.Name), " "))
		if key := strings.ToUpper(c.Name); seen[key] {
			odd.Add(duplicateField, 0)
		} else {
			seen[key] = true
		}
		if c.kind == 'M' {
			odd.Add(memoField, 0)
		}
	}
}

// Rows whose texts are looked at: from the start, and spread over the rest. Each
// of the spread ones is a page of its own to be read, so that there are few
// where a .cpg is only to be contradicted.
const (
	firstRows      = 500
	spreadRows     = 500
	spreadToObject = 32
)

// guess tells UTF-8 from GB18030: text of three or more Chinese characters in
// GBK is hardly ever valid UTF-8, and UTF-8 that is cut at a field's end is
// valid up to the cut.
func (t *table) guess() code {
	found, valid := false, true
	t.eachSampled(spreadRows, func(text []byte) bool {
		if text = trim(text); !ascii(text) {
			found = true
			valid = utf8.Valid(wholeRunes(text))
		}
		return valid
	})
	if found && valid {
		return inUTF8
	}
	return inGBK
}

// contradicted holds the encoding that a .cpg or the language byte names
// against the bytes, of UTF-8 and GBK, and gives the other where only that one
// can be meant.
func (t *table) contradicted() (better code, ok bool) {
	if t.code != inUTF8 && t.code != inGBK {
		return code{}, false
	}
	s := t.sample()
	switch {
	case t.code == inUTF8 && !s.utf8 && s.gbk:
		return inGBK, true
	case t.code == inGBK && s.utf8 && s.han && (!s.gbk || !s.common):
		return inUTF8, true
	}
	return code{}, false
}

// sampledText is what the texts of a sample are valid as.
type sampledText struct {
	utf8, gbk bool // valid
	han       bool // as UTF-8 it has Chinese characters
	common    bool // as GBK it has no characters but those of GB 2312, which hold nearly all that is written
}

func (t *table) sample() sampledText {
	s := sampledText{utf8: true, gbk: true, common: true}
	d := inGBK.decoder()
	t.eachSampled(spreadToObject, func(text []byte) bool {
		text = trim(text)
		if ascii(text) {
			return true
		}
		whole := wholeRunes(text)
		if s.utf8 = s.utf8 && utf8.Valid(whole); s.utf8 {
			for _, r := range string(whole) {
				s.han = s.han || r >= 0x4e00 && r <= 0x9fff
			}
		}
		_, ok := d.text(text)
		s.gbk = s.gbk && ok
		for i := 0; i+1 < len(text); i++ {
			if text[i] < utf8.RuneSelf {
				continue
			}
			s.common = s.common && text[i] >= 0xa1 && text[i] <= 0xf7 && text[i+1] >= 0xa1
			i++
		}
		return s.utf8 || s.gbk
	})
	return s
}

// eachSampled visits the columns' names and the texts of some rows, the first
// ones and some spread over the rest, until visit has seen enough.
func (t *table) eachSampled(spread int, visit func(text []byte) bool) {
	for _, c := range t.columns {
		if !visit([]byte(c.Name)) {
			return
		}
	}
	step := max(1, t.rows/spread)
	for n, i := 0, 0; i < t.rows && n < firstRows+spread; n++ {
		row := t.row(i)
		for _, c := range t.columns {
			if c.kind == 'C' && !visit(row[c.offset:c.offset+c.width]) {
				return
			}
		}
		if n < firstRows {
			i++
		} else {
			i += step
		}
	}
}

// wholeRunes drops an incomplete character at the end of UTF-8 text.
func wholeRunes(text []byte) []byte {
	for i := 1; i <= min(utf8.UTFMax-1, len(text)); i++ {
		if b := text[len(text)-i]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(text[len(text)-i:]) {
				return text[:len(text)-i]
			}
			break
		}
	}
	return text
}

func ascii(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decoder turns a table's text into UTF-8; it belongs to one goroutine.
type decoder struct {
	from *encoding.Decoder // nil for UTF-8
	buf  []byte
}

func (c code) decoder() *decoder {
	if c.Encoding == nil {
		return &decoder{}
	}
	return &decoder{from: c.NewDecoder()}
}

// text decodes a value. A character that the field's end cut in two is
// dropped; other bytes that do not fit become U+FFFD and ok is false.
func (d *decoder) text(raw []byte) (text string, ok bool) {
	if ascii(raw) {
		return string(raw), true
	}
	if d.from == nil {
		whole := wholeRunes(raw)
		if utf8.Valid(whole) {
			return string(whole), true
		}
		return strings.ToValidUTF8(string(whole), "\ufffd"), false
	}
	if need := 3 * len(raw); cap(d.buf) < need {
		d.buf = make([]byte, need)
	}
	d.from.Reset()
	n, read, err := d.from.Transform(d.buf[:cap(d.buf)], raw, false)
	decoded := string(d.buf[:n])
	if err != nil && len(raw)-read > 3 {
		return decoded, false
	}
	return decoded, !strings.ContainsRune(decoded, utf8.RuneError)
}
