package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"io"

	"landcheck/geo"
	"landcheck/rules/domain"
)

//go:embed page/page.gohtml
var pageTemplate string

//go:embed page/paper.gohtml
var paperTemplate string

//go:embed page/page.css
var screenStyle string

//go:embed page/paper.css
var paperStyle string

// pageStyle is how the page looks on a screen and, over that, on paper.
var pageStyle = screenStyle + paperStyle

//go:embed page/page.js
var pageScript string

// writeHTML writes one file that opens offline, asks the network for nothing
// and prints on A4. It holds both languages; without a script it shows
// Input.Lang. A content policy in the file lets only its own style and script
// run, whatever a plan's names hold.
func writeHTML(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	t, err := template.New("page").Funcs(template.FuncMap{
		"t":      both,
		"clean":  clean,
		"area":   func(m2 float64) template.HTML { return both(area(m2)) },
		"ha":     Hectares,
		"change": change,
		"status": domain.Status.Title,
		"mark":   mark,
		"level":  domain.Level.Title,
		"group":  domain.RuleGroupTitle,
		"role":   func(role string) geo.Text { return domain.Role(role).Title() },
		"stage":  func(stage string) geo.Text { return domain.Stage(stage).Title() },
		"scope":  scopeName,
		"slug":   slug,
	}).Parse(paperTemplate + pageTemplate)
	if err != nil {
		return fmt.Errorf("report: page: %w", err)
	}
	seal, err := SealOf(in)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, newPageView(in, seal)); err != nil {
		return fmt.Errorf("report: page: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// both is a text in both languages, one of which the page shows.
func both(t geo.Text) template.HTML {
	zh, en := html.EscapeString(clean(t.ZH)), html.EscapeString(clean(t.EN))
	if zh == en {
		return template.HTML(zh)
	}
	return template.HTML(`<span class="zh" lang="zh-CN">` + zh + `</span><span class="en" lang="en">` + en + `</span>`)
}

// change shows a difference of areas in hm² with its sign.
func change(before, after float64) string {
	d := Hectares(after - before)
	if after > before && d != "0.0000" {
		return "+" + d
	}
	return d
}

// policy is the content policy: nothing but these two styles and this script.
func policy(sheet string) string {
	return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + hashOf(pageStyle) + "' '" + hashOf(sheet) + "'; script-src '" + hashOf(pageScript) + "'"
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
