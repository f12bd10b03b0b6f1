package request

import "landcheck/geo"

// The forms of what stands in addresses and queries.
var (
	CodeForm     = Pattern(`^[0-9]{0,12}$`)
	CountyForm   = Pattern(`^[0-9]{6}$`)
	TownshipForm = Pattern(`^[0-9]{9}$`)
)

// What is wanted of a parameter, in words.
var (
	WantCounty = geo.Text{ZH: "6 位县级行政区代码", EN: "the 6-digit code of a county"}
	WantID     = geo.Text{ZH: "编号", EN: "an id"}
)

// IDForm is what ids look like: plans are hex, checks UUIDs, findings hex.
var IDForm = Pattern(`^[0-9A-Za-z-]{1,64}$`)
