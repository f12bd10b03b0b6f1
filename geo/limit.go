package geo

// MostTextBytes is how long one value of an attribute may be in any format.
// The widest text column of a Shapefile holds 254 bytes and an Access memo
// 65 535; what is longer is no attribute of land, and a hundred of them would
// fill the memory of a small machine.
const MostTextBytes = 64 << 10

// TooLong is the fault of a value of more than MostTextBytes; the reader adds
// file, record and field.
func TooLong(field string, bytes int) *Fault {
	return &Fault{Field: field,
		Problem: Textf("一个属性值超过 %[1]d 字节（至少 %[2]d 字节）", "a value has more than %[1]d bytes (%[2]d at least)", MostTextBytes, bytes),
		Advice:  Text{ZH: "请缩短或清空该值后重新导出", EN: "Shorten the value or clear it, and export the layer again"}}
}
