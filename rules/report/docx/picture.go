package docx

import (
	"encoding/xml"
	"fmt"
)

// Picture is a picture in PNG.
type Picture struct {
	PNG           []byte
	Width, Height float64 // millimetres
	Description   string  // for those who do not see it
}

// emu is how many of the units in which drawings are measured a millimetre has.
const emu = 36000

// picture keeps a picture for the package and is the paragraph that shows it.
func (d *Document) picture(p *Picture) paragraph {
	d.Pictures = append(d.Pictures, p)
	n := len(d.Pictures)
	size := extent{int(p.Width * emu), int(p.Height * emu)}
	shown := shape{Pic: drawingSpace + "picture"}
	shown.Name.Properties = named{ID: n, Name: pictureName(n)}
	shown.Fill.Blip.ID = pictureName(n)
	shown.Shape = shapeProperties{Size: size, Form: geometry{Kind: "rect"}}
	inline := drawing{Space: "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", Extent: size,
		Properties: named{ID: n, Name: pictureName(n), Description: shorten(p.Description)},
		Graphic:    graphic{A: drawingSpace + "main", Data: graphicData{URI: drawingSpace + "picture", Shape: shown}}}
	return paragraph{Properties: &paragraphProperties{Style: &value{string(CellHead)}}, Content: []any{pictureRun{Drawing: inline}}}
}

func pictureName(n int) string { return fmt.Sprintf("picture%d", n) }

const drawingSpace = "http://schemas.openxmlformats.org/drawingml/2006/"

type pictureRun struct {
	XMLName xml.Name `xml:"w:r"`
	Drawing drawing  `xml:"w:drawing>wp:inline"`
}

type drawing struct {
	Space      string  `xml:"xmlns:wp,attr"`
	Extent     extent  `xml:"wp:extent"`
	Properties named   `xml:"wp:docPr"`
	Graphic    graphic `xml:"a:graphic"`
}

type extent struct {
	X int `xml:"cx,attr"`
	Y int `xml:"cy,attr"`
}

type named struct {
	ID          int    `xml:"id,attr"`
	Name        string `xml:"name,attr"`
	Description string `xml:"descr,attr,omitempty"`
}

type graphic struct {
	A    string      `xml:"xmlns:a,attr"`
	Data graphicData `xml:"a:graphicData"`
}

type graphicData struct {
	URI   string `xml:"uri,attr"`
	Shape shape  `xml:"pic:pic"`
}

type shape struct {
	Pic  string `xml:"xmlns:pic,attr"`
	Name struct {
		Properties named  `xml:"pic:cNvPr"`
		Kind       toggle `xml:"pic:cNvPicPr"`
	} `xml:"pic:nvPicPr"`
	Fill struct {
		Blip struct {
			ID string `xml:"r:embed,attr"`
		} `xml:"a:blip"`
		Stretch toggle `xml:"a:stretch>a:fillRect"`
	} `xml:"pic:blipFill"`
	Shape shapeProperties `xml:"pic:spPr"`
}

type shapeProperties struct {
	At struct {
		X int `xml:"x,attr"`
		Y int `xml:"y,attr"`
	} `xml:"a:xfrm>a:off"`
	Size extent   `xml:"a:xfrm>a:ext"`
	Form geometry `xml:"a:prstGeom"`
}

type geometry struct {
	Kind    string `xml:"prst,attr"`
	Adjusts toggle `xml:"a:avLst"`
}
