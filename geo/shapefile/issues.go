package shapefile

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"landcheck/geo"
)

// issueKind is a kind of notice; several records may show the same one.
type issueKind struct {
	severity geo.Severity
	ext      string // the companion concerned; "" is the .shp
	zh, en   string
}

// The things that are odd about a layer but do not stop its reading.
var (
	noTable        = issueKind{geo.Warning, ".dbf", "缺少 .dbf 文件，图层没有属性", "the .dbf is missing, so the layer has no attributes"}
	noIndex        = issueKind{geo.Info, ".shx", "缺少 .shx 文件，已从 .shp 重建索引", "the .shx is missing; the index was rebuilt from the .shp"}
	badIndex       = issueKind{geo.Warning, ".shx", ".shx 与 .shp 不符，已从 .shp 重建索引", "the .shx does not match the .shp; the index was rebuilt from the .shp"}
	indexLengths   = issueKind{geo.Info, ".shx", ".shx 中的记录长度与 .shp 不符，以 .shp 为准", "record lengths in the .shx differ from the .shp, which was followed"}
	trailing       = issueKind{geo.Warning, "", "最后一条记录之后还有多余的字节，已忽略", "bytes after the last record were ignored"}
	wrongLength    = issueKind{geo.Info, "", "文件头中的文件长度不对，以实际长度为准", "the file length in the header is wrong; the real length was followed"}
	wrongNumber    = issueKind{geo.Info, "", "记录号不连续，以先后次序为准", "record numbers are out of sequence; the order in the file was followed"}
	mixedTypes     = issueKind{geo.Info, "", "记录的图形类型与文件头不同，按面读取", "records differ in shape type from the header; read as polygons"}
	nullShape      = issueKind{geo.Warning, "", "空图形（无坐标），已跳过", "null shapes (no coordinates) were skipped"}
	noRing         = issueKind{geo.Warning, "", "没有可用的环，按空图形处理", "no usable ring is left; treated as null shapes"}
	openRing       = issueKind{geo.Warning, "", "环未闭合，已闭合", "rings were not closed; closed"}
	thinRing       = issueKind{geo.Warning, "", "环的不同顶点少于 3 个，已舍去", "rings with fewer than 3 distinct points were dropped"}
	badBox         = issueKind{geo.Info, "", "记录的外包矩形无效，已由坐标重算", "the box of the record is not a number; computed from its points"}
	lyingBox       = issueKind{geo.Warning, "", "记录自带的外包矩形没有包住其坐标，不予采信，以坐标为准", "the record's own box does not cover its points; it is not believed, the points count"}
	wideBox        = issueKind{geo.Info, "", "记录自带的外包矩形大于其坐标范围，以坐标为准", "the record's own box is larger than its points; the points count"}
	lostPoint      = issueKind{geo.Warning, "", "有坐标不是有限数，这些坐标没有位置；其附近有变更时检查会停止", "coordinates are not finite numbers and lie nowhere; a check that comes near the rest of the record stops"}
	duplicateField = issueKind{geo.Warning, ".dbf", "字段名重复，取第一个", "field names occur twice; the first is taken"}
	memoField      = issueKind{geo.Info, ".dbf", "备注（M）类型字段不能读取，按空值处理", "memo (M) fields are not read; their values are empty"}
	unknownCpg     = issueKind{geo.Warning, ".cpg", ".cpg 所写的编码不认识，已按内容判断", "the .cpg names an unknown encoding; it was judged by the contents"}
	otherText      = issueKind{geo.Warning, ".dbf", ".cpg（或文件头）所写的编码与文字的字节不符，已按字节实际的编码（UTF-8 或 GBK）读取", "the text is not in the encoding that the .cpg (or the header) names; it was read in the one that its bytes are valid in (UTF-8 or GBK)"}
	badText        = issueKind{geo.Warning, ".dbf", "文字不符合所声明的编码，部分字符无法还原", "text does not fit the encoding; some characters are lost"}
)

// issues collects what was odd. Its zero value is ready; it is safe for
// concurrent use.
type issues struct {
	mu   sync.Mutex
	seen map[issueKind]map[int]struct{}
}

// add notes an issue of a record (1-based), or of the whole file (0). Adding
// the same twice changes nothing, so that a layer may be read again.
func (o *issues) add(what issueKind, record int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen == nil {
		o.seen = make(map[issueKind]map[int]struct{})
	}
	if o.seen[what] == nil {
		o.seen[what] = make(map[int]struct{})
	}
	o.seen[what][record] = struct{}{}
}

// of tells whether a kind of issue was noted of anything.
func (o *issues) of(what issueKind) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.seen[what]) > 0
}

// records are those about which anything is odd (1-based).
func (o *issues) records() map[int]bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := map[int]bool{}
	for _, set := range o.seen {
		for r := range set {
			all[r] = true
		}
	}
	return all
}

// snapshot and restore undo what a reading noted that proved wrong.
func (o *issues) snapshot() map[issueKind]map[int]struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	copied := make(map[issueKind]map[int]struct{}, len(o.seen))
	for what, set := range o.seen {
		copied[what] = maps.Clone(set)
	}
	return copied
}

func (o *issues) restore(seen map[issueKind]map[int]struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.seen = seen
}

// list gives the kinds with their records.
func (o *issues) list(file func(ext string) string) []geo.Issue {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []geo.Issue
	for what, set := range o.seen {
		odd := geo.Issue{Severity: what.severity, File: file(what.ext), Message: geo.Text{ZH: what.zh, EN: what.en}}
		for r := range set {
			if r > 0 {
				odd.Records = append(odd.Records, r)
			}
		}
		slices.Sort(odd.Records)
		list = append(list, odd)
	}
	slices.SortFunc(list, func(a, b geo.Issue) int { return strings.Compare(a.File+a.Message.EN, b.File+b.Message.EN) })
	return list
}

// notices gives one notice a kind, the first record's first.
func (o *issues) notices(file func(ext string) string) []geo.Notice {
	var list []geo.Notice
	for _, odd := range o.list(file) {
		list = append(list, odd.Notice())
	}
	slices.SortStableFunc(list, func(a, b geo.Notice) int { return a.Record - b.Record })
	return list
}
