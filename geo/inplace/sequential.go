package inplace

import "os"

const windowBytes = 8 << 20

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
	bringIn(p.File.Data[p.from:p.until])
}

// Leave gives back what is there.
func (p *Sequential) Leave() {
	if p.until > p.from {
		giveBack(p.File.Data[p.from:p.until])
	}
}
