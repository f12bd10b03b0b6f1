package strictyaml

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"landcheck/geo"
)

// decode takes the text of a file, without its byte order mark. Text in another
// encoding is told by that encoding's name, characters that no text has by
// their place.
func decode(file string, data []byte) (string, *geo.InputError) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return "", encoded(file, "UTF-32")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")), looksUTF16(data):
		return "", encoded(file, "UTF-16")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if utf8.ValidString(text) {
		return text, forbidden(file, text)
	}
	if isGBK(data) {
		return "", encoded(file, "GBK")
	}
	valid := strings.ToValidUTF8(text, string(utf8.RuneError))
	before, _, _ := strings.Cut(valid, string(utf8.RuneError))
	return "", at(newSource(file, valid), before, geo.Text{ZH: "此处不是 UTF-8 文本", EN: "the text is not UTF-8 here"}, saveAs())
}

func saveAs() geo.Text {
	return geo.Text{ZH: "请以 UTF-8 编码另存（记事本：另存为 → 编码 UTF-8）", EN: "Save it as UTF-8 (Notepad: Save as, Encoding UTF-8)"}
}

func encoded(file, name string) *geo.InputError {
	return &geo.InputError{File: file, Advice: saveAs(),
		Message: geo.Textf("文件的编码是 %s，应为 UTF-8", "the file is encoded in %s, not in UTF-8", name)}
}

// looksUTF16 tells text of two bytes a character that has no mark: every other
// byte of what is Latin in it is nought.
func looksUTF16(data []byte) bool {
	if len(data) < 4 || len(data)%2 != 0 {
		return false
	}
	var noughts [2]int
	for i, b := range data {
		if b == 0 {
			noughts[i%2]++
		}
	}
	few, many := min(noughts[0], noughts[1]), max(noughts[0], noughts[1])
	return many >= 2 && few <= many/3 && many > len(data)/16
}

// isGBK tells text that reads as Chinese in GBK, or in GB 18030, which holds it.
func isGBK(data []byte) bool {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	odd := func(r rune) bool { return r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' }
	return err == nil && !bytes.ContainsFunc(text, odd) && bytes.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// forbidden finds the first character that YAML does not take.
func forbidden(file, text string) *geo.InputError {
	i := strings.IndexFunc(text, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
	})
	if i < 0 {
		return nil
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return at(newSource(file, text), text[:i], geo.Textf("控制字符 U+%04X 不能出现在文件中", "the control character U+%04X cannot stand in the file", r),
		geo.Text{ZH: "请删除它，或重新键入这一行", EN: "Delete it, or type the line anew"})
}

// at is an input error of a source after the text that comes before it.
func at(s *Source, before string, problem, advice geo.Text) *geo.InputError {
	lines := strings.Split(lineEnds.Replace(before), "\n")
	return s.InputError(len(lines), len([]rune(lines[len(lines)-1]))+1, problem, advice)
}
