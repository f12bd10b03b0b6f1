package embedded

import (
	"bytes"
	"io"
	"iter"
	"slices"
)

type auditLine struct {
	text []byte
	end  int64 // after its newline
}

// chunk that backward reads at a time, in bytes.
const chunk = 64 << 10

// reverseLines yields the whole lines of the first size bytes, last line first;
// what follows the last newline is none.
func reverseLines(r io.ReaderAt, size int64) iter.Seq2[auditLine, error] {
	return func(yield func(auditLine, error) bool) {
		var held []byte // what was read and not yielded, beginning at start
		start, whole := size, false
		for start > 0 {
			n := min(start, chunk)
			part := make([]byte, n, int(n)+len(held))
			if _, err := r.ReadAt(part, start-n); err != nil {
				yield(auditLine{}, err)
				return
			}
			start -= n
			held = append(part, held...)
			for {
				// The newline before the line that ends held.
				last := len(held)
				if whole {
					last--
				}
				i := bytes.LastIndexByte(held[:max(last, 0)], '\n')
				if i < 0 {
					break
				}
				if whole && !yield(auditLine{slices.Clone(held[i+1 : len(held)-1]), start + int64(len(held))}, nil) {
					return
				}
				held, whole = held[:i+1], true
			}
		}
		if whole {
			yield(auditLine{held[:len(held)-1], int64(len(held))}, nil)
		}
	}
}
