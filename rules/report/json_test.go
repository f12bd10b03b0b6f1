package report

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"landcheck/geo"
)

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	want := sampleReport()
	got, err := Read(bytes.NewReader(written(t, "json", Input{Report: want})))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, withLists(want)) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestReadRefuses(t *testing.T) {
	good := string(written(t, "json", Input{Report: sampleReport()}))
	for name, text := range map[string]string{
		"nothing":        "",
		"cut short":      good[:len(good)/2],
		"two reports":    good + good,
		"other schema":   strings.Replace(good, "landcheck-report/1", "landcheck-report/9", 1),
		"no schema":      "{}",
		"other JSON":     `{"type":"FeatureCollection"}`,
		"a list":         "[]",
		"verdict":        strings.Replace(good, `"verdict": "violations"`, `"verdict": "fine"`, 1),
		"status":         strings.Replace(good, `"status": "justified"`, `"status": "okay"`, 1),
		"level":          strings.Replace(good, `"level": "mandatory"`, `"level": "must"`, 1),
		"text for count": strings.Replace(good, `"pass": 4`, `"pass": "4"`, 1),
	} {
		_, err := Read(strings.NewReader(text))
		if f, ok := geo.AsFault(err); !ok || f.Advice.IsZero() {
			t.Errorf("%s: want a fault with advice, got %v", name, err)
		}
	}
	if _, err := Read(strings.NewReader(strings.Replace(good, `"schema"`, `"later": 1, "schema"`, 1))); err != nil {
		t.Errorf("a field of a later version: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema":"landcheck-report/1","verdict":"compliant","rules":[{"id":"a","level":"advisory","status":"warn"}]}`))
	f.Add([]byte(`{"schema":"landcheck-report/1","verdict":"violations","rules":[{"id":"a","level":"mandatory","status":"fail","measures":[{"status":"fail","value":-1e308,"op":"<=","limit":1e-308,"unit":"ratio"}],"findings":[{"id":"<","status":"fail","bbox":[1]}]}],"years":[{"year":null},{"year":1,"pbf_out_m2":1e308}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read(bytes.NewReader(data))
		if err != nil {
			if _, ok := geo.AsFault(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		for _, format := range Formats() {
			if format.Ledger {
				continue
			}
			if err := format.Write(&bytes.Buffer{}, Input{Report: r, Lang: "en"}); err != nil {
				t.Fatalf("%s: %v", format.Name, err)
			}
		}
	})
}
