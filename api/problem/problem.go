// Package problem is what went wrong, as the service answers it: problem
// documents by RFC 9457, in the language of the request.
package problem

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/rules/report/chromium"

	"github.com/labstack/echo/v4"
)

// Document is what went wrong, by RFC 9457. Type is stable; the rest is for
// people, in the language of the request.
type Document struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Advice string `json:"advice,omitempty"` // what to do
	File   string `json:"file,omitempty"`
	Record int    `json:"record,omitempty"`
	Field  string `json:"field,omitempty"` // of a file, of the query, of the body
	Limit  string `json:"limit,omitempty"` // that turned the caller away, by the name of its flag
}

// prefix starts every type.
const prefix = "urn:landcheck:problem:"

// Error is an error with its answer.
type Error struct {
	Status         int
	Kind           string
	Detail, Advice geo.Text
	File, Field    string
	Limit          string
	Record         int
	Retry          time.Duration
	Cause          error
}

// Error implements error: for logs.
func (p *Error) Error() string { return p.Kind + ": " + p.Detail.EN }

// Unwrap is what went wrong beneath.
func (p *Error) Unwrap() error { return p.Cause }

// titles of the kinds of problem, by status and name.
func titleOf(kind string) geo.Text {
	switch kind {
	case "not-found":
		return geo.Text{ZH: "没有找到", EN: "Not found"}
	case "method-not-allowed":
		return geo.Text{ZH: "不支持这种请求方法", EN: "Method not allowed"}
	case "bad-parameter":
		return geo.Text{ZH: "参数有误", EN: "Bad parameter"}
	case "bad-body":
		return geo.Text{ZH: "请求内容有误", EN: "Bad request body"}
	case "unsupported-media-type":
		return geo.Text{ZH: "不支持的内容类型", EN: "Unsupported media type"}
	case "not-acceptable":
		return geo.Text{ZH: "没有所要的格式", EN: "No such format"}
	case "too-large":
		return geo.Text{ZH: "文件太大", EN: "Too large"}
	case "bad-input":
		return geo.Text{ZH: "方案或底图无法读取", EN: "The plan or the base data cannot be read"}
	case "bad-report":
		return geo.Text{ZH: "报告、通行证或公钥无法读取", EN: "The report, its passport or the key cannot be read"}
	case "unauthorized":
		return geo.Text{ZH: "需要登录", EN: "A token is needed"}
	case "forbidden":
		return geo.Text{ZH: "没有权限", EN: "Not allowed"}
	case "conflict":
		return geo.Text{ZH: "与现状冲突", EN: "Conflict"}
	case "blocked":
		return geo.Text{ZH: "方案已停止核查", EN: "The plan is not checked any more"}
	case "busy":
		return geo.Text{ZH: "服务繁忙", EN: "Busy"}
	case "quota":
		return geo.Text{ZH: "存储额度已用完", EN: "The county's room is used up"}
	case "timeout":
		return geo.Text{ZH: "超时", EN: "Timeout"}
	case "unavailable":
		return geo.Text{ZH: "服务暂不可用", EN: "Unavailable"}
	}
	return geo.Text{ZH: "内部错误", EN: "Internal error"}
}

// Document is what is sent, in a language.
func (p *Error) Document(lang string) Document {
	return Document{Type: prefix + p.Kind, Title: titleOf(p.Kind).In(lang), Status: p.Status,
		Detail: p.Detail.In(lang), Advice: p.Advice.In(lang), File: p.File, Record: p.Record, Field: p.Field, Limit: p.Limit}
}

// NotFound is the answer where there is nothing, or nothing for the caller.
func NotFound(what geo.Text) error {
	return &Error{Status: http.StatusNotFound, Kind: "not-found", Detail: what,
		Advice: geo.Text{ZH: "请检查编号；不在您权限范围内的内容同样显示为不存在", EN: "Check the id; what lies outside your area does not exist for you either"}}
}

// BadParameter is the answer to a parameter of an address.
func BadParameter(name string, detail geo.Text, advice geo.Text) error {
	return &Error{Status: http.StatusBadRequest, Kind: "bad-parameter", Field: name, Detail: detail, Advice: advice}
}

// BadBody is the answer to a field of a body.
func BadBody(field string, detail geo.Text, advice geo.Text) error {
	return &Error{Status: http.StatusBadRequest, Kind: "bad-body", Field: field, Detail: detail, Advice: advice}
}

