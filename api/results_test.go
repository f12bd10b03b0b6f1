package api_test

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/diff"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// listedFinding is a finding of the list.
type listedFinding struct {
	Number    int
	Rule      string
	Group     string
	Title     geo.Text
	Level     domain.Level
	Townships []string
	result.Finding
}

// faceRow is a face of the list.
type faceRow struct {
	ID       int
	Area     float64 `json:"area_m2"`
	Township string
	BBox     []float64
	Before   struct{ Class string }
	After    struct{ Class string }
	Geometry struct{ Coordinates [][][][2]float64 }
}

// TestFindings: walked to the end, the list has every finding of the report
// once, worst first, whatever the size of its pages.
func TestFindings(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		k := s.checked(samplePlan(t, badPlan))
		var r result.Report
		s.get(k.Links["report"]).wants(200).into(&r)
		want := map[string]string{} // finding → rule
		for _, one := range r.Rules {
			for _, f := range one.Findings {
				want[f.ID] = one.ID
			}
		}
		if len(want) < 3 || len(want) != k.Findings {
			t.Fatalf("%d findings, the check says %d", len(want), k.Findings)
		}
		all := pages[listedFinding](s, k.Links["findings"])
		if len(all) != len(want) {
			t.Errorf("%d are listed, %d are in the report", len(all), len(want))
		}
		weight := map[domain.Status]int{domain.Fail: 0, domain.Warn: 1, domain.Justified: 2, domain.Pass: 3}
		for i, f := range all {
			if want[f.ID] != f.Rule {
				t.Errorf("%s is of rule %s, listed under %s", f.ID, want[f.ID], f.Rule)
			}
			delete(want, f.ID)
			if f.Number != i+1 || i > 0 && weight[f.Status] < weight[all[i-1].Status] {
				t.Errorf("%d. is number %d, %s after %s", i+1, f.Number, f.Status, all[max(i-1, 0)].Status)
			}
		}
		for _, limit := range []int{1, 2, 7} {
			if got := pages[listedFinding](s, fmt.Sprintf("%s?limit=%d", k.Links["findings"], limit)); !reflect.DeepEqual(got, all) {
				t.Errorf("by pages of %d there are %d", limit, len(got))
			}
		}
		a := s.get(k.Links["findings"] + "?limit=1&level=in_principle&lang=en")
		var page list[listedFinding]
		a.into(&page)
		if link := a.header.Get("Link"); page.Next != "" && link != "<"+page.Next+`>; rel="next"` {
			t.Errorf("Link: %s, next: %s", link, page.Next)
		}
		var one listedFinding
		s.get(k.Links["findings"] + "/" + all[0].ID).wants(200).into(&one)
		if !reflect.DeepEqual(one, all[0]) {
			t.Errorf("alone it is %+v", one)
		}
		s.get(k.Links["findings"]+"/0123456789").problem(404, "not-found")
	})
}

