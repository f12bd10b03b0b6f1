package store_test

import (
	"errors"
	"fmt"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
)

// TestAdviceOfTheService: what a check lacks is asked for as the service is
// given it, never by a flag.
func TestAdviceOfTheService(t *testing.T) {
	for in, want := range map[geo.Input]geo.Text{
		"":                  {ZH: "改正", EN: "Correct it"},
		geo.SystemInput:     {ZH: "改正", EN: "Correct it"},
		geo.BaseInput:       {ZH: "改正。底图由管理员提供：请联系管理员", EN: "Correct it. Base data is the administrator's to provide: ask for it"},
		geo.SubProjectInput: {ZH: "改正。请更正核查请求的 subprojects", EN: "Correct it. Correct subprojects of the order"},
	} {
		f := &geo.InputError{Message: geo.Text{ZH: "错", EN: "wrong"}, Advice: geo.Text{ZH: "改正", EN: "Correct it"}, Wants: in}
		if got := store.ProblemOf(fmt.Errorf("check: %w", errors.Join(f))); got.Advice != want {
			t.Errorf("%s: %+v, want %+v", in, got.Advice, want)
		}
	}
}
