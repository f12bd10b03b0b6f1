package passport

import (
	"crypto/sha256"
	"encoding/hex"

	"landcheck/geo"
	"landcheck/rules/papercode"
	"landcheck/rules/report"
	"landcheck/rules/wording"
)

// OnPaper is the signature as reports for people bear it.
func (p *Passport) OnPaper() *report.Signature {
	return &report.Signature{Algorithm: p.Key.Algorithm, Value: p.Signature}
}

// FromScan is the passport of a report made again from the QR code of a signed
// printout: what is signed follows from the report, so that the signature alone
// is wanted. Errors are *geo.InputError.
func FromScan(written []byte, scan papercode.Scan, key *PublicKey) (*Passport, error) {
	if scan.Signature == nil {
		return nil, &geo.InputError{Message: geo.Text{ZH: "打印的报告没有签名", EN: "the printed report bears no signature"},
			Advice: geo.Text{ZH: "核查时用私钥签发，打印件上才有签名；不给公钥可只核对内容", EN: "Printouts bear one where a private key signed at the check; without the public key the contents alone are held against each other"}}
	}
	r, err := readReport(written)
	if err != nil {
		return nil, err
	}
	p := describe(written, r)
	p.Key, p.Signature = key.Name(), scan.Signature
	return p, nil
}

// HoldCode says where a report's file is not the one that a printed code is of.
func HoldCode(written []byte, code string) (wrong []geo.Text, err error) {
	if _, err := readReport(written); err != nil {
		return nil, err
	}
	if is := papercode.Of(sha256.Sum256(written)); is != code {
		wrong = append(wrong, geo.Textf("报告不是印有核验码 %[1]s 的那一份（它的核验码是 %[2]s）", "the report is not the one that bears the code %[1]s (its own is %[2]s)", code, is))
	}
	return wrong, nil
}

// HoldScan is HoldCode for the whole digest, which the QR code holds.
func HoldScan(written []byte, scan papercode.Scan) (wrong []geo.Text, err error) {
	if _, err := readReport(written); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(written)
	if is := "sha256:" + hex.EncodeToString(sum[:]); is != scan.Report {
		wrong = append(wrong, geo.Textf("报告不是打印的那一份（打印件为 %[1]s，文件为 %[2]s）", "the report is not the one that was printed (%[1]s on paper, the file is %[2]s)", wording.ShortDigest(scan.Report), wording.ShortDigest(is)))
	}
	return wrong, nil
}
