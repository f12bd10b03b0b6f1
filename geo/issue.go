package geo

import (
	"fmt"
	"strings"
)

// Issue is one kind of odd thing about a layer and the records that show it;
// none for the layer as a whole.
type Issue struct {
	Severity Severity
	File     string
	Message  Text
	Records  []int // ascending
}

const listedRecords = 10 // a notice lists so many records and counts the rest

// Notice says it once, however many records there are.
func (o Issue) Notice() Notice {
	n := Notice{Severity: o.Severity, File: o.File, Message: o.Message}
	if len(o.Records) > 0 {
		n.Record = o.Records[0]
	}
	if len(o.Records) > 1 {
		listed := strings.Trim(fmt.Sprint(o.Records[:min(len(o.Records), listedRecords)]), "[]")
		more := ""
		if len(o.Records) > listedRecords {
			more = " …"
		}
		n.Message.ZH += fmt.Sprintf("（共 %d 条记录：%s%s）", len(o.Records), strings.ReplaceAll(listed, " ", "、"), more)
		n.Message.EN += fmt.Sprintf(" (%d records: %s%s)", len(o.Records), strings.ReplaceAll(listed, " ", ", "), more)
	}
	return n
}
