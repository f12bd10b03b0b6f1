package room_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"landcheck/rules/room"
)

// TestSameOnAnyProcessors: how many work on it does not show.
func TestSameOnAnyProcessors(t *testing.T) {
	base := lackingCounty(t, "")
	one, four := survey(t, room.Request{Base: base, Jobs: 1}), survey(t, room.Request{Base: base, Jobs: 4})
	if len(one.In) == 0 || len(one.Out) == 0 || !reflect.DeepEqual(one.In, four.In) || !reflect.DeepEqual(one.Out, four.Out) || !reflect.DeepEqual(one.Townships, four.Townships) {
		t.Error("one processor and four find different land")
	}
}

// TestSurveyEnds: whoever stops waiting is answered at once, with why.
func TestSurveyEnds(t *testing.T) {
	base := lackingCounty(t, "")
	gone := errors.New("nobody waits")
	for _, after := range []time.Duration{0, time.Millisecond, 5 * time.Millisecond} {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(after, func() { cancel(gone) })
		if after == 0 {
			cancel(gone)
		}
		r, err := room.Survey(ctx, room.Request{Base: base, Book: defaultBook(t)})
		if after == 0 && err == nil || err != nil && !errors.Is(err, gone) && !errors.Is(err, context.Canceled) || err == nil && r == nil {
			t.Errorf("after %v: %v", after, err)
		}
		cancel(nil)
	}
}
