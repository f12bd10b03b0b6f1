package geo

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// LostKind is how a figure of a layer was lost or nearly so.
type LostKind byte

// The kinds (README.md, Files are not to be believed). All but LeadingNULs are read as unknown; text stays as
// it is for those who say what is wrong with it.
const (
	Asterisks   LostKind = iota + 1 // too wide for its field, which dBASE fills with asterisks
	LeadingNULs                     // NUL bytes before the digits, which are read
	NotNumber                       // nan, 1.#INF: a program divided by zero
	NullNumber                      // -1.797e308, which ArcGIS writes for null
	TextNumber                      // text in a field of numbers
)

// LostValues is the figures of one field that were lost in one way.
type LostValues struct {
	Field string
	Kind  LostKind
	Count int   // records
	First []int // the first of them, ascending
}

// InspectedLayer is a layer that says what reading all of its bytes showed, once
// Digest has done so; nothing before.
type InspectedLayer interface {
	Inspected() []Notice
}

// LostCounter counts lost figures. Records are added in ascending order for
// each field.
type LostCounter struct{ list []LostValues }

// Add counts a record.
func (l *LostCounter) Add(field string, kind LostKind, record int) {
	at := slices.IndexFunc(l.list, func(o LostValues) bool { return o.Field == field && o.Kind == kind })
	if at < 0 {
		at = len(l.list)
		l.list = append(l.list, LostValues{Field: field, Kind: kind})
	}
	o := &l.list[at]
	if o.Count++; len(o.First) < listedRecords {
		o.First = append(o.First, record)
	}
}

// List is what was counted, by field and kind.
func (l *LostCounter) List() []LostValues {
	list := slices.Clone(l.list)
	slices.SortFunc(list, func(a, b LostValues) int {
		return cmp.Or(strings.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind))
	})
	return list
}

// LostNotices says each once, of a file.
func LostNotices(file string, list []LostValues) []Notice {
	var notices []Notice
	for _, o := range list {
		what := map[LostKind]Text{
			Asterisks:   {ZH: "是星号（数值超出字段宽度），按未知处理", EN: "asterisks, for a number too wide for its field: read as unknown"},
			LeadingNULs: {ZH: "数字之前有 NUL 字节，已读取其后的数字", EN: "NUL bytes before the digits: the digits are read"},
			NotNumber:   {ZH: "不是有限的数（nan、inf），按未知处理", EN: "no finite number (nan, inf): read as unknown"},
			NullNumber:  {ZH: "是表示空值的 -1.797e308，按未知处理", EN: "-1.797e308, which stands for null: read as unknown"},
			TextNumber:  {ZH: "在数值字段中是文字，按未知处理", EN: "text in a field of numbers: read as unknown"},
		}[o.Kind]
		n := Notice{Severity: Warning, File: file, Message: Textf("字段 %[1]s 有 %[2]d 条记录的值%[3]s", "field %[1]s has, in %[2]d records, %[4]s", o.Field, o.Count, what.ZH, what.EN)}
		if len(o.First) > 0 {
			n.Record = o.First[0]
		}
		if o.Count > 1 {
			var all []string
			for _, r := range o.First {
				all = append(all, strconv.Itoa(r))
			}
			more := ""
			if o.Count > len(o.First) {
				more = " …"
			}
			n.Message.ZH += "（第 " + strings.Join(all, "、") + " 条" + more + "）"
			n.Message.EN += " (records " + strings.Join(all, ", ") + more + ")"
		}
		notices = append(notices, n)
	}
	return notices
}

// maxNumber is larger than any figure of land in any unit.
const maxNumber = 1e300

// IsNullNumber reports the double that stands for null: ±1.797e308, however
// many digits of it a writer keeps.
func IsNullNumber(v float64) bool { return math.Abs(v) > maxNumber && !math.IsInf(v, 0) }
