package strictyaml

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"landcheck/geo"
	"landcheck/rules/spelling"
)

// Node is a piece of a document.
type Node struct {
	*yaml.Node
	doc  *Document
	path string // "layers.pbf_out", "prior[2].township"; "" at the top
}

// Given tells a node from none.
func (n Node) Given() bool { return n.Node != nil }

// Null tells a value that is not there: nothing after the colon, ~ or null.
func (n Node) Null() bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// List tells a list.
func (n Node) List() bool { return n.Kind == yaml.SequenceNode }

// Scalar tells a value that is neither list nor mapping, null included.
func (n Node) Scalar() bool { return n.Kind == yaml.ScalarNode }

// InputError is about this piece.
func (n Node) InputError(problem, advice geo.Text) *geo.InputError {
	f := n.doc.InputError(n.Line, n.Column, problem, advice)
	f.Field = n.path
	return f
}

// At gives an input error that knows no place the one of this piece.
func (n Node) At(f *geo.InputError) *geo.InputError { return n.InputError(f.Message, f.Advice) }

// Wrong is the input error of a piece that should be something else.
func (n Node) Wrong(zh, en string) *geo.InputError { return n.InputError(Expected(n.Node, zh, en)) }

// Mapping and List are what a piece may have to be.
var (
	Mapping = geo.Text{ZH: "键值表（key: value）", EN: "a mapping (key: value)"}
	List    = geo.Text{ZH: "列表（每项以“- ”开头）", EN: "a list (each item starts with \"- \")"}
)

// Expected are the words about a piece that should be something else.
func Expected(n *yaml.Node, zh, en string) (message, advice geo.Text) {
	found := geo.Text{ZH: "列表", EN: "a list"}
	advice = geo.Text{ZH: "请改为" + zh, EN: "Write " + en + " here"}
	switch {
	case n.Kind == yaml.MappingNode:
		found = geo.Text{ZH: "键值表", EN: "a mapping"}
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		found = geo.Text{ZH: "空值", EN: "nothing"}
	case n.Kind == yaml.ScalarNode:
		v := geo.Printable(short(n.Value))
		found = geo.Text{ZH: "“" + v + "”", EN: strconv.Quote(v)}
		if strings.Contains(n.Value, "：") {
			advice = halfWidth(advice)
		}
	}
	return geo.Text{ZH: "此处应为" + zh + "，现为" + found.ZH, EN: "expected " + en + ", found " + found.EN}, advice
}

// Unknown is the input error of a word that is none of those known, with the
// likely one.
func (n Node) Unknown(zh, en, word string, known []string) *geo.InputError {
	return n.InputError(Unknown(zh, en, word), Suggest(word, known))
}

// Unknown are the words about a word that is none of those known.
func Unknown(zh, en, word string) geo.Text {
	return geo.Textf("未知的%[1]s“%[3]s”", "unknown %[2]s %[4]q", zh, en, short(word), short(word))
}

// UnknownKey is the input error of a key that is none of those known.
func (n Node) UnknownKey(key string, known []string) *geo.InputError {
	f := n.Unknown("键", "key", key, known)
	if strings.Contains(key, "：") {
		f.Advice = halfWidth(f.Advice)
	}
	return f
}

// halfWidth goes before an advice about text that has a full-width colon.
func halfWidth(advice geo.Text) geo.Text {
	return geo.Text{ZH: "冒号请用半角“: ”，其后空一格。" + advice.ZH, EN: "Colons are half-width, with a space after them. " + advice.EN}
}

// Suggest is the advice about a misspelt word: the likely one, else those there
// are.
func Suggest(word string, known []string) geo.Text {
	const most = 30
	list := strings.Join(known[:min(len(known), most)], ", ")
	if len(known) > most {
		list += ", …"
	}
	near := spelling.Nearest(word, known)
	switch {
	case len(known) == 0:
		return geo.Text{}
	case near != "" && len(known) > 1 && len(known) <= 12:
		return geo.Textf("是否应为“%[1]s”？可用：%[2]s", "Did you mean %[1]q? Known: %[2]s", near, list)
	case near != "":
		return geo.Textf("是否应为“%[1]s”？", "Did you mean %[1]q?", near)
	}
	return geo.Textf("可用：%s", "Known: %s", list)
}

// value follows an alias to what it stands for.
func (n Node) value() Node {
	for range 8 {
		if n.Kind != yaml.AliasNode || n.Alias == nil {
			break
		}
		n.Node = n.Alias
	}
	return n
}

// spend takes a value off what may still be read.
func (n Node) spend() error {
	if n.doc.left--; n.doc.left >= 0 {
		return nil
	}
	return n.InputError(geo.Textf("文件中的值（按别名展开后）超过 %d 个", "the file holds more than %d values once its aliases are followed", maxValues),
		geo.Text{ZH: "请不要用别名重复长列表", EN: "Do not repeat long lists by aliases"})
}

// File is the name of the file that the piece stands in.
func (n Node) File() string { return n.doc.Name }
