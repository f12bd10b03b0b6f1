package manual

import (
	"bytes"
	_ "embed"
	"html/template"
	"iter"
	"strings"
	"sync"

	"landcheck/geo"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Style is the style sheet that pages ask for beside them, as manual.css.
//
//go:embed manual.css
var Style []byte

//go:embed page.html
var layout string

var frame = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(layout)) })

// renderer turns Markdown into HTML. Lines of Chinese are joined without a
// space; HTML within Markdown is left out.
var renderer = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.NewCJK(extension.WithEastAsianLineBreaks())),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(links{}, 100))),
	)
})

// entry is a line of the table of contents.
type entry struct {
	Name, Title string
	Here        bool
}

// pages are all of them by language and name, made once.
var pages = sync.OnceValues(func() (map[[2]string][]byte, error) {
	made := map[[2]string][]byte{}
	for _, lang := range Languages() {
		var err error
		if made[[2]string{lang, ""}], err = contents(lang); err != nil {
			return nil, err
		}
		for _, t := range Topics() {
			if made[[2]string{lang, t.Name}], err = t.page(lang); err != nil {
				return nil, err
			}
		}
	}
	return made, nil
})

// Handbook makes Markdown from beyond the manual, a rulebook's, a page as its
// chapters are; headings are its anchors.
func Handbook(lang, name, title, markdown string) ([]byte, error) {
	body, err := anchored(markdown)
	if err != nil {
		return nil, err
	}
	return fill(lang, name, title, body)
}

// HandbookFile is the same as one file by itself, to open offline and to print: it
// holds its style and leads nowhere.
func HandbookFile(lang, title, markdown string) ([]byte, error) {
	body, err := anchored(markdown)
	if err != nil {
		return nil, err
	}
	return execute(map[string]any{"Lang": lang, "Title": title, "Style": template.CSS(Style), "Body": template.HTML(body)}) //nolint:gosec // of a rulebook's texts, HTML within left out
}

// anchored is Markdown as HTML with an anchor at each heading.
func anchored(markdown string) (string, error) {
	var body bytes.Buffer
	err := goldmark.New(goldmark.WithParserOptions(parser.WithAutoHeadingID())).Convert([]byte(markdown), &body)
	return body.String(), err
}

// Page is the chapter as a complete HTML page in "zh" or "en". It has no script
// and asks for nothing but /docs/manual.css.
func (t Topic) Page(lang string) ([]byte, error) {
	made, err := pages()
	return made[[2]string{lang, t.Name}], err
}

// Contents is the page that lists the chapters.
func Contents(lang string) ([]byte, error) {
	made, err := pages()
	return made[[2]string{lang, ""}], err
}

func (t Topic) page(lang string) ([]byte, error) {
	var body bytes.Buffer
	if err := renderer().Convert([]byte(t.Markdown(lang)), &body); err != nil {
		return nil, err
	}
	return fill(lang, t.Name, t.Title().In(lang), body.String())
}

func contents(lang string) ([]byte, error) {
	var body strings.Builder
	heading := geo.Text{ZH: "landcheck 手册", EN: "Manual of landcheck"}.In(lang)
	body.WriteString("<h1>" + heading + "</h1>\n<ul>\n")
	for _, t := range Topics() {
		body.WriteString(`<li><a href="/docs/` + lang + "/" + t.Name + `">` + template.HTMLEscapeString(t.Title().In(lang)) + "</a></li>\n")
	}
	body.WriteString("</ul>\n")
	return fill(lang, "", heading, body.String())
}

func fill(lang, name, title, body string) ([]byte, error) {
	var topics []entry
	for _, t := range Topics() {
		topics = append(topics, entry{t.Name, t.Title().In(lang), t.Name == name})
	}
	other := Languages()[0]
	if lang == other {
		other = Languages()[1]
	}
	return execute(map[string]any{
		"Lang": lang, "Name": name, "Title": title, "Topics": topics,
		"Other": other, "OtherTitle": map[string]string{"zh": "中文", "en": "English"}[other],
		"Back": geo.Text{ZH: "返回", EN: "Back"}.In(lang), "Manual": geo.Text{ZH: "手册", EN: "Manual"}.In(lang),
		"Body": template.HTML(body), //nolint:gosec // made of the embedded Markdown alone
	})
}

func execute(values map[string]any) ([]byte, error) {
	var out bytes.Buffer
	err := frame().Execute(&out, values)
	return out.Bytes(), err
}

// links makes links between files links between pages. What lies elsewhere in
// the repository no page has: its path stays, as text.
type links struct{}

// Transform implements parser.ASTTransformer.
func (links) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var found []*ast.Link
	for n := range pictureNodes(doc) {
		n.Destination = append([]byte("/docs/"), bytes.TrimPrefix(n.Destination, []byte("../"))...)
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.Link); ok && entering {
			found = append(found, l)
		}
		return ast.WalkContinue, nil
	})
	for _, l := range found {
		if target := string(l.Destination); strings.HasPrefix(target, "..") {
			l.Parent().ReplaceChild(l.Parent(), l, ast.NewString([]byte(inRepository(target))))
			continue
		}
		l.Destination = bytes.TrimSuffix(l.Destination, []byte(".md"))
	}
}

// pictureNodes are the pictures of a chapter.
func pictureNodes(doc ast.Node) iter.Seq[*ast.Image] {
	return func(yield func(*ast.Image) bool) {
		_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if p, ok := n.(*ast.Image); ok && entering && !yield(p) {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
}
