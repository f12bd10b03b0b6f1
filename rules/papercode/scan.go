package papercode

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"landcheck/geo"
)

// Scan is what a phone reads from the QR code of a report.
type Scan struct {
	Title   string
	Code    string // the short code
	Plan    string // code and name
	Verdict string
	Report  string // digest of the JSON report's file, whole, as "sha256:…"
	Sources string // what it was made from, for people
	// Algorithm and Signature are of the report's passport; "" and nil without one.
	Algorithm string
	Signature []byte
}

// The words before each line, by which ParseScan finds what it needs again.
func codeWord() geo.Text      { return geo.Text{ZH: "核验码", EN: "Code"} }
func planWord() geo.Text      { return geo.Text{ZH: "方案", EN: "Plan"} }
func verdictWord() geo.Text   { return geo.Text{ZH: "结论", EN: "Verdict"} }
func reportWord() geo.Text    { return geo.Text{ZH: "报告", EN: "Report"} }
func sourcesWord() geo.Text   { return geo.Text{ZH: "依据", EN: "From"} }
func signatureWord() geo.Text { return geo.Text{ZH: "签名", EN: "Signature"} }

// Text is one line for each, in Chinese or English. No value may hold a line
// break; long ones are cut, so that it is MaxText at most.
func (s Scan) Text(lang string) string {
	lines := []string{s.Title}
	add := func(word geo.Text, value string) {
		if value != "" {
			lines = append(lines, word.In(lang)+" "+value)
		}
	}
	add(codeWord(), s.Code)
	add(planWord(), cut(s.Plan, 150))
	add(verdictWord(), cut(s.Verdict, 110))
	add(reportWord(), s.Report)
	add(sourcesWord(), cut(s.Sources, 48))
	if s.Signature != nil {
		add(signatureWord(), s.Algorithm+" "+base64.StdEncoding.EncodeToString(s.Signature))
	}
	return strings.Join(lines, "\n")
}

// cut shortens to so many bytes, which is what a symbol has room for.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most - len("…")
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// ParseScan reads back the digest and the signature of a scanned text. Errors are
// *geo.InputError.
func ParseScan(text string) (s Scan, err error) {
	for line := range strings.Lines(text) {
		word, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case reportWord().ZH, reportWord().EN:
			s.Report = value
		case signatureWord().ZH, signatureWord().EN:
			algorithm, signature, _ := strings.Cut(value, " ")
			s.Algorithm = algorithm
			if s.Signature, err = base64.StdEncoding.DecodeString(signature); err != nil {
				return Scan{}, noScan()
			}
		}
	}
	if !strings.HasPrefix(s.Report, "sha256:") {
		return Scan{}, noScan()
	}
	return s, nil
}

func noScan() error {
	return &geo.InputError{Message: geo.Text{ZH: "不是报告二维码的内容", EN: "not what the QR code of a report says"},
		Advice: geo.Text{ZH: "请把手机扫出的文字原样存成文本文件", EN: "Save the text that a phone reads from it, as it is"}}
}
