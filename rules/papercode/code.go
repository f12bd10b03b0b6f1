// Package papercode is what ties a printed report to its file: a short code made
// of the file's digest, short enough to be read out, and a QR code.
package papercode

import (
	"encoding/base32"
	"strings"

	"landcheck/geo"
)

// alphabet is that of Crockford's base 32: no letter is like a digit or another.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	letters = 12 // of a code: 60 bits, so that nobody makes a file to a given code
	group   = 4
)

var base = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// Of is the short code of a file with that SHA-256, as 7K3M-Q2XA-9F4D: its first
// 60 bits.
func Of(sha256 [32]byte) string { return grouped(base.EncodeToString(sha256[:])[:letters]) }

func grouped(code string) string {
	var groups []string
	for ; len(code) > 0; code = code[group:] {
		groups = append(groups, code[:group])
	}
	return strings.Join(groups, "-")
}

// misread are letters that a code does not have, and what they were read from.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", "–", "", "—", "", "－", "", " ", "")

// Parse reads a code as people type it: in any case, with or without dashes, a
// letter O for a zero. Errors are *geo.InputError.
func Parse(typed string) (string, error) {
	code := misread.Replace(strings.ToUpper(strings.TrimSpace(typed)))
	if len(code) == letters && strings.Trim(code, alphabet) == "" {
		return grouped(code), nil
	}
	return "", &geo.InputError{
		Message: geo.Textf("%[1]q 不是核验码", "%[1]q is no short code", typed),
		Advice:  geo.Text{ZH: "核验码有 12 个字母或数字，印在报告的二维码旁，例如 7K3M-Q2XA-9F4D", EN: "A code has 12 letters or digits, as 7K3M-Q2XA-9F4D; it stands beside the QR code of the report"},
	}
}
