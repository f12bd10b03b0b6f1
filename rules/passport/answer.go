package passport

import (
	"landcheck/geo"
	"landcheck/rules/wording"
)

// Parts are what was held against a report, beside its passport.
type Parts struct {
	Paper, Plan, Base bool
}

// Answer says in one line whether what was held against each other belongs
// together, and else what does not. p is nil where only paper and file were.
func (h Parts) Answer(wrong []geo.Text, p *Passport) geo.Text {
	if len(wrong) > 0 {
		return geo.Textf("不符：%v", "they do not belong together: %v", wording.Clauses(wrong))
	}
	parts := []geo.Text{{ZH: "报告", EN: "report"}}
	for _, part := range []struct {
		held bool
		name geo.Text
	}{
		{h.Paper, geo.Text{ZH: "打印件", EN: "printed report"}},
		{p != nil, geo.Text{ZH: "通行证", EN: "passport"}},
		{h.Plan, geo.Text{ZH: "方案", EN: "plan"}},
		{h.Base, geo.Text{ZH: "底图", EN: "base data"}},
	} {
		if part.held {
			parts = append(parts, part.name)
		}
	}
	if p == nil {
		return geo.Textf("相符：%v；没有公钥，没有验签名", "they belong together: %v; no signature was verified, for want of a public key", wording.List(parts))
	}
	if d := p.Decision; d != nil {
		return geo.Textf("相符：%[1]v；%[2]v，%[3]s 于 %[4]s 决定：%[5]v，%[6]s 签名", "they belong together: %[1]v; %[2]v, decided by %[3]s on %[4]s: %[5]v, signed with %[6]s",
			wording.List(parts), p.Verdict.Title(), d.Name, d.Date, d.Kind.Title(), p.Key.Algorithm)
	}
	return geo.Textf("相符：%[1]v；%[2]v，%[3]s 签名", "they belong together: %[1]v; %[2]v, signed with %[3]s", wording.List(parts), p.Verdict.Title(), p.Key.Algorithm)
}
