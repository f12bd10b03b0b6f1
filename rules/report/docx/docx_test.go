package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func sample(lang string) *Document {
	d := &Document{Title: "题目 <&>", Lang: lang, Header: "P-1 \x07\u202e", Footer: "sha256:00"}
	d.Paragraph(Title, "题目")
	d.Heading(1, "一、")
	d.Heading(2, "（一）")
	d.Paragraph(Item, "1. \x00\xff & <w:p/>")
	d.Table(Table{Shares: []int{1, 2, 1}, Right: []bool{false, true, true}, Head: []Row{{Cells: []TableCell{{Lines: []string{"a"}, Span: 2}, Text("b")}}},
		Rows: []Row{{Cells: []TableCell{{Lines: []string{"x"}, Down: Begins}, Text("1"), {Lines: []string{"2", "3"}, Left: true, Picture: &Picture{PNG: []byte("png"), Width: 30, Height: 20, Description: "<a>"}}}},
			{Cells: []TableCell{{Down: GoesOn}, Text("4"), {}}, Strong: true, Height: 700}}})
	d.Page(true)
	d.Table(Table{Shares: []int{1}, Rows: []Row{Texts("wide")}})
	return d
}

// written gives the parts of a document by name.
func written(t *testing.T, d *Document) map[string][]byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("%s comes first", z.File[0].Name)
	}
	return out
}

// sequences are the children of elements in the order of ECMA-376, 5th edition
// part 1, annex A (wml.xsd), as far as they are written. Word refuses a file
// whose elements stand otherwise.
var sequences = map[string][]string{
	"p":       {"pPr", "r"}, // a field stands as a run
	"pPr":     {"pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl", "sectPr"},
	"rPr":     {"rFonts", "b", "sz", "szCs", "lang"},
	"tbl":     {"tblPr", "tblGrid", "tr"},
	"tblPr":   {"tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"},
	"tr":      {"trPr", "tc"},
	"tc":      {"tcPr", "p"},
	"tcPr":    {"tcW", "gridSpan", "vMerge", "shd", "vAlign"},
	"sectPr":  {"headerReference", "footerReference", "pgSz", "pgMar"},
	"style":   {"name", "basedOn", "next", "uiPriority", "qFormat", "pPr", "rPr", "tblPr"},
	"font":    {"altName", "charset", "family", "pitch"},
	"styles":  {"docDefaults", "style"},
	"trPr":    {"cantSplit", "trHeight", "tblHeader"},
	"tblGrid": {"gridCol"},
	"inline":  {"extent", "docPr", "graphic"},
	"pic":     {"nvPicPr", "blipFill", "spPr"},
	"spPr":    {"xfrm", "prstGeom"},
}

// Every part is well-formed, its elements stand in the order of the schema, a
// row's cells fill the grid, and every style, part and relationship that is
// named is there.
func TestPartsKeepTheSchema(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		parts := written(t, sample(lang))
		styles := map[string]bool{}
		for name, text := range parts {
			look(t, name, text, func(path []string, e xml.StartElement, before []string) {
				parent := path[len(path)-1]
				if order, known := sequences[parent]; known {
					if e.Name.Local == "fldSimple" {
						return
					}
					at := slices.Index(order, e.Name.Local)
					if at < 0 {
						t.Errorf("%s: %s in %s", name, e.Name.Local, parent)
					} else if len(before) > 0 && slices.Index(order, before[len(before)-1]) > at {
						t.Errorf("%s: in %s, %s after %s", name, parent, e.Name.Local, before[len(before)-1])
					}
				}
				if e.Name.Local == "style" {
					styles[attribute(e, "styleId")] = true
				}
			})
		}
		for name, text := range parts {
			look(t, name, text, func(_ []string, e xml.StartElement, _ []string) {
				switch e.Name.Local {
				case "pStyle", "tblStyle", "basedOn", "next":
					if id := attribute(e, "val"); !styles[id] {
						t.Errorf("%s: there is no style %q", name, id)
					}
				case "blip":
					id := attribute(e, "embed")
					if parts["word/media/"+id+".png"] == nil || !bytes.Contains(parts["word/_rels/document.xml.rels"], []byte(`Id="`+id+`"`)) {
						t.Errorf("there is no picture %s", id)
					}
				case "Override":
					if part := strings.TrimPrefix(attribute(e, "PartName"), "/"); parts[part] == nil {
						t.Errorf("there is no part %s", part)
					}
				case "headerReference", "footerReference":
					if id := attribute(e, "id"); !bytes.Contains(parts["word/_rels/document.xml.rels"], []byte(`Id="`+id+`"`)) {
						t.Errorf("there is no relationship %s", id)
					}
				}
			})
		}
	}
}

// look goes through the elements of a part: the names above each, and the names
// beside it that came before.
func look(t *testing.T, name string, text []byte, visit func(path []string, e xml.StartElement, before []string)) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	path, beside := []string{""}, [][]string{nil}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		switch e := token.(type) {
		case xml.StartElement:
			visit(path, e, beside[len(beside)-1])
			beside[len(beside)-1] = append(beside[len(beside)-1], e.Name.Local)
			path, beside = append(path, e.Name.Local), append(beside, nil)
		case xml.EndElement:
			path, beside = path[:len(path)-1], beside[:len(beside)-1]
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func TestRowsFillTheGrid(t *testing.T) {
	columns, filled, grids := 0, 0, 0
	end := func() {
		if filled != 0 && filled != columns {
			t.Errorf("a row fills %d of %d columns", filled, columns)
		}
		filled = 0
	}
	look(t, "document", written(t, sample("zh"))["word/document.xml"], func(_ []string, e xml.StartElement, _ []string) {
		switch e.Name.Local {
		case "tbl":
			end()
			columns = 0
			grids++
		case "gridCol":
			columns++
		case "tr":
			end()
		case "tc":
			filled++
		case "gridSpan":
			filled += int(attribute(e, "val")[0]-'0') - 1
		}
	})
	end()
	if grids != 2 {
		t.Errorf("%d tables", grids)
	}
}

// What XML cannot hold, and what is too long, does not reach the document.
func TestTexts(t *testing.T) {
	d := &Document{}
	d.Paragraph(Body, "a\x00\x1b\xffb")
	d.Paragraph(Body, strings.Repeat("长", longest+9))
	text := string(written(t, d)["word/document.xml"])
	if strings.Count(text, "长") != longest || !strings.Contains(text, "长…") {
		t.Errorf("%d characters", strings.Count(text, "长"))
	}
	if !strings.Contains(text, "a\ufffd\ufffd\ufffdb") {
		t.Error("control characters")
	}
}
