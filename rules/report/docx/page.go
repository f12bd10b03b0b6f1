package docx

// Pages are A4 with the margins of official papers (GB/T 9704-2012: 37 mm
// above, 28 mm to the left, text of 156 × 225 mm), in twentieths of a point; a
// lying page has the binding edge above.
const (
	short, long               = 11906, 16838
	top, right, bottom, left  = 2098, 1474, 1984, 1588
	toHeader, toFooter, level = 1134, 992, 1588
)

func pageOf(wide bool) pageSize {
	if wide {
		return pageSize{long, short, "landscape"}
	}
	return pageSize{short, long, ""}
}

func sectionOf(wide bool) *section {
	m := pageMargins{Top: top, Right: right, Bottom: bottom, Left: left, Header: toHeader, Footer: toFooter}
	if wide {
		m.Top, m.Bottom = level, level
	}
	return &section{Header: reference{"default", "header"}, Footer: reference{"default", "footer"}, Size: pageOf(wide), Margins: m}
}
