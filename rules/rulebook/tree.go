package rulebook

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"

	"go.yaml.in/yaml/v3"
)

// maxBook caps a rulebook file; the built-in ones are below 200 kB.
const maxBook = 4 << 20

// maxDepth caps nesting: the schema needs 8.
const maxDepth = 32

// tree is a parsed rulebook: its nodes and the file that each came from.
type tree struct {
	root   *yaml.Node
	files  map[*yaml.Node]*sourceText
	faults []*geo.InputError // of a shape that can be read on past

	own        map[string]bool // ids of rules in the file itself, where it extends another; nil elsewhere
	overridden []override      // figures of rules that are set otherwise than the parent's
}

func (t *tree) place(n *yaml.Node) position {
	return position{file: t.files[n].file(), line: n.Line, col: n.Column}
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// countsFromNought is what the YAML parser says with a line counted from 0;
// all else it says, its scanner says, with lines counted from 1.
var countsFromNought = regexp.MustCompile(`did not find expected (?:node content|key|'-' indicator|',' or|<)`)

// YAMLError takes a syntax error of the YAML parser apart: the line, counted
// from 1, and what is wrong there. Errors without a line are of line 1.
func YAMLError(err error) (line int, problem string) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	problem = err.Error()[len(m[0]):]
	line, _ = strconv.Atoi(m[1])
	if line > 0 && countsFromNought.MatchString(problem) {
		line++
	}
	return max(1, line), problem
}

// parse reads one YAML document without anchors, duplicate keys or merges.
func parse(file string, data []byte) (*tree, error) {
	whole := position{file: file}
	if len(data) > maxBook {
		return nil, whole.faultf("规则库超过 %d 字节", "the rulebook is larger than %d bytes", maxBook)
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, whole.faultf("规则库是空的", "the rulebook is empty")
		}
		line, problem := YAMLError(err)
		whole.line, whole.col = line, 1
		f := whole.faultf("不是有效的 YAML：%s", "not valid YAML: %s", problem)
		f.Err = err
		return nil, f
	}
	var more yaml.Node
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, whole.faultf("规则库只能有一个 YAML 文档", "a rulebook is one YAML document")
	}
	t := &tree{files: make(map[*yaml.Node]*sourceText, min(4*bytes.Count(data, []byte("\n")), 1<<13))} // most lines hold a few nodes
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, whole.faultf("规则库是空的", "the rulebook is empty")
	}
	t.root = doc.Content[0]
	if err := t.adopt(t.root, &sourceText{file, string(data)}, 0); err != nil {
		return nil, err
	}
	if t.root.Kind != yaml.MappingNode {
		return nil, t.place(t.root).faultf("规则库应为键值映射", "a rulebook is a mapping of keys to values")
	}
	return t, nil
}

// adopt notes the file of every node and refuses what the format does not use.
func (t *tree) adopt(n *yaml.Node, file *sourceText, depth int) error {
	t.files[n] = file
	at := t.place(n)
	if depth > maxDepth {
		return at.faultf("嵌套过深", "nested too deeply")
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return at.fault(geo.Text{ZH: "规则库不使用 YAML 锚点和引用", EN: "rulebooks do not use YAML anchors and aliases"},
			geo.Text{ZH: "请把内容写全", EN: "Write the content out."})
	}
	if n.Kind == yaml.MappingNode {
		seen := make(map[string]bool, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			t.files[k] = file
			if k.Kind != yaml.ScalarNode {
				return t.place(k).faultf("键应为文本", "a key must be text")
			}
			if seen[k.Value] {
				t.faults = append(t.faults, t.place(k).faultf("键“%s”重复", "key %q is given twice", k.Value))
			}
			seen[k.Value] = true
		}
	}
	for _, c := range n.Content {
		if err := t.adopt(c, file, depth+1); err != nil {
			return err
		}
	}
	return nil
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
