package geo

import (
	"fmt"
	"strings"
)

// MaxInputErrors is how many errors of one input are told: of a file of nothing but
// mistakes its first hundred.
const MaxInputErrors = 100

// InputErrors is everything that is wrong with one input, in the order of the input;
// never empty, MaxInputErrors at most. errors.As for a *InputError gets One.
type InputErrors []*InputError

// Error is one line for each error, in English.
func (f InputErrors) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the errors one by one.
func (f InputErrors) Unwrap() []error {
	out := make([]error, len(f))
	for i, one := range f {
		out[i] = one
	}
	return out
}

// As gives errors.As one error that tells of all.
func (f InputErrors) As(target any) bool {
	to, ok := target.(**InputError)
	if ok && len(f) > 0 {
		*to = f.One()
	}
	return ok && len(f) > 0
}

// One is a single error for where there is room for one: the first one's place
// and problem, with the others, up to twenty of them, after its advice.
func (f InputErrors) One() *InputError {
	const most = 20
	one := *f[0]
	var zh, en strings.Builder
	for i, other := range f[1:] {
		if i == most {
			left := Textf("；另有 %d 处", "; and %d more", len(f)-1-most)
			if len(f) == MaxInputErrors {
				left = Textf("；至少另有 %d 处", "; and at least %d more", len(f)-1-most)
			}
			zh.WriteString(left.ZH)
			en.WriteString(left.EN)
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
