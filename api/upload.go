package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
)

// upload takes in a plan package: the zip (or gpkg) as the body, or a form
// with one package or the loose files of one. It is streamed to disk, read
// once to see that it is a plan, and kept once whoever sends it.
func (s *Server) upload(c echo.Context) error {
	q := request.Parameters(c, "county", "name")
	county := q.Match("county", request.CountyForm(), request.WantCounty)
	if q.Err != nil {
		return q.Err
	}
	dir, err := os.MkdirTemp("", "landcheck-upload-*")
	if err != nil {
		return transient.Mark(err)
	}
	defer outfile.RemoveAll(dir)
	r := c.Request()
	if r.ContentLength > s.Limits.Upload {
		return problem.TooLarge(s.Limits.Upload) // before a byte of it is sent
	}
	settle, err := s.mayUpload(c)
	if err != nil {
		return err
	}
	defer settle()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, s.Limits.Upload)
	got, err := receive(r, dir, q.Text("name"))
	if err != nil {
		return inScratch(dir, err)
	}
	read, err := s.readPackage(r.Context(), got.path, access.Who(c).Key())
	if err != nil {
		return inScratch(dir, err)
	}
	p := store.Plan{
		Digest: got.digest, File: filepath.Base(got.path), Size: got.size,
		County: read.County, Code: read.Code, Name: read.Name, Stage: read.Stage, Rulebook: read.Rulebook, Bound: read.Bound,
		Created: time.Now().UTC().Truncate(time.Microsecond), By: access.Who(c).Name,
	}
	if p.County, err = s.countyOf(c, read.County, county); err != nil {
		return err
	}
	if err := s.inCounty(r.Context(), p.County, read.Places); err != nil {
		return err
	}
	id := sha256.Sum256([]byte(p.Digest + "\n" + p.County))
	p.ID = hex.EncodeToString(id[:10])
	kept, created, err := s.Store.AddPlan(r.Context(), p, got.path, access.Entry(c, "upload", p.ID, p.County, p.Digest))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
	}
	view := s.viewPlan(kept)
	c.Response().Header().Set(echo.HeaderLocation, view.Links["self"])
	return c.JSON(status, view)
}

// inScratch marks an error of files in a directory of ours that is gone: it is
// not the input error of what is missing there.
func inScratch(dir string, err error) error {
	if _, gone := os.Stat(dir); gone != nil && err != nil {
		return transient.Mark(err)
	}
	return err
}

// readable refuses names that no list could show.
func readable(p *plan.Plan) error {
	for _, f := range [][2]string{{"project.code", p.Code}, {"project.name", p.Name}, {"rulebook", p.Rulebook}} {
		if strings.ContainsFunc(f[1], unicode.IsControl) || len(f[1]) > 1000 {
			return &geo.InputError{File: "plan.yaml", Field: f[0],
				Message: geo.Text{ZH: "含有控制字符，或超过 1000 字节", EN: "it has control characters, or more than 1000 bytes"},
				Advice:  geo.Text{ZH: "请改正 plan.yaml", EN: "Correct plan.yaml"}}
		}
	}
	return nil
}

