package mapsheet

// A3 landscape. Everything is in mm from the upper left corner of the paper.
const (
	paperWidth, paperHeight = 420, 297

	border = 8 // of the sheet, from the edge of the paper

	nameLine, titleLine = 18, 28.5 // base lines of the plan's name and the sheet's title

	// The frame of the map; its coordinates stand in the gap to a second one.
	frameX, frameY          = 20, 39
	frameWidth, frameHeight = 284, 222
	frameGap                = 5

	// The column on the right: legend over block to be signed.
	columnX, columnWidth = 316, 92
	legendY              = 35
	signY, signHeight    = 210, 72

	underMap = frameY + frameHeight + frameGap + 6 // the first line under the map
)

// The map is drawn in hundredths of a mm.
const (
	unitsPerMM = 100
	detail     = 5  // 0.05 mm: what simplifying may move an edge
	smallest   = 30 // 0.3 mm: what is smaller is drawn as large
)

const fonts = "'Source Han Sans SC','Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"
