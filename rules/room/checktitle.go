package room

import "landcheck/geo"

// Title names a check for a person.
func (c Check) Title() geo.Text {
	return map[Check]geo.Text{
		RedLine:         {ZH: "生态保护红线", EN: "red line"},
		UrbanBoundary:   {ZH: "城镇开发边界", EN: "urban boundary"},
		WaterManagement: {ZH: "河湖管理范围", EN: "water management area"},
		PBFReserve:      {ZH: "永久基本农田储备区", EN: "PBF reserve"},
		Slope:           {ZH: "坡度", EN: "slope"},
		Refinement:      {ZH: "不稳定利用标注", EN: "codes of unstable cropland"},
		Grade:           {ZH: "质量等别", EN: "grade"},
	}[c]
}
