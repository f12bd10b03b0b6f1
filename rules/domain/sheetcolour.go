package domain

import (
	"strings"

	"landcheck/geo"
)

// SheetColourSource says whence the colours of land classes on map sheets are.
var SheetColourSource = geo.Text{
	ZH: "地类颜色取自 MapGIS WebClient-Vue 国土模板“三调样式”",
	EN: "colours of land classes: MapGIS WebClient-Vue, template 三调样式 (third land survey)",
}

// sheetColours are the colours of land classes on map sheets (图件): those of the
// template 三调样式 of MapGIS's WebClient-Vue (cesium/docs/template/guotu.md),
// which gives one to each class of the survey. Four that it lacks stand at the end.
var sheetColours = map[string]uint32{
	"0101": 0xf8d072, "0102": 0xf8e71c, "0103": 0xfffbb1,
	"0201": 0xd6a7c9, "0202": 0xd5a7b0, "0203": 0xe7cce2, "0204": 0xe7cce2,
	"0301": 0x31ad69, "0302": 0x31ad69, "0303": 0x31ad69, "0304": 0x31ad69, "0305": 0x64b968, "0306": 0x64b968, "0307": 0x97cfb2,
	"0401": 0x83c238, "0402": 0x83c238, "0403": 0x9ace7f, "0404": 0xc8e3a0,
	"05H1": 0xe2a195, "0508": 0xc59a8c, "0601": 0xc59a8c, "0602": 0xc59a8c, "0701": 0xe56766, "0702": 0xec898a,
	"08H1": 0xf1a5b4, "08H2": 0xf1a5b4, "0809": 0xf1a5b4, "0810": 0x81c35d, "09": 0xc17261,
	"1001": 0xd1c9d3, "1002": 0xd1c9d3, "1003": 0xd2d8c9, "1004": 0xdededd, "1005": 0xaaa9a9, "1006": 0xc2c1c1,
	"1007": 0xeb897e, "1008": 0xeb897e, "1009": 0xeb897e,
	"1101": 0xa3d6f5, "1102": 0xa3d6f5, "1103": 0xa3d6f5, "1104": 0x90aacf, "1105": 0xb3def8, "1106": 0xb3def8, "1107": 0xa0cdf0,
	"1108": 0xafc8dc, "1109": 0xe68264, "1110": 0xd7edfb,
	"1201": 0xe1dce1, "1202": 0xdcb482, "1203": 0xc8ccd2, "1204": 0xc8beaa, "1205": 0xc8beaa, "1206": 0xd7c8b9, "1207": 0xdeddd6,
	"201": 0xe56766, "202": 0xe56766, "203": 0xec898a, "204": 0xc59a8c,

	"0603": 0xc59a8c, // as 204, salt pans and mining
	"205":  0xc17261, // as 09, special land
}

// unknownSheetColour is that of codes which the classification lacks.
const unknownSheetColour = 0xffffff

// SheetColour is the colour of a land class on map sheets, 0xRRGGBB. Variants (K,
// A) have that of their class, as in the template.
func SheetColour(code string) uint32 {
	code = ClassCode(code)
	if _, known := Lookup(code); !known {
		return unknownSheetColour
	}
	for _, c := range []string{code, strings.TrimRight(code, "KA")} {
		if rgb, ok := sheetColours[c]; ok {
			return rgb
		}
	}
	return unknownSheetColour
}
