package filegdb

import (
	"landcheck/geo"
	"landcheck/geo/inplace"
)

// curved is odd about a shape but does not stop its reading, as what inplace has.
var curved = inplace.Kind(geo.Info, "", "含真曲线（圆弧等），已按弦高不超过 0.1 毫米的折线读取，面积误差不超过曲线长度（米）× 0.0001 平方米",
	"true curves (arcs and the like) are read as straight segments that leave them by 0.1 mm at most: an area is wrong by no more than 0.0001 m² for each metre of curve")

// boxIssues are what reading the boxes may note; the order is part of the format
// of a cache.
func boxIssues() []inplace.IssueKind { return []inplace.IssueKind{inplace.NullShape, curved} }
