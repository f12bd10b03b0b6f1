package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"landcheck/rules"
	"reflect"
	"slices"
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
		t.Error("the report read back is another")
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

// The layout changes white space only, and is that of encoding/json but for
// lists of numbers.
func TestIndent(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":[],"b":{},"c":[{"d":"[{\\\"","e":null}]}`: "",
		`["a",1]`:                          "",
		`{"x":[[1,2.5e9],[-3,4]],"y":[1]}`: "{\n  \"x\": [[1,2.5e9],[-3,4]],\n  \"y\": [1]\n}",
	} {
		got := indented([]byte(in), 0)
		if want == "" {
			var b bytes.Buffer
			if err := json.Indent(&b, []byte(in), "", "  "); err != nil {
				t.Fatal(err)
			}
			want = b.String()
		}
		if string(got) != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	var pretty, back bytes.Buffer
	if err := EncodeJSON(&pretty, sampleReport()); err != nil {
		t.Fatal(err)
	}
	if err := json.Compact(&back, pretty.Bytes()); err != nil {
		t.Fatal(err)
	}
	plain := json.NewEncoder(&pretty)
	pretty.Reset()
	plain.SetEscapeHTML(false)
	if err := plain.Encode(sampleReport()); err != nil {
		t.Fatal(err)
	}
	if back.String() != strings.TrimSuffix(pretty.String(), "\n") {
		t.Error("the layout changes more than white space")
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

// TestRulesSideBySide holds the report laid out by rules against the same in
// one piece, also where texts try to look like the place of the rules.
func TestRulesSideBySide(t *testing.T) {
	full := withLists(sampleReport())
	tricky := *full
	tricky.Rules = slices.Clone(full.Rules)
	tricky.Rules[0].Title.EN = "\n  \"rules\": []"
	tricky.Plan.Name = "\n  \"rules\": []"
	none := *full
	none.Rules = []rules.RuleResult{}
	for name, r := range map[string]*rules.Report{"full": full, "tricky": &tricky, "none": &none} {
		var got, want bytes.Buffer
		if err := errors.Join(encodeReport(&got, r), EncodeJSON(&want, r)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got.String(), want.String())
		}
	}
}
