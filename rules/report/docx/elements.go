package docx

import "encoding/xml"

// The elements of wordprocessingml that are used. Fields stand in the order of
// the schema (CT_PPr, CT_TblPr, CT_TcPr, CT_SectPr): Word takes no other.

type value struct {
	Value string `xml:"w:val,attr"`
}

type toggle struct{}

type paragraph struct {
	XMLName    xml.Name             `xml:"w:p"`
	Properties *paragraphProperties `xml:"w:pPr"`
	Content    []any
}

type paragraphProperties struct {
	Style    *value   `xml:"w:pStyle"`
	KeepNext *toggle  `xml:"w:keepNext"`
	Spacing  *spacing `xml:"w:spacing"`
	Section  *section `xml:"w:sectPr"`
}

type spacing struct {
	Line int    `xml:"w:line,attr"`
	Rule string `xml:"w:lineRule,attr"`
}

type run struct {
	XMLName xml.Name `xml:"w:r"`
	Text    *runText `xml:"w:t"`
}

type runText struct {
	Space string `xml:"xml:space,attr"`
	Text  string `xml:",chardata"`
}

// field is a value that Word computes: a page's number.
type field struct {
	XMLName     xml.Name `xml:"w:fldSimple"`
	Instruction string   `xml:"w:instr,attr"`
	Content     []any
}

type section struct {
	XMLName xml.Name    `xml:"w:sectPr"`
	Header  reference   `xml:"w:headerReference"`
	Footer  reference   `xml:"w:footerReference"`
	Size    pageSize    `xml:"w:pgSz"`
	Margins pageMargins `xml:"w:pgMar"`
}

type reference struct {
	Type string `xml:"w:type,attr"`
	ID   string `xml:"r:id,attr"`
}

type pageSize struct {
	Width       int    `xml:"w:w,attr"`
	Height      int    `xml:"w:h,attr"`
	Orientation string `xml:"w:orient,attr,omitempty"`
}

type pageMargins struct {
	Top    int `xml:"w:top,attr"`
	Right  int `xml:"w:right,attr"`
	Bottom int `xml:"w:bottom,attr"`
	Left   int `xml:"w:left,attr"`
	Header int `xml:"w:header,attr"`
	Footer int `xml:"w:footer,attr"`
	Gutter int `xml:"w:gutter,attr"`
}

type table struct {
	XMLName    xml.Name        `xml:"w:tbl"`
	Properties tableProperties `xml:"w:tblPr"`
	Grid       []measure       `xml:"w:tblGrid>w:gridCol"`
	Rows       []row
}

type tableProperties struct {
	Style  value     `xml:"w:tblStyle"`
	Width  width     `xml:"w:tblW"`
	Layout typed     `xml:"w:tblLayout"`
	Look   tableLook `xml:"w:tblLook"`
}

type tableLook struct {
	FirstRow int `xml:"w:firstRow,attr"`
	NoHBand  int `xml:"w:noHBand,attr"`
	NoVBand  int `xml:"w:noVBand,attr"`
}

type measure struct {
	Width int `xml:"w:w,attr"`
}

type width struct {
	Width int    `xml:"w:w,attr"`
	Type  string `xml:"w:type,attr"`
}

type typed struct {
	Type string `xml:"w:type,attr"`
}

type row struct {
	XMLName    xml.Name       `xml:"w:tr"`
	Properties *rowProperties `xml:"w:trPr"`
	Cells      []cell
}

type rowProperties struct {
	Whole  *toggle    `xml:"w:cantSplit"`
	Height *rowHeight `xml:"w:trHeight"`
	Head   *toggle    `xml:"w:tblHeader"`
}

type rowHeight struct {
	Value int `xml:"w:val,attr"`
}

type cell struct {
	XMLName    xml.Name       `xml:"w:tc"`
	Properties cellProperties `xml:"w:tcPr"`
	Content    []paragraph
}

type cellProperties struct {
	Width    width  `xml:"w:tcW"`
	Span     *value `xml:"w:gridSpan"`
	Merge    *merge `xml:"w:vMerge"`
	Shade    *shade `xml:"w:shd"`
	Vertical *value `xml:"w:vAlign"`
}

type merge struct {
	Value string `xml:"w:val,attr,omitempty"` // restart, or none where a cell goes on
}

type shade struct {
	Value string `xml:"w:val,attr"`
	Color string `xml:"w:color,attr"`
	Fill  string `xml:"w:fill,attr"`
}
