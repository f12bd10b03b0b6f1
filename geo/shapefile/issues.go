package shapefile

import (
	"landcheck/geo"
	"landcheck/geo/inplace"
)

// The things that are odd about a layer but do not stop its reading, beside
// those of inplace.
var (
	noTable        = inplace.Kind(geo.Warning, ".dbf", "缺少 .dbf 文件，图层没有属性", "the .dbf is missing, so the layer has no attributes")
	noIndex        = inplace.Kind(geo.Info, ".shx", "缺少 .shx 文件，已从 .shp 重建索引", "the .shx is missing; the index was rebuilt from the .shp")
	badIndex       = inplace.Kind(geo.Warning, ".shx", ".shx 与 .shp 不符，已从 .shp 重建索引", "the .shx does not match the .shp; the index was rebuilt from the .shp")
	indexLengths   = inplace.Kind(geo.Info, ".shx", ".shx 中的记录长度与 .shp 不符，以 .shp 为准", "record lengths in the .shx differ from the .shp, which was followed")
	trailing       = inplace.Kind(geo.Warning, "", "最后一条记录之后还有多余的字节，已忽略", "bytes after the last record were ignored")
	wrongLength    = inplace.Kind(geo.Info, "", "文件头中的文件长度不对，以实际长度为准", "the file length in the header is wrong; the real length was followed")
	wrongNumber    = inplace.Kind(geo.Info, "", "记录号不连续，以先后次序为准", "record numbers are out of sequence; the order in the file was followed")
	mixedTypes     = inplace.Kind(geo.Info, "", "记录的图形类型与文件头不同，按面读取", "records differ in shape type from the header; read as polygons")
	badBox         = inplace.Kind(geo.Info, "", "记录的外包矩形无效，已由坐标重算", "the box of the record is not a number; computed from its points")
	lyingBox       = inplace.Kind(geo.Warning, "", "记录自带的外包矩形没有包住其坐标，不予采信，以坐标为准", "the record's own box does not cover its points; it is not believed, the points count")
	wideBox        = inplace.Kind(geo.Info, "", "记录自带的外包矩形大于其坐标范围，以坐标为准", "the record's own box is larger than its points; the points count")
	lostPoint      = inplace.Kind(geo.Warning, "", "有坐标不是有限数，这些坐标没有位置；其附近有变更时核查会停止", "coordinates are not finite numbers and lie nowhere; a check that comes near the rest of the record stops")
	duplicateField = inplace.Kind(geo.Warning, ".dbf", "字段名重复，取第一个", "field names occur twice; the first is taken")
	memoField      = inplace.Kind(geo.Info, ".dbf", "备注（M）类型字段不能读取，按空值处理", "memo (M) fields are not read; their values are empty")
	unknownCpg     = inplace.Kind(geo.Warning, ".cpg", ".cpg 所写的编码不认识，已按内容判断", "the .cpg names an unknown encoding; it was judged by the contents")
	otherText      = inplace.Kind(geo.Warning, ".dbf", ".cpg（或文件头）所写的编码与文字的字节不符，已按字节实际的编码（UTF-8 或 GBK）读取", "the text is not in the encoding that the .cpg (or the header) names; it was read in the one that its bytes are valid in (UTF-8 or GBK)")
	badText        = inplace.Kind(geo.Warning, ".dbf", "文字不符合所声明的编码，部分字符无法还原", "text does not fit the encoding; some characters are lost")
)

// walkIssues are what the walk over the record headers may note; the order is
// part of the format of a cache.
func walkIssues() []inplace.IssueKind {
	return []inplace.IssueKind{badIndex, indexLengths, trailing, wrongLength, wrongNumber, mixedTypes, inplace.NullShape, badBox, lyingBox, wideBox, lostPoint}
}
