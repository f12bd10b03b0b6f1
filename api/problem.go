package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/transient"

	"github.com/labstack/echo/v4"
)

// Problem is what went wrong, by RFC 9457. Type is stable; the rest is for
// people, in the language of the request.
type Problem struct {
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

// problemPrefix starts every type.
const problemPrefix = "urn:landcheck:problem:"

// problem is an error with its answer.
type problem struct {
	status         int
	kind           string
	detail, advice geo.Text
	file, field    string
	limit          string
	record         int
	retry          time.Duration
	cause          error
}

func (p *problem) Error() string { return p.kind + ": " + p.detail.EN }
func (p *problem) Unwrap() error { return p.cause }

// titles of the kinds of problem, by status and name.
func title(kind string) geo.Text {
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
	case "unauthorized":
		return geo.Text{ZH: "需要登录", EN: "A token is needed"}
	case "forbidden":
		return geo.Text{ZH: "没有权限", EN: "Not allowed"}
	case "conflict":
		return geo.Text{ZH: "与现状冲突", EN: "Conflict"}
	case "blocked":
		return geo.Text{ZH: "方案已停止检查", EN: "The plan is not checked any more"}
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

func notFound(what geo.Text) error {
	return &problem{status: http.StatusNotFound, kind: "not-found", detail: what,
		advice: geo.Text{ZH: "请检查编号；不在您权限范围内的内容同样显示为不存在", EN: "Check the id; what lies outside your area does not exist for you either"}}
}

func badParameter(name string, detail geo.Text, advice geo.Text) error {
	return &problem{status: http.StatusBadRequest, kind: "bad-parameter", field: name, detail: detail, advice: advice}
}

func badBody(field string, detail geo.Text, advice geo.Text) error {
	return &problem{status: http.StatusBadRequest, kind: "bad-body", field: field, detail: detail, advice: advice}
}

// problemOf is the one place where errors become answers.
func problemOf(err error) *problem {
	var p *problem
	var h *echo.HTTPError
	var tooLarge *http.MaxBytesError
	var quota *store.QuotaError
	inputErr, isInputError := geo.AsInputError(err)
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &tooLarge):
		return tooBig(tooLarge.Limit)
	case errors.As(err, &quota):
		return fullCounty(quota)
	case errors.Is(err, store.ErrNotFound):
		return &problem{status: http.StatusNotFound, kind: "not-found", cause: err, detail: geo.Text{ZH: "没有这项内容", EN: "there is no such thing"}}
	case errors.Is(err, store.ErrNotOwner):
		return &problem{status: http.StatusTooManyRequests, kind: "busy", retry: 10 * time.Second, cause: err, limit: "max-waiting-per-caller",
			detail: geo.Text{ZH: "您等待检查的方案太多", EN: "too many of your checks are waiting"},
			advice: geo.Text{ZH: "请等前面的检查开始后再试；上限由管理员用 --max-waiting-per-caller 设置", EN: "Wait until some of them have begun; an administrator sets the limit by --max-waiting-per-caller"}}
	case errors.Is(err, store.ErrFull):
		return &problem{status: http.StatusTooManyRequests, kind: "busy", retry: 10 * time.Second, cause: err, limit: "max-waiting",
			detail: geo.Text{ZH: "等待检查的方案太多", EN: "too many checks are waiting"}, advice: geo.Text{ZH: "请稍后再试", EN: "Try again later"}}
	case errors.Is(err, transient.ErrReplaced) && isInputError:
		return replaced(err, inputErr)
	case transient.Is(err) && !errors.Is(err, context.DeadlineExceeded): // before input errors: they tell of files, this tells of the machine
		return unavailable(err)
	case isInputError && !transient.Is(err):
		return &problem{status: http.StatusUnprocessableEntity, kind: "bad-input", cause: err,
			file: inputErr.File, record: inputErr.Record, field: inputErr.Field, detail: inputErr.Message, advice: store.AdviceOf(inputErr)}
	case errors.As(err, &h):
		return routerProblem(h)
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{status: http.StatusServiceUnavailable, kind: "timeout", retry: 10 * time.Second, cause: err,
			detail: geo.Text{ZH: "请求没有在限定时间内完成", EN: "the request did not end in time"}, advice: geo.Text{ZH: "请稍后再试", EN: "Try again later"}}
	}
	return &problem{status: http.StatusInternalServerError, kind: "internal", cause: err,
		detail: geo.Text{ZH: "服务内部错误", EN: "something went wrong in the service"},
		advice: geo.Text{ZH: "请稍后再试；再次出现时请把请求编号（X-Request-Id）告诉管理员", EN: "Try again; if it comes back, tell the administrator the request's id (X-Request-Id)"}}
}

