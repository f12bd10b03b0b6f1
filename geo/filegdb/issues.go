package filegdb

import (
	"landcheck/geo"
	"landcheck/geo/inplace"
)

// The things that are odd about a layer but do not stop its reading.
var (
	nullShape = inplace.Kind(geo.Warning, "", "空图形（无坐标），已跳过", "null shapes (no coordinates) were skipped")
	noRing    = inplace.Kind(geo.Warning, "", "没有可用的环，按空图形处理", "no usable ring is left; treated as null shapes")
	openRing  = inplace.Kind(geo.Warning, "", "环未闭合，已闭合", "rings were not closed; closed")
	thinRing  = inplace.Kind(geo.Warning, "", "环的不同顶点少于 3 个，已舍去", "rings with fewer than 3 distinct points were dropped")
	curved    = inplace.Kind(geo.Info, "", "含真曲线（圆弧等），已按弦高不超过 0.1 毫米的折线读取，面积误差不超过曲线长度（米）× 0.0001 平方米",
		"true curves (arcs and the like) are read as straight segments that leave them by 0.1 mm at most: an area is wrong by no more than 0.0001 m² for each metre of curve")
)
