package trial

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"landcheck/geo"
	"landcheck/rules"
)

// maxFile is far above any case that a person would read.
const maxFile = 1 << 20

// node is a piece of a case file that reads its parts strictly; what does not
// fit is a *geo.InputError with line and column.
type node struct {
	*yaml.Node
	file string
	path string // "pass.pbf_out[1]"
}

// parse reads one document; anchors are refused, since they hide what a trial
// says and can grow without bound.
func parse(file string, data []byte) (node, error) {
	top := node{Node: &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}, file: file}
	if len(data) > maxFile {
		return top, top.inputError(geo.Textf("文件超过 %d 字节", "the file is larger than %d bytes", maxFile),
			geo.Text{ZH: "请把试例拆成几个文件，或用真实方案包（规则名/pass）", EN: "Split it, or use real packages (RULE/pass)"})
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	err := d.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return top, nil
	}
	if err != nil {
		return top, syntax(file, err)
	}
	if len(doc.Content) == 1 {
		top.Node = doc.Content[0]
	}
	if err := top.plain(0); err != nil {
		return top, err
	}
	if err := d.Decode(&doc); !errors.Is(err, io.EOF) {
		return top, top.inputError(geo.Text{ZH: "文件中有多个 YAML 文档", EN: "the file holds more than one YAML document"},
			geo.Text{ZH: "请删去“---”之后的内容", EN: "Drop what follows the line ---"})
	}
	return top, nil
}

// maxDepth caps nesting: a polygon in a list under more needs 7.
const maxDepth = 32

// plain refuses anchors, keys that stand twice and endless nesting at any
// depth: what goes into plan.yaml is copied without being read here.
func (n node) plain(depth int) error {
	if depth > maxDepth {
		return n.inputError(geo.Text{ZH: "嵌套过深", EN: "nested too deeply"}, geo.Text{ZH: "请检查缩进和括号", EN: "Check indentation and brackets"})
	}
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		return n.inputError(geo.Text{ZH: "试例文件不用 YAML 锚点与引用", EN: "case files take no YAML anchors"},
			geo.Text{ZH: "请写出内容；相同部分放在 plan 或 cases.yaml", EN: "Write it out; what trials share goes under plan or into cases.yaml"})
	}
	seen := map[string]bool{}
	for i, c := range n.Content {
		child := node{c, n.file, n.path}
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if c.Kind == yaml.ScalarNode && seen[c.Value] {
				return child.inputError(geo.Textf("键“%s”重复", "key %q stands twice", short(c.Value)), geo.Text{ZH: "请删除其中一个", EN: "Delete one of them"})
			}
			seen[c.Value] = true
		}
		if err := child.plain(depth + 1); err != nil {
			return err
		}
	}
	return nil
}

func syntax(file string, err error) *geo.InputError {
	line, problem := rules.YAMLError(err)
	return &geo.InputError{File: file, Record: line, Column: 1, Err: err,
		Message: geo.Text{ZH: "YAML 语法错误：" + problem, EN: "YAML syntax error: " + problem},
		Advice:  geo.Text{ZH: "请检查缩进（只用空格）、冒号后的空格和引号", EN: "Check indentation (spaces only), the space after each colon, and quotes"}}
}

func (n node) inputError(problem, advice geo.Text) *geo.InputError {
	return &geo.InputError{File: n.file, Record: max(1, n.Line), Column: max(1, n.Column), Field: n.path, Message: problem, Advice: advice}
}

func (n node) wrong(zh, en string) *geo.InputError {
	return n.inputError(geo.Text{ZH: "此处应为" + zh, EN: "expected " + en}, geo.Text{ZH: "请改为" + zh, EN: "Write " + en + " here"})
}

func (n node) null() bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// entries reads a mapping in the order of the file.
func (n node) entries(each func(key string, k, v node) error) error {
	if n.null() {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return n.wrong("键值表（key: value）", "a mapping (key: value)")
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := node{n.Content[i], n.file, n.path}
		if k.Kind != yaml.ScalarNode {
			return k.wrong("文字键", "a plain key")
		}
		path := k.Value
		if n.path != "" {
			path = n.path + "." + path
		}
		if err := each(k.Value, k, node{n.Content[i+1], n.file, path}); err != nil {
			return err
		}
	}
	return nil
}

// fields reads a mapping with the keys given.
func (n node) fields(known map[string]func(node) error) error {
	return n.entries(func(key string, k, v node) error {
		if read, ok := known[key]; ok {
			return read(v)
		}
		return k.unknown(slices.Sorted(maps.Keys(known)))
	})
}

func (n node) unknown(known []string) *geo.InputError {
	list := strings.Join(known, ", ")
	return n.inputError(geo.Textf("未知的键“%s”", "unknown key %q", short(n.Value)), geo.Textf("可用的键：%s", "The keys here are %s", list))
}

func (n node) items(each func(node) error) error {
	if n.null() {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return n.wrong("列表（每项以“- ”开头）", "a list (each item starts with \"- \")")
	}
	for i, c := range n.Content {
		if err := each(node{c, n.file, fmt.Sprintf("%s[%d]", n.path, i+1)}); err != nil {
			return err
		}
	}
	return nil
}

// text is a value as written: a code without quotes stays a code.
func (n node) text() (string, error) {
	if n.Kind != yaml.ScalarNode || n.null() {
		return "", n.wrong("文字", "text")
	}
	return strings.TrimSpace(n.Value), nil
}

// texts is a list of values as written.
func (n node) texts() ([]string, error) {
	out := []string{}
	err := n.items(func(item node) error {
		s, err := item.text()
		out = append(out, s)
		return err
	})
	return out, err
}

// number reads a plain decimal; ParseFloat alone would take Inf and 0x1p-2.
func (n node) number() (float64, error) {
	v, err := n.text()
	if err != nil {
		return 0, err
	}
	x, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsInf(x, 0) || strings.Trim(v, "0123456789+-.eE") != "" {
		return 0, n.wrong("数字", "a number")
	}
	return x, nil
}

// both reads {zh, en}.
func (n node) both() (geo.Text, error) {
	var t geo.Text
	into := func(s *string) func(node) error {
		return func(v node) (err error) { *s, err = v.text(); return err }
	}
	err := n.fields(map[string]func(node) error{"zh": into(&t.ZH), "en": into(&t.EN)})
	if err == nil && (t.ZH == "" || t.EN == "") {
		err = n.wrong("{zh: …, en: …} 两种文字", "{zh: …, en: …}, both")
	}
	return t, err
}

func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
