package report

import (
	"regexp"
	"strconv"
	"strings"

	"landcheck/geo"
)

// gathered is what is odd about an input, with its place, in one line for all
// records of a file that have it.
type gathered struct {
	Severity geo.Severity
	Text     geo.Text
}

// gatheredRecords is how many records a line names.
const gatheredRecords = 12

// gather joins notices of one file that say the same, figures apart, of
// several records: a layer with 400 odd records gets one line, not 400. The
// order is that of the first of each; the JSON report keeps all.
func gather(list []geo.Notice) []gathered {
	type noticeGroup struct {
		notices []geo.Notice
	}
	var order []*noticeGroup
	at := map[string]*noticeGroup{}
	for _, n := range list {
		key := strings.Join([]string{string(n.Severity), n.File, kindOf(n.Message.ZH)}, "\x00")
		if n.Record == 0 { // of the whole file: only what is word for word the same
			key += "\x00" + n.Message.ZH + "\x00whole"
		}
		b := at[key]
		if b == nil {
			b = &noticeGroup{}
			at[key], order = b, append(order, b)
		}
		b.notices = append(b.notices, n)
	}
	var out []gathered
	for _, b := range order {
		first := b.notices[0]
		if len(b.notices) == 1 || first.Record == 0 {
			out = append(out, gathered{first.Severity, noticeText(first)})
			continue
		}
		same := true
		var records []string
		for _, n := range b.notices {
			same = same && n.Message == first.Message
			if len(records) < gatheredRecords {
				records = append(records, strconv.Itoa(n.Record))
			}
		}
		numbers, n := strings.Join(records, ", "), len(b.notices)
		if n > gatheredRecords {
			numbers += " …"
		}
		t := geo.Textf("%[1]s 第 %[2]s 条（共 %[3]d 条）：%[4]s", "%[1]s, records %[2]s (%[3]d in all): %[5]s", first.File, numbers, n, first.Message.ZH, first.Message.EN)
		if !same {
			t = geo.Textf("%[1]s 第 %[2]s 条（共 %[3]d 条）有同类情况，如第 %[4]d 条：%[5]s", "%[1]s, records %[2]s (%[3]d in all) are alike, as record %[4]d: %[6]s",
				first.File, numbers, n, first.Record, first.Message.ZH, first.Message.EN)
		}
		out = append(out, gathered{first.Severity, t})
	}
	return out
}

var particular = regexp.MustCompile(`“[^”]*”|"[^"]*"|[-+]?\d[\d.,]*`)

// kindOf is a message without its figures and quoted values: what messages
// of one kind have in common.
func kindOf(s string) string { return particular.ReplaceAllString(s, "#") }
