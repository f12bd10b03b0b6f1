package geo

import (
	"errors"
	"fmt"
	"strings"
)

// InputError is input that cannot be read: where, what is wrong, what to do. It is
// the one error type that the command and the service show as "bad input".
type InputError struct {
	File    string // as the user named it; an entry of an archive is "plan.zip!ZZQY.shp"
	Record  int    // 1-based; 0 means the file as a whole; the line of a text file
	Column  int    // 1-based, in a line of a text file; 0 for other files
	Field   string
	Offset  int64 // byte offset in the file; 0 when it means nothing
	Message Text
	Advice  Text
	Wants   Input  // what would settle it; "" where the advice says all
	Excerpt string // the line of a text file with a caret under the column, two lines; "" for other files
	Err     error  // underlying error, if any
}

// Input is something that is given to a check beside the plan. What finds one
// missing or wrong says which; how it is given, on a command line or to a
// service, is for those to say.
type Input string

// The inputs.
const (
	SystemInput     Input = "crs"         // the system of layers that do not say theirs
	BaseInput       Input = "base"        // base data
	RulebookInput   Input = "rulebook"    // the rulebook to judge by
	SubProjectInput Input = "subprojects" // the sub-projects up for acceptance
	ApprovedInput   Input = "approved"    // the report of the approved plan
	ReportInput     Input = "report"      // a report in JSON
	PackageInput    Input = "package"     // the plan package: a report does not hold what is asked for
	LayerInput      Input = "layer"       // which layer is meant, and its role, where one is checked by itself
	SchemaInput     Input = "schema"      // a database with the schema of this program
	ServerInput     Input = "server"      // the server on which a county's base data lies, which cannot be used now
)

// Inputs are all of them.
func Inputs() []Input {
	return []Input{SystemInput, BaseInput, RulebookInput, SubProjectInput, ApprovedInput, ReportInput, PackageInput, LayerInput, SchemaInput, ServerInput}
}

// Error is the input error in English, on one line.
func (f *InputError) Error() string { return f.Text().EN }

// Unwrap gives the underlying error.
func (f *InputError) Unwrap() error { return f.Err }

// Text is the whole message: place, problem, advice.
func (f *InputError) Text() Text {
	var zh, en []string
	add := func(z, e string) { zh, en = append(zh, z), append(en, e) }
	if f.File != "" {
		add(Printable(f.File), Printable(f.File))
	}
	switch {
	case f.Record > 0 && f.Column > 0:
		add(fmt.Sprintf("第 %d 行第 %d 列", f.Record, f.Column), fmt.Sprintf("line %d, column %d", f.Record, f.Column))
	case f.Record > 0:
		add(fmt.Sprintf("第 %d 条记录", f.Record), fmt.Sprintf("record %d", f.Record))
	}
	if f.Field != "" {
		add("字段 "+Printable(f.Field), "field "+Printable(f.Field))
	}
	if f.Offset > 0 {
		add(fmt.Sprintf("字节偏移 %d", f.Offset), fmt.Sprintf("byte %d", f.Offset))
	}
	z, e := f.Message.ZH, f.Message.EN
	if len(zh) > 0 {
		z, e = strings.Join(zh, "，")+"："+z, strings.Join(en, ", ")+": "+e
	}
	return Text{ZH: z, EN: e}.Then(f.Advice)
}

// AsInputError finds the input error in an error chain.
func AsInputError(err error) (*InputError, bool) {
	var f *InputError
	ok := errors.As(err, &f)
	return f, ok
}

// Severity of a notice.
type Severity string

// The severities of notices, mild to strong.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Notice is something odd about an input that did not stop its reading: a
// rebuilt index, a skipped null shape, a guessed encoding.
type Notice struct {
	Severity Severity `json:"severity"`
	File     string   `json:"file"`
	Record   int      `json:"record,omitempty"`
	Message  Text     `json:"message"`
}
