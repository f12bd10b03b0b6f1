package report

import (
	"bytes"
	"fmt"
	"testing"

	"landcheck/geo"
	"landcheck/rules/result"
)

func sampleBatch(lang string) Batch {
	failure := NewFailure(2, InputFailure, "1.0", []*geo.InputError{{File: "乙.zip", Message: geo.Text{ZH: "错", EN: "wrong"}}}, func(*geo.InputError) geo.Text { return geo.Text{} })
	return Batch{Lang: lang, Exit: 2, Packages: []BatchItem{
		{Name: "甲 1.zip", Exit: 1, Input: Input{Report: sampleReport(), Lang: lang, Place: func(string) string { return "plans/甲 1.zip" }}},
		{Name: "乙.zip", Exit: 2, Failure: &failure},
		{Name: "丙", Exit: 0, Input: Input{Report: noGrades(), Lang: lang}},
	}}
}

// TestSARIFOfSeveral: a log of several runs is proper SARIF, tells the runs apart
// and shares the number of results among them.
func TestSARIFOfSeveral(t *testing.T) {
	schema := sarifSchema(t)
	for _, lang := range []string{"zh", "en"} {
		var log bytes.Buffer
		if err := writeSARIFBatch(&log, sampleBatch(lang)); err != nil {
			t.Fatal(err)
		}
		isSARIF(t, schema, log.Bytes())
		for _, want := range []string{`"landcheck/甲 1.zip/"`, `"uri": "plans/%E7%94%B2%201.zip"`, `"uriBaseId": "%SRCROOT%"`} {
			if !bytes.Contains(log.Bytes(), []byte(want)) {
				t.Errorf("no %s", want)
			}
		}
	}
	big := sampleReport()
	big.Rules = big.Rules[:1]
	one := big.Rules[0].Findings[0]
	big.Rules[0].Findings = nil
	for i := range maxSARIF {
		f := one
		f.ID = fmt.Sprint(i)
		big.Rules[0].Findings = append(big.Rules[0].Findings, f)
	}
	var log bytes.Buffer
	if err := writeSARIFBatch(&log, Batch{Packages: []BatchItem{{Name: "a", Input: Input{Report: big}}, {Name: "b", Input: Input{Report: big}}}}); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(log.Bytes(), []byte(`"ruleIndex"`)); n != maxSARIF {
		t.Errorf("%d results", n)
	}
}

// TestBaseline: every format says which findings an earlier report holds.
func TestBaseline(t *testing.T) {
	r, old := sampleReport(), sampleReport()
	kept, gone := r.Rules[0].Findings[0].ID, "gone"
	for i := range old.Rules {
		var list []result.Finding
		for _, f := range old.Rules[i].Findings {
			if f.ID == kept {
				lost := f
				lost.ID = gone
				list = append(list, f, lost)
			}
		}
		old.Rules[i].Findings = list
	}
	r.HoldAgainst(old)
	if b := r.Baseline; b.Known != 1 || b.Gone != 1 || b.New != len(problems(r))-1 {
		t.Fatalf("%+v", b)
	}
	for format, words := range map[string]string{
		"text": "1 问题在基准中", "markdown": "1 问题在基准中", "html": "1 问题在基准中", "junit": "1 问题在基准中", "sarif": `"baselineState": "unchanged"`,
		"json": `"baseline": "unchanged"`, "geojson": `"baseline":"unchanged"`,
	} {
		with, without := written(t, format, Input{Report: r, Lang: "zh"}), written(t, format, Input{Report: sampleReport(), Lang: "zh"})
		if !bytes.Contains(with, []byte(words)) || bytes.Contains(without, []byte(words)) || bytes.Contains(without, []byte("baseline")) {
			t.Errorf("%s does not say %q, or says it without a baseline", format, words)
		}
	}
	isSARIF(t, sarifSchema(t), written(t, "sarif", Input{Report: r}))
	all := sampleReport()
	all.HoldAgainst(sampleReport())
	if junit := written(t, "junit", Input{Report: all}); bytes.Contains(junit, []byte("<failure")) || !bytes.Contains(junit, []byte("问题都在基准中")) {
		t.Errorf("%s", junit)
	}
}
