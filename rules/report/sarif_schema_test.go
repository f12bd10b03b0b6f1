package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"landcheck/geo"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema is that of SARIF 2.1.0 errata 01, as OASIS has published it.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("sarif.json")
}

func isSARIF(t *testing.T, schema *jsonschema.Schema, log []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%v\n%.2000s", err, log)
	}
}

// TestSARIFSchema holds reports and failures to the official schema.
func TestSARIFSchema(t *testing.T) {
	schema := sarifSchema(t)
	for _, lang := range []string{"zh", "en"} {
		for _, in := range []Input{{Report: sampleReport(), Lang: lang}, {Report: noGrades(), Lang: lang}} {
			isSARIF(t, schema, written(t, "sarif", in))
		}
		failure := NewFailure(2, InputFailure, "1.0", []*geo.InputError{
			{File: "方案 1.zip!DLBG.shp", Record: 3, Field: "BGHDLBM", Message: geo.Text{ZH: "错", EN: "wrong"}, Advice: geo.Text{ZH: "改", EN: "mend"}},
			{File: "plan.yaml", Record: 2, Column: 5, Message: geo.Text{ZH: "错", EN: "wrong"}},
			{Message: geo.Text{ZH: "[名](http://x)", EN: "[name](http://x)"}},
		}, func(*geo.InputError) geo.Text { return geo.Text{} })
		var log bytes.Buffer
		if err := writeSARIFFailure(&log, failure, lang); err != nil {
			t.Fatal(err)
		}
		isSARIF(t, schema, log.Bytes())
	}
}