// TestFindingsFilter: any combination of filters gives what a search through
// the whole list gives.
func TestFindingsFilter(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	k := s.checked(samplePlan(t, badPlan))
	all := pages[listedFinding](s, k.Links["findings"])
	var ruleIDs, townships []string
	box := orb.Bound{Min: orb.Point{360, 360}, Max: orb.Point{-360, -360}}
	for _, f := range all {
		ruleIDs = append(ruleIDs, f.Rule)
		townships = append(townships, f.Townships...)
		if len(f.BBox) == 4 {
			box = box.Extend(orb.Point{f.BBox[0], f.BBox[1]}).Extend(orb.Point{f.BBox[2], f.BBox[3]})
		}
	}
	if len(townships) == 0 || box.Max[0] < box.Min[0] {
		t.Fatal("no finding has a place")
	}
	rapid.Check(t, func(t *rapid.T) {
		values := url.Values{"limit": {strconv.Itoa(rapid.IntRange(1, 50).Draw(t, "limit"))}}
		var takes []func(listedFinding) bool
		choose := func(name string, from []string, is func(f listedFinding, v string) bool) {
			if rapid.Bool().Draw(t, "with "+name) {
				v := rapid.SampledFrom(from).Draw(t, name)
				values.Set(name, v)
				takes = append(takes, func(f listedFinding) bool { return is(f, v) })
			}
		}
		choose("rule", append(ruleIDs, "no-such-rule"), func(f listedFinding, v string) bool { return f.Rule == v })
		choose("level", []string{"mandatory", "in_principle", "advisory"}, func(f listedFinding, v string) bool { return string(f.Level) == v })
		choose("status", []string{"fail", "warn", "justified", "pass"}, func(f listedFinding, v string) bool { return string(f.Status) == v })
		choose("township", append(townships, "999999999"), func(f listedFinding, v string) bool { return slices.Contains(f.Townships, v) })
		if rapid.Bool().Draw(t, "with bbox") {
			b := drawBox(t, box)
			values.Set("bbox", fmt.Sprintf("%v,%v,%v,%v", b[0], b[1], b[2], b[3]))
			takes = append(takes, func(f listedFinding) bool { return touch(b, f.BBox) })
		}
		choose("q", []string{"永久基本农田", "TC0", "PBF-", "示例镇 公顷", "no such words"}, func(f listedFinding, v string) bool {
			refs := ""
			for _, r := range f.Features {
				refs += r.ID + "\n"
			}
			text := strings.ToLower(strings.Join([]string{f.Title.ZH, f.Title.EN, f.Message.ZH, f.Message.EN, f.Rule, refs}, "\n"))
			return !slices.ContainsFunc(strings.Fields(strings.ToLower(v)), func(word string) bool { return !strings.Contains(text, word) })
		})
		all := slices.Clone(all)
		if rapid.Bool().Draw(t, "sorted") {
			by := rapid.SampledFrom([]string{"area", "township", "rule"}).Draw(t, "sort")
			values.Set("sort", by)
			slices.SortStableFunc(all, func(a, b listedFinding) int {
				switch by {
				case "area":
					return cmp.Compare(b.Area, a.Area)
				case "rule":
					return strings.Compare(a.Group+" "+a.Rule, b.Group+" "+b.Rule)
				}
				if len(a.Townships) == 0 || len(b.Townships) == 0 {
					return cmp.Compare(len(b.Townships), len(a.Townships))
				}
				return strings.Compare(slices.Min(a.Townships), slices.Min(b.Townships))
			})
		}
		var want []string
		for _, f := range all {
			if !slices.ContainsFunc(takes, func(take func(listedFinding) bool) bool { return !take(f) }) {
				want = append(want, f.ID)
			}
		}
		var got []string
		for _, f := range pages[listedFinding](s, k.Links["findings"]+"?"+values.Encode()) {
			got = append(got, f.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s gives %v, want %v", values.Encode(), got, want)
		}
	})
}

func drawBox(t *rapid.T, in orb.Bound) [4]float64 {
	x, y := rapid.Float64Range(in.Min[0]-.1, in.Max[0]+.1), rapid.Float64Range(in.Min[1]-.1, in.Max[1]+.1)
	x1, x2, y1, y2 := x.Draw(t, "x1"), x.Draw(t, "x2"), y.Draw(t, "y1"), y.Draw(t, "y2")
	return [4]float64{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
}

// touch tells whether two boxes meet, their edges counted.
func touch(a [4]float64, b []float64) bool {
	return len(b) == 4 && max(a[0], b[0]) <= min(a[2], b[2]) && max(a[1], b[1]) <= min(a[3], b[3])
}

// TestLedger: walked to the end, the list has every face of the ledger, as its
// CSV has it; filters give what a search through it gives.
func TestLedger(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		k := s.checked(samplePlan(t, badPlan))
		all := pages[faceRow](s, k.Links["ledger"])
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(s.get(k.Links["report"]+"?f=csv").wants(200).body), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != len(rows)-1 || len(all) != k.Faces || len(all) < 20 {
			t.Fatalf("%d faces, the CSV has %d, the check says %d", len(all), len(rows)-1, k.Faces)
		}
		for i, f := range all {
			if f.ID != i+1 || rows[i+1][0] != strconv.Itoa(f.ID) {
				t.Fatalf("%d. is face %d, in the CSV %s", i+1, f.ID, rows[i+1][0])
			}
			for _, part := range f.Geometry.Coordinates {
				if !counterclockwise(part[0]) {
					t.Errorf("face %d is wound against RFC 7946", f.ID)
				}
				for _, p := range part[0] {
					if p[0] < f.BBox[0] || p[0] > f.BBox[2] || p[1] < f.BBox[1] || p[1] > f.BBox[3] {
						t.Fatalf("face %d reaches out of its box: %v", f.ID, p)
					}
				}
			}
		}
		if got := pages[faceRow](s, k.Links["ledger"]+"?limit=7"); !reflect.DeepEqual(got, all) {
			t.Errorf("by pages of 7 there are %d", len(got))
		}
		for _, f := range pages[listedFinding](s, k.Links["findings"]) {
			var got []int
			for _, one := range pages[faceRow](s, k.Links["ledger"]+"?finding="+f.ID) {
				got = append(got, one.ID)
			}
			if !slices.Equal(got, f.Faces) {
				t.Errorf("behind %s are %v, want %v", f.ID, got, f.Faces)
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			f := rapid.SampledFrom(all).Draw(t, "face")
			b := drawBox(t, orb.Bound{Min: orb.Point{f.BBox[0], f.BBox[1]}, Max: orb.Point{f.BBox[2], f.BBox[3]}})
			var want, got []int
			for _, one := range all {
				if one.Township == f.Township && touch(b, one.BBox) {
					want = append(want, one.ID)
				}
			}
			path := fmt.Sprintf("%s?township=%s&bbox=%v,%v,%v,%v", k.Links["ledger"], f.Township, b[0], b[1], b[2], b[3])
			for _, one := range pages[faceRow](s, path) {
				got = append(got, one.ID)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s gives %v, want %v", path, got, want)
			}
		})
	})
}

