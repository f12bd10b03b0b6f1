package geojson

import "landcheck/geo"

// positions counts the positions of each shape in the bytes of a file while its
// encoding is told, at a hundredth of the cost of reading them: a shape of too many
// is refused before any is read. It is a writer that knows brackets, quotes and
// digits, which are the same bytes in UTF-8 and GBK.
type positions struct {
	most    int
	count   int // arrays that end in a number, since the last quote or brace
	last    byte
	offset  int64
	depth   int // of brackets outside texts
	record  int // objects that began in an array of the outermost object
	in      bool
	escaped bool
	unsure  bool // whether a backslash is half a character: then record is not known
}

// Write fails at the first position that is one too many.
func (p *positions) Write(text []byte) (int, error) {
	for i, c := range text {
		if p.in {
			p.text(c)
			p.last = c
			continue
		}
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '"':
			p.in, p.count = true, 0
		case '[':
			p.depth++
		case '{':
			if p.count = 0; p.depth == 2 {
				p.record++
			}
			p.depth++
		case '}':
			p.depth, p.count = p.depth-1, 0
		case ']':
			if p.depth--; p.last >= '0' && p.last <= '9' {
				if p.count++; p.count > p.most {
					p.offset += int64(i + 1)
					return i, p.tooMany()
				}
			}
		}
		p.last = c
	}
	p.offset += int64(len(text))
	return len(text), nil
}

// text is a byte of a text.
func (p *positions) text(c byte) {
	switch {
	case p.escaped:
		p.escaped = false
	case c == '\\':
		p.escaped = true
		p.unsure = p.unsure || p.last >= 0x80
	case c == '"':
		p.in = false
	}
}

func (p *positions) tooMany() error {
	f := geo.TooMany(geo.VerticesOfShape, p.most)
	f.Offset = p.offset
	if !p.unsure {
		f.Record = p.record
	}
	return f
}
