package inplace

import (
	"bytes"
	"os"
	"testing"
)

// TestForgetOnlyWhatIsMapped: bytes that no file stands behind stay as they are,
// also where they fill pages.
func TestForgetOnlyWhatIsMapped(t *testing.T) {
	page := os.Getpagesize()
	held := make([]byte, 8*page)
	for at := range held {
		held[at] = 7
	}
	want := bytes.Clone(held)
	for from := 0; from < page; from += 16 { // one of these is the beginning of a page
		f := &File{Data: held[from:], Size: int64(len(held) - from)}
		f.Forget()
		way := Sequential{File: f}
		way.Reach(0)
		way.Leave()
	}
	if !bytes.Equal(held, want) {
		t.Error("bytes in memory were given away")
	}
}
