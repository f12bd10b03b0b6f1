package api

import (
	"net/http"
	"slices"

	"landcheck/api/manual"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/geo"
	"landcheck/rules/rulebook"

	"github.com/labstack/echo/v4"
)

// The addresses of the manual, which is open to all: it holds nothing of a
// service but what its program is.
const (
	docsPath  = "/docs"
	docsStyle = "/docs/manual.css"
)

// docsPolicy lets a page of the manual have its style sheet and nothing else.
const docsPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// docs sends a reader to the contents in the language of the request.
func (s *Server) docs(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Redirect(http.StatusFound, docsPath+"/"+request.Language(c))
}

// docsContents lists the topics.
func (s *Server) docsContents(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	lang, err := docsLanguage(c)
	if err != nil {
		return err
	}
	page, err := manual.Contents(lang)
	return docsPage(c, page, err)
}

// docsTopic is one chapter.
func (s *Server) docsTopic(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	lang, err := docsLanguage(c)
	if err != nil {
		return err
	}
	if name := c.Param("topic"); slices.Contains(rulebook.BuiltIn(), name) {
		page, err := handbook(name, lang)
		return docsPage(c, page, err)
	}
	topic, ok := manual.Find(c.Param("topic"))
	if !ok || topic.Name != c.Param("topic") {
		return problem.NotFound(geo.Textf("手册没有 %q 这一章", "the manual has no chapter %q", c.Param("topic")))
	}
	page, err := topic.Page(lang)
	return docsPage(c, page, err)
}

// handbook is a built-in rulebook to read.
func handbook(name, lang string) ([]byte, error) {
	book, err := rulebook.Load(name)
	if err != nil {
		return nil, err
	}
	return manual.Handbook(lang, name, book.Title.In(lang), book.Handbook(lang))
}

// docsLook is the style sheet of the chapters.
func (s *Server) docsLook(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", manual.Style)
}

// docsPicture is a picture of the chapters.
func (s *Server) docsPicture(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	data, media, ok := manual.Picture(c.Param("file"))
	if !ok {
		return problem.NotFound(geo.Textf("手册没有图片 %q", "the manual has no picture %q", c.Param("file")))
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Blob(http.StatusOK, media, data)
}

func docsLanguage(c echo.Context) (string, error) {
	for _, lang := range manual.Languages() {
		if lang == c.Param("language") {
			return lang, nil
		}
	}
	return "", problem.NotFound(geo.Textf("手册没有语言 %q", "the manual is not in a language %q", c.Param("language")))
}

func docsPage(c echo.Context, page []byte, err error) error {
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", docsPolicy)
	h.Set("Cache-Control", "no-cache")
	return c.HTMLBlob(http.StatusOK, page)
}
