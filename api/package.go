package api

import (
	"errors"
	"io/fs"
	"net/http"
	"os"

	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/transient"

	"github.com/labstack/echo/v4"
)

// download gives a package back as it came.
func (s *Server) download(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	path, release, err := s.Store.Package(c.Request().Context(), p.ID)
	if err != nil {
		return err
	}
	defer release()
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) { // deleted just now
		return problem.NotFound(geo.Textf("没有方案 %q", "there is no plan %q", p.ID))
	}
	if err != nil {
		return transient.Mark(err)
	}
	defer file.Close()
	record := s.record // every time, but for the parts of one that is fetched by parts
	if c.Request().Header.Get("Range") != "" {
		record = s.accessLog.Reads
	}
	if err := record(c, "download", p.ID, p.County, p.Digest); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", `"`+p.Digest+`"`)
	h.Set(echo.HeaderContentType, packageType(p.File))
	attach(c, p.File)
	r := c.Request().Clone(c.Request().Context())
	r.Header.Del("If-Match") // would be answered without a problem document
	r.Header.Del("If-Unmodified-Since")
	w := &rangeWriter{ResponseWriter: c.Response()}
	http.ServeContent(w, r, "", p.Created, file)
	if !w.refused {
		return nil
	}
	h.Del(echo.HeaderContentDisposition)
	return &problem.Error{Status: http.StatusRequestedRangeNotSatisfiable, Kind: "bad-parameter", Field: "Range",
		Detail: geo.Textf("方案包没有 %q 这一段", "the package has no part %q", r.Header.Get("Range")),
		Advice: geo.Textf("方案包共 %d 字节", "The package has %d bytes", p.Size)}
}

func packageType(name string) string {
	if f, ok := catalog.FormatOf(name); ok && f.Media != "" {
		return f.Media
	}
	return "application/zip"
}

// rangeWriter keeps back the plain text that ServeContent answers a bad Range with.
type rangeWriter struct {
	http.ResponseWriter
	refused bool
}

// WriteHeader implements http.ResponseWriter.
func (w *rangeWriter) WriteHeader(status int) {
	if w.refused = status == http.StatusRequestedRangeNotSatisfiable; !w.refused {
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write implements http.ResponseWriter.
func (w *rangeWriter) Write(b []byte) (int, error) {
	if w.refused {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}
