package plan

import (
	"fmt"
	"strings"

	"landcheck/geo"
)

// mistakes are the input errors of one YAML file, in the order in which reading met
// them.
type mistakes struct{ all []*geo.InputError }

func (m *mistakes) add(err error) {
	switch e := err.(type) {
	case nil:
	case *mistakes:
		m.all = append(m.all, e.all...)
	default:
		if f, ok := geo.AsInputError(err); ok {
			m.all = append(m.all, f)
		}
	}
}

func (m *mistakes) err() error {
	if len(m.all) == 0 {
		return nil
	}
	return m
}

// Error is the first mistake; see input error for all of them.
func (m *mistakes) Error() string { return m.all[0].Error() }

// inputError is one input error that tells every mistake, the first as its own.
func (m *mistakes) inputError() *geo.InputError {
	const most = 20
	f := *m.all[0]
	if len(m.all) == 1 {
		return &f
	}
	var zh, en strings.Builder
	for i, other := range m.all[1:] {
		if i == most {
			fmt.Fprintf(&zh, "；另有 %d 处", len(m.all)-1-most)
			fmt.Fprintf(&en, "; and %d more", len(m.all)-1-most)
			break
		}
		placed := *other
		placed.File = ""
		t := placed.Text()
		fmt.Fprintf(&zh, "；(%d) %s", i+2, t.ZH)
		fmt.Fprintf(&en, "; (%d) %s", i+2, t.EN)
	}
	f.Advice = geo.Text{ZH: f.Advice.ZH + zh.String(), EN: f.Advice.EN + en.String()}
	return &f
}

// oneInputError makes one input error of what reading a YAML file gave.
func oneInputError(err error) error {
	if m, ok := err.(*mistakes); ok {
		return m.inputError()
	}
	return err
}
