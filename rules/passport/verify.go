package passport

import (
	"reflect"

	"landcheck/geo"
	"landcheck/rules/diff"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// Held is what a passport is held to. Plan and Base are "" and nil where they are
// not at hand.
type Held struct {
	Report []byte // the report's file
	Plan   string // digest of the plan
	Base   []result.LayerInfo
}

// Verify says what does not belong together: key, signature, report, plan, base
// layers. Empty where all of it does. Errors are *geo.InputError for what is no
// report.
func (p *Passport) Verify(key *PublicKey, h Held) (wrong []geo.Text, err error) {
	r, err := readReport(h.Report)
	if err != nil {
		return nil, err
	}
	signed, err := p.signed()
	if err != nil {
		return nil, err
	}
	switch {
	case p.Key != key.Name():
		wrong = append(wrong, geo.Textf("通行证由另一把钥匙签署（%s）", "the passport was signed with another key (%s)", wording.ShortDigest(p.Key.Fingerprint)))
	case !key.verify(signed, p.Signature):
		wrong = append(wrong, geo.Text{ZH: "通行证在签署后被改动", EN: "the passport was changed after it was signed"})
	}
	of := describe(h.Report, r)
	if p.Report != of.Report {
		wrong = append(wrong, geo.Text{ZH: "报告不是所签署的那一份", EN: "the report is not the one that was signed"})
	} else if of.Check, of.Decision, of.Key, of.Signature = p.Check, p.Decision, p.Key, p.Signature; !reflect.DeepEqual(p, of) {
		wrong = append(wrong, geo.Text{ZH: "通行证所写与报告不符", EN: "the passport does not say what the report says"})
	}
	if h.Plan != "" && h.Plan != p.Plan.Digest {
		wrong = append(wrong, p.OtherPlan(h.Plan))
	}
	if h.Base != nil {
		wrong = append(wrong, diff.BaseLayers(p.Base.Layers, h.Base)...)
	}
	return wrong, nil
}

// OtherPlan says that a plan of this digest is not the report's.
func (p *Passport) OtherPlan(digest string) geo.Text {
	return geo.Textf("方案的内容不同（签署时 %[1]s，现 %[2]s）", "the plan is another (%[1]s when signed, now %[2]s)", wording.ShortDigest(p.Plan.Digest), wording.ShortDigest(digest))
}
