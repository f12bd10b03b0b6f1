package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"landcheck/geo"
	"landcheck/rules/result"
)

// Baseline is what findings are held against: an earlier report, or those of
// several packages.
type Baseline struct {
	one     *result.Report
	several map[string]*result.Report // by the package's name
	// Together is what the plans did to each other then; nil where nobody asked.
	Together *result.Together
}

// Of is the earlier report of a package. One that the baseline does not hold, or
// that gave no verdict then, has an empty one: everything in it is new.
func (b *Baseline) Of(name string) *result.Report {
	if b.one != nil {
		return b.one
	}
	if r := b.several[name]; r != nil {
		return r
	}
	return &result.Report{}
}

// Several tells whether the baseline is of several packages.
func (b *Baseline) Several() bool { return b.one == nil }

// ReadBaseline reads a report or a summary. What is neither is a *geo.InputError
// without a file name, as from Read.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	in := bufio.NewReader(r)
	if head, _ := in.Peek(256); !bytes.Contains(head, []byte(`"`+BatchSchema+`"`)) {
		one, err := Read(in)
		return &Baseline{one: one}, err
	}
	var all struct {
		Packages []struct {
			Name   string          `json:"package"`
			Report json.RawMessage `json:"report"`
		} `json:"packages"`
		Together *result.Together `json:"together"`
	}
	if err := json.NewDecoder(io.LimitReader(in, maxReport)).Decode(&all); err != nil {
		return nil, unreadable(err)
	}
	b := &Baseline{several: map[string]*result.Report{}, Together: all.Together}
	for _, p := range all.Packages {
		if len(p.Report) == 0 {
			continue
		}
		one, err := Read(bytes.NewReader(p.Report))
		if err != nil {
			if f, ok := geo.AsInputError(err); ok {
				f.Field = p.Name + ": " + f.Field
			}
			return nil, err
		}
		b.several[p.Name] = one
	}
	return b, nil
}
