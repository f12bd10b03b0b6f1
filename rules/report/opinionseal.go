package report

import (
	"bytes"
	"fmt"
	"image/png"

	"landcheck/geo"
	"landcheck/rules/report/docx"
)

// seal is the row that ties the opinion to the JSON report that it was made of:
// what people change in it, they change on paper alone. A layer's report has
// none.
func (o *opinion) seal(in Input) ([]docx.Row, error) {
	seal, err := SealOf(in)
	if err != nil || seal.Code == "" {
		return nil, err
	}
	const scale, side = 8, 30 // pixels a module, millimetres
	var b bytes.Buffer
	if err := png.Encode(&b, seal.Symbol.Image(scale)); err != nil {
		return nil, fmt.Errorf("report: QR code: %w", err)
	}
	return []docx.Row{{Cells: []docx.TableCell{
		{Picture: &docx.Picture{PNG: b.Bytes(), Width: side, Height: side, Description: seal.Text}},
		{Lines: []string{
			geo.Textf("核验码 %[1]s", "Code %[1]s", seal.Code).In(o.Lang),
			o.say("扫码可见方案、结论和报告摘要。本意见可以修改；原始报告（JSON）用 landcheck verify 和核验码核对。", "The QR code says plan, verdict and the report's digest. This opinion may be edited; landcheck verify holds the report in JSON to its code."),
		}},
	}}}, nil
}
