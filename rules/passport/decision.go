package passport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"landcheck/geo"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// DecisionSchema names the shape of a decision's passport; field names are stable.
const DecisionSchema = "landcheck-decision/1"

// Decided seals what a reviewing body decided, with the report that it decided on.
type Decided struct {
	Schema   string          `json:"schema"`
	Check    string          `json:"check"`
	Report   Passport        `json:"report"` // of the report, without a signature of its own
	Decision result.Decision `json:"decision"`
	Key      Key             `json:"key"`
	// Signature is of the compact JSON of all this with this field empty; base64.
	Signature []byte `json:"signature"`
}

// Decide seals a decision on the report whose bytes are given. Errors are
// *geo.InputError for what is no report of a plan.
func Decide(written []byte, check string, d result.Decision, key *PrivateKey) (*Decided, error) {
	r, err := readReport(written)
	if err != nil {
		return nil, err
	}
	p := &Decided{Schema: DecisionSchema, Check: check, Report: *describe(written, r), Decision: d, Key: key.public.Name()}
	p.Report.Key = p.Key
	signed, err := p.signed()
	if err != nil {
		return nil, err
	}
	if p.Signature, err = key.sign(signed); err != nil {
		return nil, fmt.Errorf("passport: %w", err)
	}
	return p, nil
}

func (p *Decided) signed() ([]byte, error) {
	bare := *p
	bare.Signature = nil
	return json.Marshal(bare)
}

// DecodeDecided reads the passport of a decision. Errors are *geo.InputError.
func DecodeDecided(data []byte) (*Decided, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields() // they would not be signed
	var p Decided
	err := d.Decode(&p)
	if err == nil && d.More() {
		err = errors.New("something follows it")
	}
	if err == nil && p.Schema != DecisionSchema {
		err = fmt.Errorf("its schema is %q", p.Schema)
	}
	if err != nil {
		return nil, &geo.InputError{Err: err, Message: geo.Textf("不是 %[1]s 通行证（%[2]v）", "not a passport of %[1]s (%[2]v)", DecisionSchema, err),
			Advice: geo.Text{ZH: "请给出审查决定的通行证", EN: "Name the passport of a decision"}}
	}
	return &p, nil
}

// Verify says what does not belong together: key, signature, report. Empty where all
// of it does. Errors are *geo.InputError for what is no report.
func (p *Decided) Verify(key *PublicKey, report []byte) (wrong []geo.Text, err error) {
	r, err := readReport(report)
	if err != nil {
		return nil, err
	}
	signed, err := p.signed()
	if err != nil {
		return nil, err
	}
	switch {
	case p.Key != key.Name():
		wrong = append(wrong, geo.Textf("审查决定由另一把钥匙签署（%s）", "the decision was signed with another key (%s)", wording.ShortDigest(p.Key.Fingerprint)))
	case !key.verify(signed, p.Signature):
		wrong = append(wrong, geo.Text{ZH: "审查决定在签署后被改动", EN: "the decision was changed after it was signed"})
	}
	of := describe(report, r)
	if of.Key = p.Key; !reflect.DeepEqual(p.Report, *of) {
		wrong = append(wrong, geo.Text{ZH: "报告不是所决定的那一份", EN: "the report is not the one that was decided on"})
	}
	return wrong, nil
}