// countyOf settles which county a plan is of: what it says, what the uploader
// says, or the only county that there is.
func (s *Server) countyOf(c echo.Context, said, asked string) (string, error) {
	county := said
	switch {
	case said != "" && asked != "" && said != asked:
		return "", problem.BadParameter("county", geo.Textf("方案属于 %s，不是 %s", "the plan is of %s, not %s", said, asked),
			geo.Text{ZH: "请去掉参数 county，或改正 plan.yaml", EN: "Leave the parameter county out, or correct plan.yaml"})
	case county == "":
		county = asked
	}
	if county == "" {
		counties, err := s.Store.Counties(c.Request().Context(), access.Who(c).Prefix)
		if err != nil {
			return "", err
		}
		if len(counties) != 1 {
			return "", &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-input", Field: "project.county",
				Detail: geo.Text{ZH: "方案没有写明旗县", EN: "the plan does not say its county"},
				Advice: geo.Text{ZH: "请在 plan.yaml 中写 project: {county: 6 位代码}，或加参数 ?county=", EN: "Write project: {county: 6 digits} in plan.yaml, or add the parameter ?county="}}
		}
		county = counties[0].Code
	}
	if !access.Who(c).Sees(county) {
		return "", &problem.Error{Status: http.StatusForbidden, Kind: "forbidden", Field: "project.county",
			Detail: geo.Textf("您的权限不含 %s", "%s lies outside your area", county),
			Advice: geo.Text{ZH: "请检查方案的旗县代码，或联系管理员", EN: "Check the plan's county code, or ask an administrator"}}
	}
	return county, nil
}

// received is a package on disk.
type received struct {
	path, digest string
	size         int64
}

// receive streams the body of a request into a file in dir.
func receive(r *http.Request, dir, name string) (received, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	switch {
	case err == nil && (kind == "application/zip" || kind == "application/x-zip-compressed"):
		return keep(r.Body, dir, fileName(name, "plan.zip"))
	case err == nil && kind == "application/geopackage+sqlite3":
		return keep(r.Body, dir, fileName(name, "plan.gpkg"))
	case err == nil && kind == "multipart/form-data":
		r.Body = formBody(r.Body)
		form, err := r.MultipartReader()
		if err != nil {
			return received{}, badForm(err)
		}
		return receiveForm(form, dir, name)
	}
	return received{}, &problem.Error{Status: http.StatusUnsupportedMediaType, Kind: "unsupported-media-type",
		Detail: geo.Textf("不接受 %q", "%q is not taken", r.Header.Get(echo.HeaderContentType)),
		Advice: geo.Text{ZH: "请用 Content-Type: application/zip 发送压缩包，或用表单（multipart/form-data）上传文件",
			EN: "Send the zip with Content-Type: application/zip, or the files as a form (multipart/form-data)"}}
}

// fileName is what to call a package: as its sender does, else fallback, and
// with the fallback's ending where its own says something else.
func fileName(sent, fallback string) string {
	if sent == "" {
		return fallback
	}
	name := store.FileName(sent)
	if end := filepath.Ext(fallback); !strings.EqualFold(filepath.Ext(name), end) {
		name += end
	}
	return name
}

// keep writes one file and its digest.
func keep(from io.Reader, dir, name string) (received, error) {
	out := received{path: filepath.Join(dir, name)}
	file, err := os.OpenFile(out.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return out, err
	}
	sum := sha256.New()
	out.size, err = io.Copy(io.MultiWriter(file, sum), from)
	if err := errors.Join(err, file.Close()); err != nil {
		return out, broken(err)
	}
	if out.size == 0 {
		return out, problem.BadBody("", geo.Text{ZH: "没有内容", EN: "the body is empty"}, geo.Text{ZH: "请上传方案包", EN: "Upload a plan package"})
	}
	out.digest = "sha256:" + hex.EncodeToString(sum.Sum(nil))
	return out, nil
}

// broken is a body that ended before its time, or came too slowly: the
// caller's connection, not us.
func broken(err error) error {
	var network *net.OpError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &problem.Error{Status: http.StatusRequestTimeout, Kind: "timeout", Cause: err,
			Detail: geo.Text{ZH: "上传太慢，没有在限定时间内完成", EN: "the upload was too slow and did not end in time"},
			Advice: geo.Text{ZH: "请检查网络后重新上传，或请管理员放宽时限", EN: "Check the network and upload it again, or ask the administrator for a longer limit"}}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &network):
		return problem.BadBody("", geo.Text{ZH: "上传中断，内容不完整", EN: "the upload broke off"}, geo.Text{ZH: "请重新上传", EN: "Upload it again"})
	}
	return err
}
