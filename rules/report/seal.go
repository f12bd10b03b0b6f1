package report

import (
	"crypto/sha256"
	"encoding/hex"

	"landcheck/geo"
	"landcheck/rules/papercode"
	"landcheck/rules/wording"
)

// Signature is of a report's passport (rules/passport), to stand on paper.
type Signature struct {
	Algorithm string
	Value     []byte
}

// Seal ties a report on paper to its file.
type Seal struct {
	Code   string            // short code of the JSON report; "" where a report has none
	Symbol *papercode.Symbol // QR code with plan, verdict, code, the report's digest, its signature if there is one
	Text   string            // what it says
}

// SealOf is the seal of a report, for every format that is printed. The code is
// made of the bytes of the JSON report, the same that a passport seals, so that
// it is there before the report is signed, covers every figure of it, and is the
// same on HTML, DOCX and PDF in both languages. A report of one layer has none: it
// is no verdict on a plan.
func SealOf(in Input) (Seal, error) {
	r := in.Report
	if r.Layer != nil {
		return Seal{}, nil
	}
	sum, err := fileDigest(in)
	if err != nil {
		return Seal{}, err
	}
	scan := papercode.Scan{
		Title:   geo.Text{ZH: "全域土地综合整治方案核查报告", EN: "Land-consolidation plan: check report"}.In(in.Lang),
		Code:    papercode.Of(sum),
		Plan:    clean(joined(r.Plan.Code, r.Plan.Name)),
		Verdict: clean(HeadlineOf(r).Head.In(in.Lang)),
		Report:  "sha256:" + hex.EncodeToString(sum[:]),
		Sources: clean(joined(wording.ShortDigest(r.Plan.Digest), r.Rulebook.ID)),
	}
	if in.Signature != nil {
		scan.Algorithm, scan.Signature = in.Signature.Algorithm, in.Signature.Value
	}
	s := Seal{Code: scan.Code, Text: scan.Text(in.Lang)}
	s.Symbol, err = papercode.NewSymbol(s.Text)
	return s, err
}

// fileDigest is the SHA-256 of the JSON report.
func fileDigest(in Input) ([sha256.Size]byte, error) {
	if in.Digest != nil {
		return *in.Digest, nil
	}
	h := sha256.New()
	err := writeJSON(h, in)
	return [sha256.Size]byte(h.Sum(nil)), err
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
