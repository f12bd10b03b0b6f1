// Package manual is what users read of landcheck: one Markdown file for each
// topic and language, embedded once, shown by `landcheck help` and at /docs.
//
//	Topics, Find   the table of contents
//	Topic.Print    for a terminal
//	Topic.Page     as HTML, complete and without scripts
package manual

import (
	"embed"
	"path"
	"strings"

	"landcheck/geo"
)

//go:generate go run ./tables

//go:embed zh/*.md en/*.md
var files embed.FS

//go:embed pictures
var pictures embed.FS

// Picture is a picture of a chapter by its file's name, with its media type; ok
// is false where there is none.
func Picture(name string) (data []byte, media string, ok bool) {
	data, err := pictures.ReadFile("pictures/" + name)
	return data, map[string]string{".svg": "image/svg+xml", ".webp": "image/webp"}[path.Ext(name)], err == nil
}

// Languages are those that every topic is written in, the default first.
func Languages() []string { return []string{"zh", "en"} }

// Topic is one chapter.
type Topic struct {
	Name string // of its files and addresses
	Word string // what else it may be asked for by, in Chinese
}

// Topics are the chapters in the order in which a newcomer needs them.
func Topics() []Topic {
	return []Topic{
		{"start", "开始"}, {"install", "安装"}, {"steps", "十步"}, {"review", "审查"}, {"candidates", "候选"}, {"inputs", "输入"}, {"papers", "材料"}, {"verdicts", "结论"}, {"rulebooks", "规则册"}, {"constraints", "约束"}, {"conditions", "条件"}, {"outputs", "报告"}, {"exports", "成果"}, {"together", "联合"},
		{"pipeline", "流水线"}, {"service", "服务"}, {"operation", "运维"}, {"secrecy", "保密"}, {"sharding", "分库"}, {"performance", "速度"},
	}
}

// Find is the topic of a name or a Chinese word; false where there is none.
func Find(name string) (Topic, bool) {
	for _, t := range Topics() {
		if t.Name == strings.ToLower(name) || t.Word == name {
			return t, true
		}
	}
	return Topic{}, false
}

// Markdown is the chapter as written, in "zh" or "en".
func (t Topic) Markdown(lang string) string {
	text, err := files.ReadFile(lang + "/" + t.Name + ".md")
	if err != nil {
		panic("manual: " + err.Error()) // a test reads all of them
	}
	return string(text)
}

// Title is the chapter's heading.
func (t Topic) Title() geo.Text {
	return geo.Text{ZH: title(t.Markdown("zh")), EN: title(t.Markdown("en"))}
}

func title(markdown string) string {
	first, _, _ := strings.Cut(markdown, "\n")
	return strings.TrimPrefix(first, "# ")
}
