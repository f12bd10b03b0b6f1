package geopackage

import (
	"encoding/binary"
	"errors"
	"io"
)

// pages reads the rows of a table straight from the pages of the database
// (sqlite.org/fileformat2.html). SQL gives the same rows at ten times the cost,
// too much for looking at every shape of a county before its first question
// (BenchmarkIndex); whatever this reader does not expect it leaves to SQL.
type pages struct {
	file    io.ReaderAt
	size    int // bytes a page
	usable  int // without what is reserved at its end
	count   int // pages of the file
	windows [2]window
	payload []byte // of a row that does not fit its page
	types   []column64
}

// window is a run of pages held in memory: leaves lie in sequence, and so do
// the pages that long shapes run over into.
type window struct {
	first, pages int
	data         []byte
}

const windowPages = 64

var errPages = errors.New("geopackage: pages of an unexpected form")

// openPages reads the header.
func openPages(file io.ReaderAt, bytes int64) (*pages, error) {
	head := make([]byte, 100)
	if _, err := file.ReadAt(head, 0); err != nil {
		return nil, err
	}
	p := &pages{file: file, size: int(binary.BigEndian.Uint16(head[16:]))}
	if p.size == 1 {
		p.size = 65536
	}
	p.usable = p.size - int(head[20])
	if string(head[:16]) != magic || p.size < 512 || p.size&(p.size-1) != 0 || p.usable < 480 {
		return nil, errPages
	}
	p.count = int(bytes / int64(p.size))
	return p, nil
}

// page gives a page by its number, from 1; it holds until the next call with
// the same window.
func (p *pages) page(of, n int) ([]byte, error) {
	if n < 1 || n > p.count {
		return nil, errPages
	}
	w := &p.windows[of]
	if n < w.first || n >= w.first+w.pages {
		w.first, w.pages = n, min(windowPages, p.count-n+1)
		if need := w.pages * p.size; cap(w.data) < need {
			w.data = make([]byte, need)
		}
		w.data = w.data[:w.pages*p.size]
		if _, err := p.file.ReadAt(w.data, int64(n-1)*int64(p.size)); err != nil {
			w.pages = 0
			return nil, err
		}
	}
	at := (n - w.first) * p.size
	return w.data[at : at+p.size], nil
}

// The kinds of page of a table's tree.
const (
	interiorTable = 0x05
	leafTable     = 0x0d
)

// rows visits every row of the table whose tree has its root at a page, in
// order of row numbers.
func (p *pages) rows(root int, visit func(id int64, r record) error) error {
	leaves, err := p.leaves(root)
	if err != nil {
		return err
	}
	left := 2 * p.count * p.size // pages that lead back into each other have no end
	for _, n := range leaves {
		page, err := p.page(0, n)
		if err != nil {
			return err
		}
		cells, err := cellsOf(page, n, 8)
		if err != nil {
			return err
		}
		for i := 0; i < len(cells); i += 2 {
			at := int(binary.BigEndian.Uint16(cells[i:]))
			id, payload, err := p.cell(page, at)
			if err != nil {
				return err
			}
			if left -= len(payload); left < 0 {
				return errPages
			}
			r, err := p.record(payload)
			if err != nil {
				return err
			}
			if err := visit(id, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// leaves lists a tree's leaf pages in order.
func (p *pages) leaves(root int) ([]int, error) {
	type step struct{ page, depth int }
	var leaves []int
	todo := []step{{root, 0}}
	for seen := 0; len(todo) > 0; seen++ {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen > p.count || s.depth > 20 { // a tree has no page twice
			return nil, errPages
		}
		page, err := p.page(1, s.page)
		if err != nil {
			return nil, err
		}
		body := page
		if s.page == 1 {
			body = page[100:]
		}
		switch body[0] {
		case leafTable:
			leaves = append(leaves, s.page)
			continue
		case interiorTable:
		default:
			return nil, errPages
		}
		cells, err := cellsOf(page, s.page, 12)
		if err != nil {
			return nil, err
		}
		todo = append(todo, step{int(binary.BigEndian.Uint32(body[8:])), s.depth + 1})
		for i := len(cells) - 2; i >= 0; i -= 2 {
			at := int(binary.BigEndian.Uint16(cells[i:]))
			if at+4 > len(page) {
				return nil, errPages
			}
			todo = append(todo, step{int(binary.BigEndian.Uint32(page[at:])), s.depth + 1})
		}
		if len(leaves)+len(todo) > p.count {
			return nil, errPages
		}
	}
	return leaves, nil
}

// cellsOf is the array of places of a page's cells, two bytes each.
func cellsOf(page []byte, number, header int) ([]byte, error) {
	start := 0
	if number == 1 {
		start = 100
	}
	n := int(binary.BigEndian.Uint16(page[start+3:]))
	if want := page[start]; header == 8 && want != leafTable || start+header+2*n > len(page) {
		return nil, errPages
	}
	return page[start+header : start+header+2*n], nil
}

// cell reads a leaf's cell: row number and payload, gathered from the pages
// that it runs over into.
func (p *pages) cell(page []byte, at int) (id int64, payload []byte, err error) {
	if at >= p.usable {
		return 0, nil, errPages
	}
	rest := page[at:p.usable]
	length, n := varint(rest)
	key, m := varint(rest[n:])
	if n == 0 || m == 0 || length < 0 || length > longestValue+1<<20 {
		return 0, nil, errPages
	}
	rest = rest[n+m:]
	total := int(length)
	if total <= p.usable-35 {
		if total > len(rest) {
			return 0, nil, errPages
		}
		return key, rest[:total], nil
	}
	least := (p.usable-12)*32/255 - 23
	local := least + (total-least)%(p.usable-4)
	if local > p.usable-35 {
		local = least
	}
	if local+4 > len(rest) {
		return 0, nil, errPages
	}
	next := int(binary.BigEndian.Uint32(rest[local:]))
	p.payload = append(p.payload[:0], rest[:local]...)
	for len(p.payload) < total {
		over, err := p.page(1, next)
		if err != nil {
			return 0, nil, err
		}
		next = int(binary.BigEndian.Uint32(over))
		p.payload = append(p.payload, over[4:4+min(p.usable-4, total-len(p.payload))]...)
	}
	return key, p.payload, nil
}
