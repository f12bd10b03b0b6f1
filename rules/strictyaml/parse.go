package strictyaml

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"landcheck/geo"
)

// Limits of a file.
const (
	// maxDepth caps nesting; a rulebook, the deepest of the four, needs 8.
	maxDepth = 32
	// maxValues is how many values a file may hold once its aliases are followed:
	// a list of a hundred thousand that is named a hundred thousand times is a
	// small file. A plan with a paper of each kind for a thousand villages has
	// twenty thousand.
	maxValues = 500_000
)

// Options of a kind of file.
type Options struct {
	MaxBytes int  // of a file
	Aliases  bool // whether anchors and aliases may stand in it
}

// Document is a file that has been parsed. Its reader takes it apart from Root
// and hands what it found wrong to Err.
type Document struct {
	*Source
	root   *yaml.Node
	left   int             // values that may still be read
	errors geo.InputErrors // what was found wrong with the file as such
	shut   bool            // it cannot be read on
}

// Parse reads a file of one YAML document; one that holds nothing is a null
// node. What cannot be read at all is geo.InputErrors; a key that stands twice is
// kept for Err, since the rest can be read on.
func Parse(file string, data []byte, o Options) (*Document, error) {
	if len(data) > o.MaxBytes {
		return nil, geo.InputErrors{{File: file,
			Message: geo.Textf("文件超过 %d 字节", "the file is larger than %d bytes", o.MaxBytes),
			Advice:  geo.Text{ZH: "请拆成几个文件，或去掉不用的内容", EN: "Split it, or drop what is not needed"}}}
	}
	text, wrong := decode(file, data)
	if wrong != nil {
		return nil, geo.InputErrors{wrong}
	}
	d := &Document{Source: newSource(file, text), left: maxValues,
		root: &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: 1, Column: 1}}
	if err := d.load(); err != nil {
		return nil, err
	}
	d.inspect(d.root, 0, o)
	if d.shut {
		return nil, d.Err(nil)
	}
	return d, nil
}

// load parses the text.
func (d *Document) load() error {
	loader, err := yaml.NewLoader(strings.NewReader(d.text))
	if err != nil {
		return err
	}
	var doc, more yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return geo.InputErrors{d.syntax(err)}
	}
	switch err := loader.Load(&more); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return geo.InputErrors{d.syntax(err)}
	default:
		return geo.InputErrors{d.InputError(more.Line, more.Column,
			geo.Text{ZH: "文件中有多个 YAML 文档", EN: "the file holds more than one YAML document"},
			geo.Text{ZH: "请只保留一个，去掉“---”及其后的内容", EN: "Keep one: drop the line --- and what follows it"})}
	}
	if len(doc.Content) == 1 {
		d.root = doc.Content[0]
	}
	return nil
}

// inspect looks at what is asked of every node, wherever it stands and whether
// or not a reader comes to it.
func (d *Document) inspect(n *yaml.Node, depth int, o Options) {
	if len(d.errors) >= geo.MaxInputErrors {
		return
	}
	if depth > maxDepth {
		d.refuse(n, geo.Text{ZH: "嵌套过深", EN: "nested too deeply"}, geo.Text{ZH: "请检查缩进和括号", EN: "Check indentation and brackets"})
		return
	}
	if !o.Aliases && (n.Anchor != "" || n.Kind == yaml.AliasNode) {
		d.refuse(n, geo.Text{ZH: "此文件不用 YAML 锚点与引用（& 和 *）", EN: "this file takes no YAML anchors and aliases (& and *)"},
			geo.Text{ZH: "请把内容写全；若本是文字，请加引号", EN: "Write the content out; put text that begins like this in quotes"})
	}
	if n.Kind == yaml.MappingNode {
		d.keys(n)
	}
	for _, c := range n.Content {
		d.inspect(c, depth+1, o)
	}
}

// keys notes keys that stand twice, and those that are no text.
func (d *Document) keys(n *yaml.Node) {
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && len(d.errors) < geo.MaxInputErrors; i += 2 {
		k := n.Content[i]
		switch line, twice := seen[k.Value]; {
		case k.Kind == yaml.AliasNode: // read as what it stands for
		case k.Kind != yaml.ScalarNode:
			d.refuse(k, geo.Text{ZH: "键应为文字", EN: "a key must be text"}, geo.Text{ZH: "请检查括号和引号", EN: "Check brackets and quotes"})
		case twice:
			d.errors = append(d.errors, d.InputError(k.Line, k.Column,
				geo.Textf("键“%s”重复，第 %d 行已有", "key %q stands twice, first on line %d", short(k.Value), line),
				geo.Text{ZH: "请删除其中一个", EN: "Delete one of them"}))
		default:
			seen[k.Value] = k.Line
		}
	}
}

func (d *Document) refuse(n *yaml.Node, problem, advice geo.Text) {
	d.shut = true
	d.errors = append(d.errors, d.InputError(n.Line, n.Column, problem, advice))
}

// Root is the file's content.
func (d *Document) Root() Node { return Node{Node: d.root, doc: d}.value() }

// Err is all that is wrong with the file, err of its reader included, in the
// order of the file, as geo.InputErrors; nil for nothing. An error that is about
// something else than the input comes back as it is.
func (d *Document) Err(err error) error { return Gather(d.errors, err) }

// short is text as a message quotes it.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
