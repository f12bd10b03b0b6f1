// Package passport seals a report: digests of the report, of plan, base layers
// and rulebook, the verdict and the engine, signed with a bureau's own key. Who
// has the public key can tell later whether a report is the one that was signed,
// and whether a plan and base data are those that it speaks of.
package passport

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/papercode"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/emmansun/gmsm/sm3"
)

// Schema names the shape of a passport; field names are stable.
const Schema = "landcheck-passport/1"

// Passport is what is signed, and the signature over it.
type Passport struct {
	Schema   string            `json:"schema"`
	Code     string            `json:"code"` // the short code that stands on the printed report
	Report   ReportDigest      `json:"report"`
	Verdict  domain.Verdict    `json:"verdict"`
	Plan     Plan              `json:"plan"`
	Base     result.BaseInfo   `json:"base"`
	Rulebook Rulebook          `json:"rulebook"`
	Engine   result.EngineInfo `json:"engine"`
	// Decision is what a reviewing body decided on the report, nil where it is not
	// sealed with one; Check is the service's number of the check.
	Check    string           `json:"check,omitempty"`
	Decision *result.Decision `json:"decision,omitempty"`
	Key      Key              `json:"key"`
	// Signature is of the passport's compact JSON with this field empty; base64.
	Signature []byte `json:"signature"`
}

// ReportDigest is of the bytes of the report's file, as "sha256:…" and "sm3:…".
type ReportDigest struct {
	SHA256 string `json:"sha256"`
	SM3    string `json:"sm3"`
}

// Plan names the plan.
type Plan struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	County string `json:"county"`
	Stage  string `json:"stage"`
	Digest string `json:"digest"`
}

// Rulebook names the rulebook.
type Rulebook struct {
	ID     string `json:"id"`
	Digest string `json:"digest"`
}

// Of seals the bytes of a JSON report with a key. Errors are *geo.InputError for
// what is no report of a plan.
func Of(written []byte, key *PrivateKey) (*Passport, error) { return OfDecided(written, "", nil, key) }

// OfDecided seals a report together with what was decided on it, of a check.
func OfDecided(written []byte, check string, d *result.Decision, key *PrivateKey) (*Passport, error) {
	p, err := Describe(written)
	if err != nil {
		return nil, err
	}
	p.Check, p.Decision, p.Key = check, d, key.public.Name()
	signed, err := p.signed()
	if err != nil {
		return nil, err
	}
	if p.Signature, err = key.sign(signed); err != nil {
		return nil, fmt.Errorf("passport: %w", err)
	}
	return p, nil
}

// Describe is the passport of a report without key and signature: what there is to
// be signed. Errors are *geo.InputError for what is no report of a plan.
func Describe(written []byte) (*Passport, error) {
	r, err := readReport(written)
	if err != nil {
		return nil, err
	}
	return describe(written, r), nil
}

// describe is the passport of a report before it is signed.
func describe(written []byte, r *result.Report) *Passport {
	sha, gm := sha256.Sum256(written), sm3.Sum(written)
	return &Passport{
		Schema:   Schema,
		Code:     papercode.Of(sha),
		Report:   ReportDigest{SHA256: "sha256:" + hex.EncodeToString(sha[:]), SM3: "sm3:" + hex.EncodeToString(gm[:])},
		Verdict:  r.Verdict,
		Plan:     Plan{Code: r.Plan.Code, Name: r.Plan.Name, County: r.Plan.County, Stage: r.Plan.Stage, Digest: r.Plan.Digest},
		Base:     r.Base,
		Rulebook: Rulebook{ID: r.Rulebook.ID, Digest: r.Rulebook.Digest},
		Engine:   r.Engine,
	}
}

func readReport(written []byte) (*result.Report, error) {
	r, err := report.Read(bytes.NewReader(written))
	if err != nil {
		return nil, err
	}
	if r.Layer != nil {
		return nil, &geo.InputError{Message: geo.Text{ZH: "这是单个图层的报告，不是方案的", EN: "this is the report of one layer, not of a plan"},
			Advice: geo.Text{ZH: "请给出方案的 .json 报告", EN: "Name the .json report of a plan"}}
	}
	return r, nil
}

// signed is the bytes that a signature is of.
func (p *Passport) signed() ([]byte, error) {
	bare := *p
	bare.Signature = nil
	return json.Marshal(bare)
}

// Encode is the passport as its file holds it.
func (p *Passport) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err := e.Encode(p)
	return b.Bytes(), err
}

// Decode reads a passport. Errors are *geo.InputError.
func Decode(data []byte) (*Passport, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields() // they would not be signed
	var p Passport
	err := d.Decode(&p)
	if err == nil && d.More() {
		err = errors.New("something follows it")
	}
	if err == nil && p.Schema != Schema {
		err = fmt.Errorf("its schema is %q", p.Schema)
	}
	if err != nil {
		return nil, &geo.InputError{Err: err, Message: geo.Textf("不是 %[1]s 通行证（%[2]v）", "not a passport of %[1]s (%[2]v)", Schema, err),
			Advice: geo.Text{ZH: "请给出 landcheck sign 写出的 .passport.json", EN: "Name a .passport.json that landcheck sign wrote"}}
	}
	return &p, nil
}