func counterclockwise(ring [][2]float64) bool {
	sum := 0.0
	for i := range len(ring) - 1 {
		sum += (ring[i][0]-ring[0][0])*(ring[i+1][1]-ring[0][1]) - (ring[i+1][0]-ring[0][0])*(ring[i][1]-ring[0][1])
	}
	return sum > 0
}

// TestListParameters: what a list cannot be asked is a problem that names the
// parameter and says what may be asked.
func TestListParameters(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	k := s.checked(samplePlan(t, goodPlan))
	for query, field := range map[string]string{
		"colour=red":                    "colour",
		"limit=0":                       "limit",
		"limit=1001":                    "limit",
		"limit=ten":                     "limit",
		"sort=worst":                    "sort",
		"q=" + strings.Repeat("x", 201): "q",
		"limit=":                        "limit",
		"limit=1&limit=2":               "limit",
		"after=nowhere":                 "after",
		"after=":                        "after",
		"level=high":                    "level",
		"status=bad":                    "status",
		"township=150123":               "township",
		"bbox=1,2,3":                    "bbox",
		"bbox=1,2,3,NaN":                "bbox",
		"bbox=1,2,3,1e999":              "bbox",
		"bbox=3,2,1,4":                  "bbox",
		"rule=a%20b":                    "rule",
		"lang=fr":                       "lang",
		"rule=x;y":                      "",
		"%zz":                           "",
		"limit=1&colour=%ff":            "colour",
		"after=%00":                     "after",
		"level=mandatory&f=x":           "f",
	} {
		p := s.get(k.Links["findings"]+"?"+query, with("Accept-Language", "en")).problem(400, "bad-parameter")
		if p.Field != field || p.Advice == "" {
			t.Errorf("%s: %+v", query, p)
		}
	}
	if p := s.get(k.Links["ledger"]+"?finding=nothing").problem(400, "bad-parameter"); p.Field != "finding" {
		t.Errorf("%+v", p)
	}
}

// TestDiff: the difference of two checks is that of their reports.
func TestDiff(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		old, late := s.checked(samplePlan(t, badPlan)), s.checked(samplePlan(t, goodPlan))
		var before, after result.Report
		s.get(old.Links["report"]).wants(200).into(&before)
		s.get(late.Links["report"]).wants(200).into(&after)
		path := "/v1/checks/" + old.ID + "/diff/" + late.ID
		a := s.get(path).wants(200)
		want, err := json.Marshal(diff.Compare(&before, &after))
		if err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(string(a.body)) != string(want) {
			t.Errorf("%.500s\nwant\n%.500s", a.body, want)
		}
		var d diff.Diff
		a.into(&d)
		if d.Count.Fixed == 0 || d.Old.Verdict != "violations" || d.New.Verdict != "compliant" {
			t.Errorf("%+v", d.Count)
		}
		s.get(path, with("If-None-Match", a.header.Get("ETag"))).wants(304)
		s.get(path+"?colour=red").problem(400, "bad-parameter")
		s.get("/v1/checks/"+old.ID+"/diff/nothing").problem(404, "not-found")
		s.get("/v1/checks/nothing/diff/"+old.ID).problem(404, "not-found")
	})
}
