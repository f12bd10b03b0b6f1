package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"landcheck/geo/guard"
	"landcheck/rules/result"
)

// chunks are a report cut up, to be laid out side by side and written in order:
// the text of a large one, 52 MB for 10 000 changes, never stands in memory as
// a whole.
type chunks struct {
	parts    [][]chunkPart // by piece
	size     int           // of the last piece, about
	outlines map[*result.Geometry]*outline
}

// outline is a geometry. Findings about the same faces share theirs, and its
// text.
type outline struct {
	findings int
	polygons []chunkPart
}

// chunkPart appends some of the report's text.
type chunkPart func(out []byte) ([]byte, error)

// chunkSize is about how long a piece is, in bytes.
const chunkSize = 1 << 17

// chunksOf gives what together is EncodeJSON of a report.
func chunksOf(r *result.Report) (*chunks, error) {
	p := chunks{outlines: map[*result.Geometry]*outline{}}
	for i := range r.Rules {
		for k := range r.Rules[i].Findings {
			if g := r.Rules[i].Findings[k].Geometry; p.outlines[g] != nil {
				p.outlines[g].findings++
			} else {
				p.outlines[g] = &outline{findings: 1}
			}
		}
	}
	frame := *r
	frame.Rules = []result.RuleResult{}
	before, after, err := around(&frame, "\n  \"rules\": [", 0)
	if err != nil {
		return nil, err
	}
	p.text(before)
	for i := range r.Rules {
		p.text(divider(i, "\n    "))
		if err := p.rule(&r.Rules[i]); err != nil {
			return nil, err
		}
	}
	if len(r.Rules) > 0 {
		p.text("\n  ")
	}
	p.text(after + "\n")
	return &p, nil
}

func (p *chunks) rule(r *result.RuleResult) error {
	frame := *r
	frame.Findings = []result.Finding{}
	before, after, err := around(&frame, "\n      \"findings\": [", 2)
	if err != nil {
		return err
	}
	p.text(before)
	for i := range r.Findings {
		p.text(divider(i, "\n        "))
		p.finding(&r.Findings[i])
	}
	if len(r.Findings) > 0 {
		p.text("\n      ")
	}
	p.text(after)
	return nil
}

// around lays out a value that holds an empty list, and gives what stands before
// and after its members. A line end never stands in a JSON string, so that the
// place is the only one.
func around(v any, list string, depth int) (before, after string, err error) {
	text, err := appendLayout(nil, v, depth)
	if err != nil {
		return "", "", err
	}
	before, after, found := strings.Cut(string(text), list+"]")
	if !found {
		return "", "", fmt.Errorf("report: no place for %s", list)
	}
	return before + list, "]" + after, nil
}

// finding is laid out without its geometry, which comes last and is nearly all
// of it.
func (p *chunks) finding(f *result.Finding) {
	const end = "\n        }"
	p.add(1000+200*len(f.Features)+8*len(f.Faces), func(out []byte) ([]byte, error) {
		frame := *f
		frame.Geometry = nil
		out, err := appendLayout(out, &frame, 4)
		if err == nil && f.Geometry != nil {
			out = append(bytes.TrimSuffix(out, []byte(end)), ",\n          \"geometry\": {\n            \"type\": \"MultiPolygon\",\n            \"coordinates\": ["...)
		}
		return out, err
	})
	if f.Geometry == nil {
		return
	}
	o := p.outlines[f.Geometry]
	for i, polygon := range f.Geometry.Polygons {
		size := 0
		for _, ring := range polygon {
			size += 30 * len(ring)
		}
		if i == len(o.polygons) {
			lay := func(out []byte) ([]byte, error) {
				return result.AppendPolygon(append(out, divider(i, "")...), polygon)
			}
			if o.findings > 1 {
				lay = kept(lay, size)
			}
			o.polygons = append(o.polygons, lay)
		}
		p.add(size, o.polygons[i])
	}
	p.text("]\n          }" + end)
}

// kept is a part that is laid out once.
func kept(lay chunkPart, size int) chunkPart {
	text := sync.OnceValues(func() ([]byte, error) { return lay(make([]byte, 0, size)) })
	return func(out []byte) ([]byte, error) {
		b, err := text()
		return append(out, b...), err
	}
}

// divider stands before the i-th member of a list.
func divider(i int, indent string) string {
	if i == 0 {
		return indent
	}
	return "," + indent
}

func (p *chunks) text(s string) {
	p.add(len(s), func(out []byte) ([]byte, error) { return append(out, s...), nil })
}

func (p *chunks) add(size int, lay chunkPart) {
	if p.size += size; len(p.parts) == 0 || p.size > chunkSize {
		p.parts, p.size = append(p.parts, nil), size
	}
	last := &p.parts[len(p.parts)-1]
	*last = append(*last, lay)
}

// write lays pieces out over all processors, each of which waits for its turn to
// write.
func (p *chunks) write(w io.Writer) error {
	turn := make([]chan struct{}, len(p.parts)+1)
	for i := range turn {
		turn[i] = make(chan struct{})
	}
	close(turn[0])
	var next atomic.Int64
	group, ctx := guard.WithContext(context.Background())
	for range min(runtime.GOMAXPROCS(0), len(p.parts)) {
		group.Go(func() error {
			var out []byte
			for i := int(next.Add(1)) - 1; i < len(p.parts); i = int(next.Add(1)) - 1 {
				var err error
				if out, err = layOut(out[:0], p.parts[i]); err != nil {
					return err
				}
				select {
				case <-turn[i]:
				case <-ctx.Done():
					return ctx.Err()
				}
				if _, err := w.Write(out); err != nil {
					return err
				}
				close(turn[i+1])
			}
			return nil
		})
	}
	return group.Wait()
}

func layOut(out []byte, parts []chunkPart) ([]byte, error) {
	var err error
	for _, lay := range parts {
		if out, err = lay(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}
