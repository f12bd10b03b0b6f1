package postgis

import (
	"encoding/json"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// storedCRS, storedField and storedIssue are how a dataset's row holds these.
type storedCRS struct {
	Kind            geo.CRSKind `json:"kind"`
	CentralMeridian float64     `json:"central_meridian"`
	FalseEasting    float64     `json:"false_easting"`
	FalseNorthing   float64     `json:"false_northing"`
}

type storedField struct {
	Name     string `json:"name"`
	Alias    string `json:"alias,omitempty"`
	Type     string `json:"type"`
	Width    int    `json:"width"`
	Decimals int    `json:"decimals"`
}

// storedIssue is an issue of a layer. Early ones showed when the layer was
// opened and always do; late ones when a record was read.
type storedIssue struct {
	Severity geo.Severity `json:"severity"`
	File     string       `json:"file"`
	Message  geo.Text     `json:"message"`
	Early    []int        `json:"early,omitempty"`
	Late     []int        `json:"late,omitempty"`
	Whole    bool         `json:"whole,omitempty"` // of the layer, whatever is read of it
	First    int          `json:"first,omitempty"` // the record that it names, of one of the whole layer
}

func storeFields(fields []geo.Field) []storedField {
	out := make([]storedField, len(fields))
	for i, f := range fields {
		out[i] = storedField{f.Name, f.Alias, string(f.Type), f.Width, f.Decimals}
	}
	return out
}

func readFields(b []byte) ([]geo.Field, error) {
	var stored []storedField
	if err := json.Unmarshal(b, &stored); err != nil {
		return nil, err
	}
	out := make([]geo.Field, len(stored))
	for i, f := range stored {
		out[i] = geo.Field{Name: f.Name, Alias: f.Alias, Width: f.Width, Decimals: f.Decimals}
		if f.Type != "" {
			out[i].Type = geo.FieldType(f.Type[0])
		}
	}
	return out, nil
}

// odd is what layers that know their odd records one by one say of them.
type odd interface{ Issues() []geo.Issue }

// issues are a layer's; one that only gives notices has one issue for each.
func issues(l geo.Layer) []geo.Issue {
	if o, ok := l.(odd); ok {
		return o.Issues()
	}
	var list []geo.Issue
	for _, n := range l.Notices() {
		o := geo.Issue{Severity: n.Severity, File: n.File, Message: n.Message}
		if n.Record > 0 {
			o.Records = []int{n.Record}
		}
		list = append(list, o)
	}
	return list
}

// storeIssues tells what a layer said when it was opened from what it said
// once it had been read.
func storeIssues(l geo.Layer, before []geo.Issue) []storedIssue {
	_, grouped := l.(odd)
	stored := []storedIssue{}
	for _, o := range issues(l) {
		s := storedIssue{Severity: o.Severity, File: o.File, Message: o.Message, Late: o.Records}
		for _, b := range before {
			if b.File != o.File || b.Message != o.Message || !grouped && !slices.Equal(b.Records, o.Records) {
				continue
			}
			s.Early, s.Whole = b.Records, len(b.Records) == 0
			s.Late = slices.DeleteFunc(slices.Clone(o.Records), func(r int) bool {
				_, early := slices.BinarySearch(b.Records, r)
				return early
			})
		}
		stored = append(stored, s)
	}
	return stored
}

// notices are those that show once some records have been met.
func notices(stored []storedIssue, met map[int]bool, any bool) []geo.Notice {
	var list []geo.Notice
	for _, s := range stored {
		o := geo.Issue{Severity: s.Severity, File: s.File, Message: s.Message, Records: slices.Clone(s.Early)}
		for _, r := range s.Late {
			if met[r] {
				o.Records = append(o.Records, r)
			}
		}
		slices.Sort(o.Records)
		whole := s.Whole || any && len(s.Early)+len(s.Late) == 0
		if whole || len(o.Records) > 0 {
			n := o.Notice()
			if s.First > 0 {
				n.Record = s.First
			}
			list = append(list, n)
		}
	}
	return list
}

// corners is a box as four numbers, nil for an empty one.
func corners(b orb.Bound) []float64 {
	if !(b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1]) {
		return nil
	}
	return []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

func boundOf(c []float64) orb.Bound {
	if len(c) != 4 {
		return geo.Bound(nil)
	}
	return orb.Bound{Min: orb.Point{c[0], c[1]}, Max: orb.Point{c[2], c[3]}}
}
