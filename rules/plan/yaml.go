package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"landcheck/geo"
)

// node is a piece of a YAML file that reads its parts strictly: an unknown or
// repeated key, or a value of the wrong kind, is a *geo.InputError with line and
// column; reading goes on after one, so that all are told at once.
type node struct {
	*yaml.Node
	file string
	path string // "layers.pbf_out"; "" at the top
	left *int   // values that may still be read, in the file as a whole
}

// mostValues is how many values a file may hold once its aliases are followed:
// a list of a hundred thousand that is named a hundred thousand times is a
// small file. A plan with a paper of each kind for a thousand villages has
// twenty thousand.
const mostValues = 500_000

// spend takes a value off what may still be read.
func (n node) spend() error {
	if n.left == nil {
		return nil
	}
	if *n.left--; *n.left >= 0 {
		return nil
	}
	return n.inputError(geo.Textf("文件中的值（按别名展开后）超过 %d 个", "the file holds more than %d values once its aliases are followed", mostValues),
		geo.Text{ZH: "请不要用别名重复长列表", EN: "Do not repeat long lists by aliases"})
}

// parseYAML reads one document. An empty file is a null node.
func parseYAML(file string, data []byte) (node, error) {
	if !utf8.Valid(data) {
		return node{}, &geo.InputError{
			File:    file,
			Message: geo.Text{ZH: "不是 UTF-8 文本", EN: "the text is not UTF-8"},
			Advice:  geo.Text{ZH: "请以 UTF-8 编码保存", EN: "Save it as UTF-8"},
		}
	}
	top := node{Node: &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: 1, Column: 1}, file: file, left: new(int)}
	*top.left = mostValues
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	err := d.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return top, nil
	}
	if err != nil {
		return node{}, syntaxInputError(file, err)
	}
	if d.Decode(&more) == nil {
		n := node{Node: &more, file: file}
		return node{}, n.inputError(
			geo.Text{ZH: "文件中有多个 YAML 文档", EN: "the file holds more than one YAML document"},
			geo.Text{ZH: "请只保留一个，去掉“---”之后的内容", EN: "Keep one: drop what follows the line ---"})
	}
	if len(doc.Content) == 1 {
		top.Node = doc.Content[0]
	}
	return top, nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?`)

// countsFromNought tells the parser's messages, whose lines count from 0, from
// the scanner's.
var countsFromNought = regexp.MustCompile(`did not find expected (?:node content|key|'-' indicator|',' or|<)`)

func syntaxInputError(file string, err error) *geo.InputError {
	text := err.Error()
	f := &geo.InputError{File: file, Err: err, Advice: geo.Text{
		ZH: "请检查缩进（只用空格）、冒号后的空格和引号", EN: "Check indentation (spaces only), the space after each colon, and quotes"}}
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		text = text[len(m[0]):]
		line, err := strconv.Atoi(m[1])
		if countsFromNought.MatchString(text) {
			line++
		}
		if err == nil {
			f.Record, f.Column = line, 1
		}
	}
	f.Message = geo.Text{ZH: "YAML 语法错误：" + text, EN: "YAML syntax error: " + text}
	return f
}

func (n node) inputError(problem, advice geo.Text) *geo.InputError {
	return &geo.InputError{
		File: n.file, Record: max(1, n.Line), Column: max(1, n.Column), Field: n.path,
		Message: problem, Advice: advice,
	}
}

// value follows an alias to what it stands for.
func (n node) value() node {
	for range 8 {
		if n.Kind != yaml.AliasNode || n.Alias == nil {
			break
		}
		n.Node = n.Alias
	}
	return n
}

func (n node) null() bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func (n node) at(key string) string {
	if n.path == "" {
		return key
	}
	return n.path + "." + key
}

// fields reads a mapping with the keys given; each is called with its value.
// A key without a value is left out.
func (n node) fields(known map[string]func(node) error, order []string) error {
	return n.entries(func(key string, k, v node) error {
		read, ok := known[key]
		if !ok {
			return k.unknown(key, order)
		}
		if v.null() {
			return nil
		}
		return read(v)
	})
}

func (n node) unknown(key string, known []string) error {
	advice := geo.Text{
		ZH: "可用的键：" + strings.Join(known, ", "),
		EN: "The keys here are " + strings.Join(known, ", "),
	}
	if near := nearest(key, known); near != "" {
		advice = geo.Textf("是否应为“%[1]s”？%[2]s", "Did you mean %[1]s? %[3]s", near, advice.ZH, advice.EN)
	}
	return n.inputError(geo.Textf("未知的键“%s”", "unknown key %q", shorten(key)), advice)
}

// entries reads a mapping key by key, in the order of the file.
func (n node) entries(each func(key string, k, v node) error) error {
	n = n.value()
	if n.null() {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return n.wrong("键值表（key: value）", "a mapping (key: value)")
	}
	seen := map[string]int{}
	var wrong mistakes
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := node{Node: n.Content[i], file: n.file, path: n.path}
		if k.value().Kind != yaml.ScalarNode {
			wrong.add(k.wrong("文字键", "a plain key"))
			continue
		}
		key := k.value().Value
		if line, ok := seen[key]; ok {
			wrong.add(k.inputError(geo.Textf("键“%s”重复，第 %d 行已有", "key %q stands twice, first on line %d", shorten(key), line),
				geo.Text{ZH: "请删除其中一个", EN: "Delete one of them"}))
			continue
		}
		seen[key] = k.Line
		v := node{Node: n.Content[i+1], file: n.file, path: n.at(key), left: n.left}
		if err := n.spend(); err != nil {
			return err
		}
		wrong.add(each(key, k, v.value()))
	}
	return wrong.err()
}

// items reads a list.
func (n node) items(each func(node) error) error {
	if n.Kind != yaml.SequenceNode {
		return n.wrong("列表（每项以“- ”开头）", "a list (each item starts with \"- \")")
	}
	var wrong mistakes
	for i, c := range n.Content {
		item := node{Node: c, file: n.file, path: fmt.Sprintf("%s[%d]", n.path, i+1), left: n.left}
		if err := n.spend(); err != nil {
			return err
		}
		wrong.add(each(item.value()))
	}
	return wrong.err()
}

// text reads a value as written: a code without quotes stays a code.
func (n node) text() (string, error) {
	if n.Kind != yaml.ScalarNode {
		return "", n.wrong("文字", "text")
	}
	return strings.TrimSpace(n.Value), nil
}

func (n node) number() (float64, error) {
	v, err := n.text()
	if err != nil {
		return 0, err
	}
	f, ok := parseNumber(v)
	if !ok || !f.Known {
		return 0, n.wrong("数字", "a number")
	}
	return f.Value, nil
}

func (n node) wrong(zh, en string) *geo.InputError {
	found := geo.Text{ZH: "列表", EN: "a list"}
	switch n.Kind {
	case yaml.MappingNode:
		found = geo.Text{ZH: "键值表", EN: "a mapping"}
	case yaml.ScalarNode:
		v := shorten(n.Value)
		found = geo.Text{ZH: "“" + v + "”", EN: strconv.Quote(v)}
	}
	return n.inputError(
		geo.Text{ZH: "此处应为" + zh + "，现为" + found.ZH, EN: "expected " + en + ", found " + found.EN},
		geo.Text{ZH: "请改为" + zh, EN: "Write " + en + " here"})
}
