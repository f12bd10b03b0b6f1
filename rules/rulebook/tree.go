package rulebook

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/strictyaml"

	"go.yaml.in/yaml/v4"
)

// maxBook caps a rulebook file; the built-in ones are below 200 kB.
const maxBook = 4 << 20

// tree is a parsed rulebook: its nodes and the file that each came from.
type tree struct {
	root   *yaml.Node
	files  map[*yaml.Node]*strictyaml.Source
	faults geo.InputErrors // of a shape that can be read on past

	own        map[string]bool // ids of rules in the file itself, where it extends another; nil elsewhere
	overridden []override      // figures of rules that are set otherwise than the parent's
}

func (t *tree) place(n *yaml.Node) position {
	p := position{line: n.Line, col: n.Column}
	if file := t.files[n]; file != nil {
		p.file, p.source = file.Name, file
	}
	return p
}

// parse reads one YAML document without anchors or merges.
func parse(file string, data []byte) (*tree, error) {
	doc, err := strictyaml.Parse(file, data, strictyaml.Options{MaxBytes: maxBook})
	if err != nil {
		return nil, err
	}
	t := &tree{root: doc.Root().Node,
		files: make(map[*yaml.Node]*strictyaml.Source, min(4*bytes.Count(data, []byte("\n")), 1<<13))} // most lines hold a few nodes
	t.adopt(t.root, doc.Source)
	switch {
	case doc.Root().Null():
		return nil, position{file: file}.fault(geo.Text{ZH: "规则册是空的", EN: "the rulebook is empty"},
			geo.Text{ZH: "请至少写 id 和 extends", EN: "Write id and extends at least."})
	case t.root.Kind != yaml.MappingNode:
		return nil, doc.Root().Wrong(strictyaml.Mapping.ZH, strictyaml.Mapping.EN)
	}
	if errs, ok := doc.Err(nil).(geo.InputErrors); ok {
		t.faults = errs
	}
	return t, nil
}

// adopt notes the file of every node.
func (t *tree) adopt(n *yaml.Node, file *strictyaml.Source) {
	t.files[n] = file
	for _, c := range n.Content {
		t.adopt(c, file)
	}
}

// child finds the value of a key of a mapping.
func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// digest is the sha256 over a canonical form: mappings by key (of which none is
// there twice in a sound book), scalars by tag and value, no layout and no
// comments.
func (t *tree) digest() string {
	return fmt.Sprintf("sha256:%x", sha256.Sum256(canonical(nil, t.root)))
}

func canonical(to []byte, n *yaml.Node) []byte {
	switch n.Kind {
	case yaml.MappingNode:
		pairs := make([]int, 0, len(n.Content)/2) // a key's place in Content
		for i := 0; i+1 < len(n.Content); i += 2 {
			pairs = append(pairs, i)
		}
		slices.SortFunc(pairs, func(a, b int) int { return strings.Compare(n.Content[a].Value, n.Content[b].Value) })
		to = strconv.AppendInt(append(to, '{'), int64(len(pairs)), 10)
		for _, i := range pairs {
			to = append(strconv.AppendQuote(to, n.Content[i].Value), ':')
			to = canonical(to, n.Content[i+1])
		}
		return append(to, '}')
	case yaml.SequenceNode:
		to = strconv.AppendInt(append(to, '['), int64(len(n.Content)), 10)
		for _, c := range n.Content {
			to = canonical(to, c)
		}
		return append(to, ']')
	}
	return strconv.AppendQuote(append(to, n.ShortTag()...), n.Value)
}
