package geo

// Limits of what one file may hold, whichever its format. Real land data stays
// far below all of them; beyond them a file of some megabytes would fill the
// memory of a small machine. They are the same for plans and base data, on the
// command line and in the service; what a whole plan may hold is said by the
// limits of the service.
const (
	// MaxTextBytes is how long one value of an attribute may be. The widest
	// text column of a Shapefile holds 254 bytes and an Access memo 65 535.
	MaxTextBytes = 64 << 10
	// MaxNameBytes is how long the name of a layer, a table or a field may be,
	// and a number as it is written.
	MaxNameBytes = 1 << 10
	// MaxFields is how many fields a layer may have; a .dbf can have 2 046.
	MaxFields = 2048
	// MaxTables is how many tables a GeoPackage may list.
	MaxTables = 1000
	// MaxVertices is how many vertices one shape may have. Coasts and rivers of
	// whole provinces have some millions.
	MaxVertices = 10_000_000
	// MaxRings is how many rings, parts and holes together, one shape may have.
	MaxRings = 1_000_000
	// MaxNesting is how deep the values of a JSON or YAML file may lie in each
	// other.
	MaxNesting = 64
	// MaxLineBytes is how long a line of a coordinate file may be.
	MaxLineBytes = 64 << 10
	// MaxHeldFeatures is how many features a GeoJSON file may have, which is held
	// in memory.
	MaxHeldFeatures = 2_000_000
	// MaxNotices is how many notices of a file that is read as a whole are told
	// one by one.
	MaxNotices = 1000
)

// MoreNotices says how many notices of a file are not told.
func MoreNotices(file string, uncounted int) Notice {
	return Notice{Severity: Warning, File: file, Message: Textf("另有 %d 条提示未列出", "%d more notices are not listed", uncounted)}
}

// TooLong is the input error of a value of more than MaxTextBytes; the reader adds
// file, record and field.
func TooLong(field string, bytes int) *InputError {
	return &InputError{Field: field,
		Message: Textf("一个属性值超过 %[1]d 字节（至少 %[2]d 字节）", "a value has more than %[1]d bytes (%[2]d at least)", MaxTextBytes, bytes),
		Advice:  Text{ZH: "请缩短或清空该值后重新导出", EN: "Shorten the value or clear it, and export the layer again"}}
}

// LongName is the input error of a name of more than MaxNameBytes.
func LongName(name string) *InputError {
	return &InputError{
		Message: Textf("名称或数字超过 %[1]d 字节，开头是“%[2]s”", "a name or number has more than %[1]d bytes; it begins with %[2]q", MaxNameBytes, beginning(name)),
		Advice:  Text{ZH: "请改短后重新导出", EN: "Shorten it and export the layer again"}}
}

// beginning is the first letters of a text.
func beginning(s string) string {
	letters := 0
	for i := range s {
		if letters++; letters > 40 {
			return Printable(s[:i]) + "…"
		}
	}
	return Printable(s)
}

// TooMany is the input error of more of something than may be there.
func TooMany(what Text, most int) *InputError {
	return &InputError{
		Message: Textf("%[2]s超过 %[1]d 个", "there are more than %[1]d %[3]s", most, what.ZH, what.EN),
		Advice:  Text{ZH: "请只保留所需的内容，或拆分后重新导出", EN: "Keep only what is needed, or split it, and export again"}}
}

// Words for what there may be too many of.
var (
	VerticesOfShape = Text{ZH: "一个图形的顶点", EN: "vertices in one shape"}
	RingsOfShape    = Text{ZH: "一个图形的环（部分与孔洞）", EN: "rings (parts and holes) in one shape"}
	FieldsOfLayer   = Text{ZH: "图层的字段", EN: "fields in the layer"}
	FeaturesOfFile  = Text{ZH: "文件中的图斑", EN: "features in the file"}
)
