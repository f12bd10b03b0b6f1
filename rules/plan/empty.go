package plan

import "landcheck/geo"

// emptyLayer is the notice about a base layer without features. It may be meant (a
// county without a red line), or an export that went wrong.
func emptyLayer(l geo.Layer) geo.Notice {
	return geo.Notice{Severity: geo.Warning, File: l.File(), Message: geo.Text{
		ZH: "图层中没有任何图斑，按“没有这类土地”处理；如非本意，请重新导出",
		EN: "the layer has no features, so there is taken to be no such land; if that is not meant, export it again"}}
}

// undrawnLayer is that about a layer of a plan, which may never have had any: a
// package begins with empty layers.
func undrawnLayer(l geo.Layer) geo.Notice {
	return geo.Notice{Severity: geo.Warning, File: l.File(), Message: geo.Text{
		ZH: "图层中没有任何图斑，按“没有这类土地”处理；如非本意，请在其中绘制或导入图斑",
		EN: "the layer has no features, so there is taken to be no such land; if that is not meant, draw them or bring them in"}}
}

// checkShapes refuses base data of which only attributes are left: the land
// that they speak of is somewhere, and no rule would see it.
func (l *baseLayer) checkShapes() error {
	if l.origin != unknownOrigin || l.layer.Len() == 0 {
		return nil
	}
	return &geo.InputError{File: l.layer.File(),
		Message: geo.Textf("图层有 %d 条记录，但没有一条有图形", "the layer has %d records, and not one of them has a shape", l.layer.Len()),
		Advice:  geo.Text{ZH: "请连同图形重新导出该图层", EN: "Export the layer again with its shapes"}}
}
