package geojson

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"landcheck/geo"
)

// textEncoding is how the bytes of a file are text. RFC 8259 knows UTF-8 only, but
// spreadsheets and scripts on a Chinese Windows write GBK and UTF-16.
type textEncoding struct {
	name string            // for the notice; "" is UTF-8
	from encoding.Encoding // nil is UTF-8
	lost bool              // bytes that fit no encoding
}

var bom = []byte("\ufeff")

// utf16 tells UTF-16 by its mark, or by the NUL beside the first character of
// JSON, which is ASCII.
func utf16(head []byte) (textEncoding, bool) {
	little := textEncoding{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), false}
	big := textEncoding{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), false}
	switch {
	case len(head) < 2:
	case head[0] == 0xff && head[1] == 0xfe, head[1] == 0 && head[0] != 0:
		return little, true
	case head[0] == 0xfe && head[1] == 0xff, head[0] == 0 && head[1] != 0:
		return big, true
	}
	return textEncoding{}, false
}

// codingOf reads a whole file to tell its encoding: valid UTF-8 is UTF-8, what
// is not but is valid GB18030 (which holds GBK and GB2312) is that.
func codingOf(in io.Reader) (textEncoding, error) {
	r := bufio.NewReaderSize(in, 64<<10)
	head, _ := r.Peek(4)
	if c, ok := utf16(head); ok {
		return c, nil
	}
	// Two readings side by side; each stops at the first byte that it cannot be.
	isUTF8, isGBK := valid{}, valid{from: simplifiedchinese.GB18030.NewDecoder()}
	chunk := make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(r, chunk)
		end := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !end {
			return textEncoding{}, err
		}
		isUTF8.add(chunk[:n], end)
		if isUTF8.no || !ascii(chunk[:n]) || len(isGBK.left) > 0 {
			isGBK.add(chunk[:n], end)
		}
		if end || isUTF8.no && isGBK.no {
			break
		}
	}
	switch {
	case !isUTF8.no:
		return textEncoding{}, nil
	case !isGBK.no:
		return textEncoding{name: "GBK (GB18030)", from: simplifiedchinese.GB18030}, nil
	}
	return textEncoding{lost: true}, nil
}

// valid is a reading of a file as one encoding.
type valid struct {
	from *encoding.Decoder // nil is UTF-8
	text []byte            // what is looked at
	left []byte            // the beginning of a character that the chunk's end cut
	out  []byte
	no   bool
}

func (v *valid) add(chunk []byte, end bool) {
	if v.no {
		return
	}
	v.text = append(append(v.text[:0], v.left...), chunk...)
	text := v.text
	used := len(text)
	if v.from == nil {
		for i := 1; !end && i < utf8.UTFMax && i <= len(text); i++ {
			if utf8.RuneStart(text[len(text)-i]) {
				if !utf8.FullRune(text[len(text)-i:]) {
					used -= i
				}
				break
			}
		}
		v.no = !utf8.Valid(text[:used])
	} else {
		if need := 4 * len(text); len(v.out) < need {
			v.out = make([]byte, need)
		}
		n, read, err := v.from.Transform(v.out, text, end)
		v.no = err != nil && err != transform.ErrShortSrc || bytes.ContainsRune(v.out[:n], utf8.RuneError)
		used = read
	}
	v.left = append(v.left[:0], text[used:]...)
}

func ascii(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// reader gives the file as UTF-8, its mark taken off.
func (c textEncoding) reader(in io.Reader) (r io.Reader, skipped int64, err error) {
	if c.from != nil {
		return transform.NewReader(in, c.from.NewDecoder()), 0, nil
	}
	buffered := bufio.NewReader(in)
	if b, err := buffered.Peek(len(bom)); err == nil && bytes.Equal(b, bom) {
		n, err := buffered.Discard(len(bom))
		return buffered, int64(n), err
	}
	return buffered, 0, nil
}

// text is the beginning of a file as UTF-8, whatever it is in: enough to tell
// what kind of JSON it holds, whose words are ASCII.
func text(head []byte) []byte {
	if c, ok := utf16(head); ok {
		out, _, err := transform.Bytes(c.from.NewDecoder(), head[:len(head)&^1])
		if err == nil {
			head = out
		}
	}
	return bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n")
}

// notice says how the file was read; ok is false for plain UTF-8.
func (c textEncoding) notice(shown string) (n geo.Notice, ok bool) {
	n = geo.Notice{Severity: geo.Info, File: shown}
	switch {
	case c.name != "":
		n.Message = geo.Textf("文件不是 UTF-8，按 %s 编码读取", "the file is not UTF-8; it was read as %s", c.name)
	case c.lost:
		n.Severity = geo.Warning
		n.Message = geo.Text{ZH: "文字既不是 UTF-8 也不是 GBK，部分字符无法还原", EN: "the text is neither UTF-8 nor GBK; some characters are lost"}
	default:
		return n, false
	}
	return n, true
}
