package inplace

import (
	"os"
	"syscall"
)

const (
	windowBytes  = 8 << 20
	populateRead = 22 // MADV_POPULATE_READ, since Linux 5.14; advice that older ones refuse
)

// Sequential is a reading that goes through a file from front to back. The next
// pages are brought in by one call instead of by a fault for every few, and
// those behind are given back, so that a county never counts as memory.
type Sequential struct {
	File        *File
	from, until int64 // what is there
}

// Reach prepares for what follows an offset.
func (p *Sequential) Reach(offset int64) {
	if offset < p.until || offset >= p.File.Size || p.File.Source == nil { // without a file the bytes are somebody else's
		return
	}
	p.Leave()
	p.from = offset &^ int64(os.Getpagesize()-1)
	p.until = min(p.from+windowBytes, p.File.Size)
	_ = syscall.Madvise(p.File.Data[p.from:p.until], populateRead)
}

// Leave gives back what is there.
func (p *Sequential) Leave() {
	if p.until > p.from {
		_ = syscall.Madvise(p.File.Data[p.from:p.until], syscall.MADV_DONTNEED)
	}
}
