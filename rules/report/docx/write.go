package docx

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"text/template"
)

//go:embed parts
var parts embed.FS

const (
	space         = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// body is the element around a part's content.
type body struct {
	XMLName xml.Name
	W       string `xml:"xmlns:w,attr"`
	R       string `xml:"xmlns:r,attr"`
	Body    *inner `xml:"w:body"`
	Content []any
}

type inner struct{ Content []any }

// Write writes the document.
func (d *Document) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, p := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"[Content_Types].xml", d.fixed("content_types.xml")},
		{"_rels/.rels", d.fixed("rels.xml")},
		{"docProps/core.xml", d.fixed("core.xml")},
		{"docProps/app.xml", d.fixed("app.xml")},
		{"word/document.xml", d.document},
		{"word/styles.xml", d.fixed("styles.xml")},
		{"word/fontTable.xml", d.fixed("fonts.xml")},
		{"word/settings.xml", d.fixed("settings.xml")},
		{"word/header.xml", d.header},
		{"word/footer.xml", d.footer},
		{"word/_rels/document.xml.rels", d.fixed("document_rels.xml")},
	} {
		text, err := p.make()
		if err != nil {
			return fmt.Errorf("docx: %s: %w", p.name, err)
		}
		// Without a time, so that two runs give the same bytes.
		out, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("docx: %w", err)
		}
		if _, err := out.Write(text); err != nil {
			return fmt.Errorf("docx: %w", err)
		}
	}
	for i, p := range d.Pictures {
		out, err := z.CreateHeader(&zip.FileHeader{Name: "word/media/" + pictureName(i+1) + ".png", Method: zip.Store})
		if err != nil {
			return fmt.Errorf("docx: %w", err)
		}
		if _, err := out.Write(p.PNG); err != nil {
			return fmt.Errorf("docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

// fixed is a part that differs by title and language alone.
func (d *Document) fixed(name string) func() ([]byte, error) {
	return func() ([]byte, error) {
		t, err := template.New(name).Funcs(template.FuncMap{"xml": escape, "picture": func(i int) string { return pictureName(i + 1) }}).ParseFS(parts, "parts/"+name)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		err = t.Execute(&b, d)
		return b.Bytes(), err
	}
}

func escape(s string) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(shorten(s)))
	return b.String(), err
}

func (d *Document) document() ([]byte, error) {
	return encode(body{XMLName: xml.Name{Local: "w:document"}, Body: &inner{append(d.content[:len(d.content):len(d.content)], sectionOf(d.wide))}})
}

func (d *Document) header() ([]byte, error) {
	return encode(body{XMLName: xml.Name{Local: "w:hdr"}, Content: []any{newParagraph("Header", d.Header)}})
}

// footer is the document's own words, and the number of the page and of all.
func (d *Document) footer() ([]byte, error) {
	p := newParagraph("Footer", d.Footer)
	words := []string{"第 ", " 页，共 ", " 页"}
	if d.Lang == "en" {
		words = []string{"page ", " of ", ""}
	}
	p.Content = append(p.Content, newRun("　"+words[0]), newField("PAGE"), newRun(words[1]), newField("NUMPAGES"), newRun(words[2]))
	return encode(body{XMLName: xml.Name{Local: "w:ftr"}, Content: []any{p}})
}

func newField(what string) field {
	return field{Instruction: what, Content: []any{newRun("1")}}
}

func encode(b body) ([]byte, error) {
	b.W, b.R = space, relationships
	text, err := xml.Marshal(b)
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), text...), nil
}
