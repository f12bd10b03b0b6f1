package api

import (
	"io"
	"net/http"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/geo"

	"github.com/dustin/go-humanize"
	"github.com/labstack/echo/v4"
)

// mayUpload refuses a body that is longer than what its caller may still upload
// today, before a byte of it is sent, and counts what is read of it. What was
// announced and never came is given back by settle.
func (s *Server) mayUpload(c echo.Context) (settle func(), err error) {
	r := c.Request()
	m := &meteredBody{ReadCloser: r.Body, use: func(n int64) error {
		if wait, ok := s.daily.Use(access.Who(c).Key(), n); !ok {
			return s.enoughForToday(wait)
		}
		return nil
	}}
	if r.ContentLength > 0 {
		if err := m.use(r.ContentLength); err != nil {
			return nil, err
		}
		m.paid = r.ContentLength
	}
	r.Body = m
	return func() { _ = m.use(-m.paid) }, nil
}

// meteredBody counts what is read of a body, beyond what was paid before.
type meteredBody struct {
	io.ReadCloser
	paid int64
	use  func(n int64) error
}

// Read implements io.Reader.
func (m *meteredBody) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if m.paid -= int64(n); m.paid < 0 {
		if over := m.use(-m.paid); over != nil {
			return 0, over
		}
		m.paid = 0
	}
	return n, err
}

func (s *Server) enoughForToday(wait time.Duration) error {
	most := humanize.IBytes(uint64(s.daily.Most()))
	return &problem.Error{Status: http.StatusTooManyRequests, Kind: "busy", Retry: wait, Limit: "max-upload-per-day",
		Detail: geo.Textf("您在 24 小时内上传的内容超过 %s", "you have uploaded more than %s in 24 hours", most),
		Advice: geo.Text{ZH: "请稍后再上传；上限由管理员用 --max-upload-per-day 设置", EN: "Upload later; an administrator sets the limit by --max-upload-per-day"}}
}
