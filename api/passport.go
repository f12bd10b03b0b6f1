package api

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/passport"

	"github.com/labstack/echo/v4"
)

// passport seals a check's report with the service's own key.
func (s *Server) passport(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	if s.Key == nil {
		return noServiceKey()
	}
	if err := s.accessLog.ReadsCheck(c, k, "passport"); err != nil {
		return err
	}
	leave, ok := s.writing.Wait(c.Request().Context(), access.Who(c).Key())
	if !ok {
		return c.Request().Context().Err()
	}
	defer leave()
	written, err := s.artifact(c, k, check.ReportFile)
	if err != nil {
		return err
	}
	p, err := passport.Of(written, s.Key)
	if err != nil {
		return err
	}
	data, err := p.Encode()
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-cache") // a signature of SM2 is another each time
	attach(c, "landcheck-"+k.ID[len(k.ID)-12:]+".passport.json")
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, data)
}

// publicKey is what verifies the passports of this service.
type publicKey struct {
	passport.Key
	PEM string `json:"pem"`
}

// passportKey gives the public half of the service's key, for whoever verifies
// elsewhere.
func (s *Server) passportKey(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	if s.Key == nil {
		return noServiceKey()
	}
	return c.JSON(http.StatusOK, publicKey{s.Key.Public().Name(), string(s.Key.Public().PEM())})
}

func noServiceKey() error {
	return problem.NotFound(geo.Text{ZH: "本服务没有签名的密钥，不签发通行证", EN: "this service has no key to sign with, and issues no passports"})
}

// artifact is a file of a check's result, whole.
func (s *Server) artifact(c echo.Context, k store.Check, name string) ([]byte, error) {
	a, err := s.Store.Artifact(c.Request().Context(), k.ID, name)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	return io.ReadAll(a)
}

// digestOf is the SHA-256 of a check's report as its file holds it.
func (s *Server) digestOf(c echo.Context, k store.Check) (*[sha256.Size]byte, error) {
	a, err := s.Store.Artifact(c.Request().Context(), k.ID, check.ReportFile)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	h := sha256.New()
	if _, err := io.Copy(h, a); err != nil {
		return nil, fmt.Errorf("%s: %w", check.ReportFile, err)
	}
	sum := [sha256.Size]byte(h.Sum(nil))
	return &sum, nil
}
