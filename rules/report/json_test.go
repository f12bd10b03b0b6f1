package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
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
		if f, ok := geo.AsInputError(err); !ok || f.Advice.IsZero() {
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
		got := appendIndented(nil, []byte(in), 0)
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
	if back.String() != strings.TrimSuffix(string(plainJSON(pretty.Bytes())), "\n") {
		t.Error("the layout changes more than white space")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema":"landcheck-report/1","verdict":"compliant","rules":[{"id":"a","level":"advisory","status":"warn"}]}`))
	f.Add([]byte(`{"schema":"landcheck-report/1","verdict":"violations","rules":[{"id":"a","level":"mandatory","status":"fail","measures":[{"status":"fail","value":-1e308,"op":"<=","limit":1e-308,"unit":"ratio"}],"findings":[{"id":"<","status":"fail","bbox":[1]}]}],"years":[{"year":null},{"year":1,"pbf_out_m2":1e308}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read(bytes.NewReader(data))
		if err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		for _, format := range Formats() {
			if format.Ledger || format.Printed { // what a browser prints is HTML
				continue
			}
			if err := format.Write(&bytes.Buffer{}, Input{Report: r, Lang: "en"}); err != nil {
				t.Fatalf("%s: %v", format.Name, err)
			}
		}
	})
}

// TestPieces holds the report written in pieces against the same laid out as a
// whole, also where texts try to look like the place of a list.
func TestPieces(t *testing.T) {
	full := withLists(sampleReport())
	tricky := *full
	tricky.Rules = slices.Clone(full.Rules)
	tricky.Rules[0].Title.EN = "\n  \"rules\": []"
	tricky.Rules[0].Help.EN = "\n      \"findings\": []"
	tricky.Plan.Name = "\n  \"rules\": []"
	none := *full
	none.Rules = []result.RuleResult{}
	large := *full
	large.Rules = slices.Concat(full.Rules, []result.RuleResult{manyFindings(rand.New(rand.NewPCG(1, 2)), 300)}, full.Rules)
	for name, r := range map[string]*result.Report{"full": full, "tricky": &tricky, "none": &none, "large": &large} {
		var got, want bytes.Buffer
		if err := errors.Join(writeJSON(&got, Input{Report: r}), EncodeJSON(&want, r)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got.String(), want.String())
		}
	}
}

// manyFindings is a rule with findings of all sizes, every fourth without a
// place, every fifth at that of the one before.
func manyFindings(rng *rand.Rand, n int) result.RuleResult {
	rule := result.RuleResult{ID: "many", Level: domain.Mandatory, Status: domain.Fail, Measures: []result.Measure{}}
	for i := range n {
		f := result.Finding{ID: strconv.Itoa(i), Status: domain.Fail, Features: []result.FeatureRef{}}
		for k := range rng.IntN(5) {
			f.Features = append(f.Features, result.FeatureRef{Role: "pbf", ID: strconv.Itoa(k)})
			f.Faces = append(f.Faces, k)
		}
		if i%4 > 0 {
			f.Geometry = &result.Geometry{Polygons: orb.MultiPolygon{{}}[:rng.IntN(2)]}
			for range rng.IntN(i) {
				var polygon orb.Polygon
				for range 1 + rng.IntN(2) {
					r := make(orb.Ring, 4+rng.IntN(100))
					for v := range r {
						r[v] = orb.Point{110 + rng.Float64(), 40 + rng.Float64()}
					}
					polygon = append(polygon, r)
				}
				f.Geometry.Polygons = append(f.Geometry.Polygons, polygon)
			}
		}
		if i > 0 && i%5 == 0 {
			f.Geometry = rule.Findings[i-1].Geometry
		}
		rule.Findings = append(rule.Findings, f)
	}
	return rule
}

// TestPiecesEndWithTheFirstError stops when the reader goes, and when a figure
// cannot be written.
func TestPiecesEndWithTheFirstError(t *testing.T) {
	r := withLists(sampleReport())
	r.Rules = append(r.Rules, manyFindings(rand.New(rand.NewPCG(3, 4)), 300))
	gone := errors.New("gone")
	left := 1 << 20
	if err := writeJSON(writerFunc(func(b []byte) (int, error) {
		if left -= len(b); left < 0 {
			return 0, gone
		}
		return len(b), nil
	}), Input{Report: r}); !errors.Is(err, gone) {
		t.Errorf("want %v, got %v", gone, err)
	}
	f := &r.Rules[len(r.Rules)-1].Findings[299]
	f.Geometry = &result.Geometry{Polygons: orb.MultiPolygon{{{{math.NaN(), 0}}}}}
	if err := writeJSON(io.Discard, Input{Report: r}); err == nil || !strings.Contains(err.Error(), "no number") {
		t.Errorf("a coordinate that is no number: %v", err)
	}
}

type writerFunc func([]byte) (int, error)

func (w writerFunc) Write(b []byte) (int, error) { return w(b) }

// A report of 300 findings, some 40 MB.
func BenchmarkJSON(b *testing.B) {
	r := sampleReport()
	r.Rules = append(r.Rules, manyFindings(rand.New(rand.NewPCG(1, 2)), 300))
	for name, write := range map[string]func(io.Writer, Input) error{"json": writeJSON, "geojson": writeGeoJSON} {
		b.Run(name, func(b *testing.B) {
			var n countingWriter
			b.ReportAllocs()
			for b.Loop() {
				n = 0
				if err := write(&n, Input{Report: r}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(n))
		})
	}
}

type countingWriter int64

func (w *countingWriter) Write(b []byte) (int, error) {
	*w += countingWriter(len(b))
	return len(b), nil
}
