package geo

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// Where there is room for one input error, it tells of all: the first one's
// place, and the others in short.
func TestInputErrorsAsOne(t *testing.T) {
	slip := func(file string, line int) *InputError {
		return &InputError{File: file, Record: line, Column: 1, Message: Text{ZH: "错", EN: "wrong"}, Advice: Text{ZH: "改", EN: "mend"}, Excerpt: "a\n^"}
	}
	err := fmt.Errorf("reading: %w", InputErrors{slip("a.yaml", 1), slip("a.yaml", 2), slip("b.yaml", 3)})
	one, ok := AsInputError(err)
	if !ok || one.File != "a.yaml" || one.Record != 1 || one.Excerpt != "a\n^" || one.Message.EN != "wrong" {
		t.Fatalf("%+v", one)
	}
	if want := "mend; (2) line 2, column 1: wrong. mend; (3) b.yaml, line 3, column 1: wrong. mend"; one.Advice.EN != want {
		t.Errorf("%q", one.Advice.EN)
	}
	if want := "改；(2) 第 2 行第 1 列：错。改；(3) b.yaml，第 3 行第 1 列：错。改"; one.Advice.ZH != want {
		t.Errorf("%q", one.Advice.ZH)
	}
	var all InputErrors
	if !errors.As(err, &all) || len(all) != 3 || len(strings.Split(all.Error(), "\n")) != 3 {
		t.Errorf("%v", all)
	}
	for n, want := range map[int]string{22: "and 1 more", 99: "and 78 more", MaxInputErrors: "at least 79 more"} {
		var many InputErrors
		for i := range n {
			many = append(many, slip("a.yaml", i+1))
		}
		if got := many.One().Advice.EN; !strings.HasSuffix(got, want) {
			t.Errorf("%d: %s", n, got[len(got)-40:])
		}
	}
}
