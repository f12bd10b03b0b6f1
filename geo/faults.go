package geo

import (
	"fmt"
	"strings"
)

// Faults is everything that is wrong with one input, in the order of the input;
// never empty. errors.As for a *Fault gets One.
type Faults []*Fault

// Error is one line for each fault, in English.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the faults one by one.
func (f Faults) Unwrap() []error {
	out := make([]error, len(f))
	for i, one := range f {
		out[i] = one
	}
	return out
}

// As gives errors.As one fault that tells of all.
func (f Faults) As(target any) bool {
	to, ok := target.(**Fault)
	if ok && len(f) > 0 {
		*to = f.One()
	}
	return ok && len(f) > 0
}

// One is a single fault for where there is room for one: the first one's place
// and problem, with the others, up to twenty of them, after its advice.
func (f Faults) One() *Fault {
	const most = 20
	one := *f[0]
	var zh, en strings.Builder
	for i, other := range f[1:] {
		if i == most {
			fmt.Fprintf(&zh, "；另有 %d 处", len(f)-1-most)
			fmt.Fprintf(&en, "; and %d more", len(f)-1-most)
			break
		}
		placed := *other
		if placed.File == one.File {
			placed.File = ""
		}
		t := placed.Text()
		fmt.Fprintf(&zh, "；(%d) %s", i+2, t.ZH)
		fmt.Fprintf(&en, "; (%d) %s", i+2, t.EN)
	}
	one.Advice = Text{ZH: one.Advice.ZH + zh.String(), EN: one.Advice.EN + en.String()}
	return &one
}