// Of is the one place where errors become answers.
func Of(err error) *Error {
	var p *Error
	var h *echo.HTTPError
	var tooLarge *http.MaxBytesError
	var quota *store.QuotaError
	inputErr, isInputError := geo.AsInputError(err)
	switch {
	case errors.As(err, &p):
		return p
	case isInputError && inputErr.Wants == geo.ServerInput:
		return serverDown(err, inputErr)
	case errors.As(err, &tooLarge):
		return TooLarge(tooLarge.Limit)
	case errors.As(err, &quota):
		return fullCounty(quota)
	case errors.Is(err, store.ErrNotFound):
		return &Error{Status: http.StatusNotFound, Kind: "not-found", Cause: err, Detail: geo.Text{ZH: "没有这项内容", EN: "there is no such thing"}}
	case errors.Is(err, store.ErrNotOwner):
		return &Error{Status: http.StatusTooManyRequests, Kind: "busy", Retry: 10 * time.Second, Cause: err, Limit: "max-waiting-per-caller",
			Detail: geo.Text{ZH: "您等待核查的方案太多", EN: "too many of your checks are waiting"},
			Advice: geo.Text{ZH: "请等前面的核查开始后再试；上限由管理员用 --max-waiting-per-caller 设置", EN: "Wait until some of them have begun; an administrator sets the limit by --max-waiting-per-caller"}}
	case errors.Is(err, store.ErrFull):
		return &Error{Status: http.StatusTooManyRequests, Kind: "busy", Retry: 10 * time.Second, Cause: err, Limit: "max-waiting",
			Detail: geo.Text{ZH: "等待核查的方案太多", EN: "too many checks are waiting"}, Advice: geo.Text{ZH: "请稍后再试", EN: "Try again later"}}
	case errors.Is(err, transient.ErrReplaced) && isInputError:
		return replaced(err, inputErr)
	case errors.Is(err, chromium.ErrUnprinted):
		return &Error{Status: http.StatusServiceUnavailable, Kind: "unavailable", Retry: time.Minute, Cause: err,
			Detail: geo.Text{ZH: "这台服务器现在不能打印 PDF", EN: "this server cannot print PDF now"},
			Advice: geo.Text{ZH: "请打开网页报告，在浏览器里打印；管理员须安装 Chromium，或用 --chromium 指明其程序", EN: "Open the report as a page and print it in a browser; an administrator has to install Chromium, or to name its program by --chromium"}}
	case transient.Is(err) && !errors.Is(err, context.DeadlineExceeded): // before input errors: they tell of files, this tells of the machine
		return Unavailable(err)
	case isInputError && !transient.Is(err):
		return &Error{Status: http.StatusUnprocessableEntity, Kind: "bad-input", Cause: err,
			File: inputErr.File, Record: inputErr.Record, Field: inputErr.Field, Detail: inputErr.Message, Advice: store.AdviceOf(inputErr)}
	case errors.As(err, &h):
		return routerProblem(h)
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Status: http.StatusServiceUnavailable, Kind: "timeout", Retry: 10 * time.Second, Cause: err,
			Detail: geo.Text{ZH: "请求没有在限定时间内完成", EN: "the request did not end in time"}, Advice: geo.Text{ZH: "请稍后再试", EN: "Try again later"}}
	}
	return &Error{Status: http.StatusInternalServerError, Kind: "internal", Cause: err,
		Detail: geo.Text{ZH: "服务内部错误", EN: "something went wrong in the service"},
		Advice: geo.Text{ZH: "请稍后再试；再次出现时请把请求编号（X-Request-Id）告诉管理员", EN: "Try again; if it comes back, tell the administrator the request's id (X-Request-Id)"}}
}

// Unavailable is the answer to a transient failure: a database or an issuer that cannot be
// reached, a full disk. Which of them is for the log alone.
func Unavailable(err error) *Error {
	return &Error{Status: http.StatusServiceUnavailable, Kind: "unavailable", Retry: 10 * time.Second, Cause: err,
		Detail: geo.Text{ZH: "服务所依赖的系统（数据库、磁盘等）暂不可用；请求没有执行，或没有执行完", EN: "what the service depends on (a database, a disk) cannot be used now; the request was not carried out, or not to its end"},
		Advice: geo.Text{ZH: "请稍后再试；持续出现时请告诉管理员", EN: "Try again later; if it lasts, tell the administrator"}}
}

// serverDown is a county's server of base data that cannot be used: other counties
// are not concerned, so callers are told which county it is, and which server.
func serverDown(err error, inputErr *geo.InputError) *Error {
	p := Unavailable(err)
	p.Detail = inputErr.Message
	p.Advice = geo.Text{ZH: "请稍后再试；其他旗县不受影响；持续出现时请告诉管理员", EN: "Try again later; other counties go on; if it lasts, tell the administrator"}
	return p
}

// replaced is a file of base data that changes under the service, or that is
// not there: the one that the caller's map is drawn from, so he is told which.
func replaced(err error, inputErr *geo.InputError) *Error {
	p := Unavailable(err)
	p.File, p.Record = filepath.Base(inputErr.File), inputErr.Record
	p.Detail = geo.Textf("底图文件 %s 正在更换，或没有复制完", "the file %s of the base data is being replaced, or was not copied to its end", p.File)
	p.Advice = geo.Text{ZH: "请待复制完成后再试；持续出现时请管理员查看该文件", EN: "Try again when the copying has ended; if it lasts, ask the administrator to look at that file"}
	return p
}

// TooLarge is the answer to a body of more than so many bytes.
func TooLarge(limit int64) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Kind: "too-large",
		Detail: geo.Textf("内容超过 %d 字节", "the body has more than %d bytes", limit),
		Advice: geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽限制", EN: "Split the plan by sub-project, or ask the administrator for a higher limit"}}
}

func routerProblem(h *echo.HTTPError) *Error {
	switch h.Code {
	case http.StatusNotFound:
		return &Error{Status: h.Code, Kind: "not-found", Detail: geo.Text{ZH: "没有这个地址", EN: "there is no such address"},
			Advice: geo.Text{ZH: "地址列表见 /openapi.json", EN: "The addresses are in /openapi.json"}}
	case http.StatusMethodNotAllowed:
		return &Error{Status: h.Code, Kind: "method-not-allowed", Detail: geo.Text{ZH: "这个地址不接受这种方法", EN: "the address does not take this method"},
			Advice: geo.Text{ZH: "可用的方法见响应头 Allow", EN: "The methods it takes are in the header Allow"}}
	}
	return &Error{Status: h.Code, Kind: "bad-parameter", Detail: geo.Textf("%v", "%v", h.Message)}
}
