package geo

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Caps on a well-known text. The deepest real one nests five levels and holds
// a few dozen nodes.
const (
	wktMaxBytes = 64 << 10
	wktMaxDepth = 16
)

// wktNode is KEYWORD["text", number, NODE[…], …], its parts sorted by kind.
type wktNode struct {
	keyword string
	texts   []string
	numbers []float64
	nodes   []wktNode
}

func (n wktNode) is(keyword string) bool { return strings.EqualFold(n.keyword, keyword) }

// child is the first node of a keyword directly below.
func (n wktNode) child(keyword string) (wktNode, bool) {
	for _, c := range n.nodes {
		if c.is(keyword) {
			return c, true
		}
	}
	return wktNode{}, false
}

// text is the node's name, "" if it has none.
func (n wktNode) text() string {
	if len(n.texts) == 0 {
		return ""
	}
	return n.texts[0]
}

func (n wktNode) number(i int) (float64, bool) {
	if i >= len(n.numbers) {
		return 0, false
	}
	return n.numbers[i], true
}

// readWKT reads the first node of a text. What follows it after a comma, such
// as the VERTCS that ArcGIS appends, is of no matter and left alone.
func readWKT(text string) (wktNode, error) {
	if len(text) > wktMaxBytes {
		return wktNode{}, fmt.Errorf("longer than %d bytes", wktMaxBytes)
	}
	r := wktReader{text: text}
	node, err := r.node(0)
	if err != nil {
		return wktNode{}, fmt.Errorf("byte %d: %w", r.at, err)
	}
	r.space()
	if r.at < len(text) && text[r.at] != ',' && text[r.at] != 0 {
		return wktNode{}, fmt.Errorf("byte %d: text after the end", r.at)
	}
	return node, nil
}

type wktReader struct {
	text string
	at   int
}

func (r *wktReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// next is the byte after white space, 0 at the end.
func (r *wktReader) next() byte {
	r.space()
	if r.at == len(r.text) {
		return 0
	}
	return r.text[r.at]
}

// word takes the bytes up to a delimiter.
func (r *wktReader) word() string {
	start := r.at
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n,[]()\"\x00", r.text[r.at]) < 0 {
		r.at++
	}
	return r.text[start:r.at]
}

func (r *wktReader) node(depth int) (wktNode, error) {
	if depth >= wktMaxDepth {
		return wktNode{}, errors.New("nested too deep")
	}
	r.space()
	n := wktNode{keyword: r.word()}
	if n.keyword == "" {
		return n, errors.New("a keyword is missing")
	}
	open := r.next()
	if open != '[' && open != '(' {
		return n, fmt.Errorf("no bracket after %q", shorten(n.keyword))
	}
	r.at++
	for {
		if err := r.part(&n, depth); err != nil {
			return n, err
		}
		switch c := r.next(); {
		case c == ',':
			r.at++
		case c == ']' && open == '[' || c == ')' && open == '(':
			r.at++
			return n, nil
		default:
			return n, errors.New("a comma or the closing bracket is missing")
		}
	}
}

// part reads a quoted text, a number, a bare word (an axis direction) or a node.
func (r *wktReader) part(n *wktNode, depth int) error {
	c := r.next()
	switch {
	case c == '"':
		s, err := r.quoted()
		n.texts = append(n.texts, s)
		return err
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		v, err := strconv.ParseFloat(r.word(), 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
			return errors.New("a number is wrong")
		}
		n.numbers = append(n.numbers, v)
		return nil
	}
	start := r.at
	if r.word() == "" {
		return errors.New("a value is missing")
	}
	if b := r.next(); b == '[' || b == '(' {
		r.at = start
		child, err := r.node(depth + 1)
		n.nodes = append(n.nodes, child)
		return err
	}
	return nil
}

// quoted reads a text in double quotes; two of them stand for one.
func (r *wktReader) quoted() (string, error) {
	var b strings.Builder
	for r.at++; r.at < len(r.text); r.at++ {
		if r.text[r.at] == '"' {
			if r.at+1 == len(r.text) || r.text[r.at+1] != '"' {
				r.at++
				return b.String(), nil
			}
			r.at++
		}
		b.WriteByte(r.text[r.at])
	}
	return "", errors.New("a quoted text does not end")
}