// unavailable is the answer to a transient failure: a database or an issuer that cannot be
// reached, a full disk. Which of them is for the log alone.
func unavailable(err error) *problem {
	return &problem{status: http.StatusServiceUnavailable, kind: "unavailable", retry: 10 * time.Second, cause: err,
		detail: geo.Text{ZH: "服务所依赖的系统（数据库、磁盘等）暂不可用；请求没有执行，或没有执行完", EN: "what the service depends on (a database, a disk) cannot be used now; the request was not carried out, or not to its end"},
		advice: geo.Text{ZH: "请稍后再试；持续出现时请告诉管理员", EN: "Try again later; if it lasts, tell the administrator"}}
}

// replaced is a file of base data that changes under the service, or that is
// not there: the one that the caller's map is drawn from, so he is told which.
func replaced(err error, inputErr *geo.InputError) *problem {
	p := unavailable(err)
	p.file, p.record = filepath.Base(inputErr.File), inputErr.Record
	p.detail = geo.Textf("底图文件 %s 正在更换，或没有复制完", "the file %s of the base data is being replaced, or was not copied to its end", p.file)
	p.advice = geo.Text{ZH: "请待复制完成后再试；持续出现时请管理员检查该文件", EN: "Try again when the copying has ended; if it lasts, ask the administrator to look at that file"}
	return p
}

func tooBig(limit int64) *problem {
	return &problem{status: http.StatusRequestEntityTooLarge, kind: "too-large",
		detail: geo.Textf("内容超过 %d 字节", "the body has more than %d bytes", limit),
		advice: geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽限制", EN: "Split the plan by sub-project, or ask the administrator for a higher limit"}}
}

func routerProblem(h *echo.HTTPError) *problem {
	switch h.Code {
	case http.StatusNotFound:
		return &problem{status: h.Code, kind: "not-found", detail: geo.Text{ZH: "没有这个地址", EN: "there is no such address"},
			advice: geo.Text{ZH: "地址列表见 /openapi.json", EN: "The addresses are in /openapi.json"}}
	case http.StatusMethodNotAllowed:
		return &problem{status: h.Code, kind: "method-not-allowed", detail: geo.Text{ZH: "这个地址不接受这种方法", EN: "the address does not take this method"},
			advice: geo.Text{ZH: "可用的方法见响应头 Allow", EN: "The methods it takes are in the header Allow"}}
	}
	return &problem{status: h.Code, kind: "bad-parameter", detail: geo.Textf("%v", "%v", h.Message)}
}

// answer writes an error as a problem document and logs what is ours.
func (s *Server) answer(err error, c echo.Context) {
	if c.Response().Committed {
		s.Log.Warn("response broken off", "request", requestID(c), "error", err)
		return
	}
	p := problemOf(err)
	if p.status >= 500 && !errors.Is(err, context.Canceled) {
		s.Log.Error("request failed", "request", requestID(c), "error", err)
	}
	lang := language(c)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.retry.Seconds()))))
	}
	if p.status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="landcheck"`)
	}
	body, err := json.Marshal(Problem{Type: problemPrefix + p.kind, Title: title(p.kind).In(lang), Status: p.status,
		Detail: p.detail.In(lang), Advice: p.advice.In(lang), File: p.file, Record: p.record, Field: p.field, Limit: p.limit})
	if err == nil {
		h.Set("Content-Language", lang)
		c.Response().WriteHeader(p.status)
		if c.Request().Method != http.MethodHead {
			_, err = c.Response().Write(append(body, '\n'))
		}
	}
	if err != nil {
		s.Log.Debug("problem not delivered", "error", fmt.Sprint(err))
	}
}
