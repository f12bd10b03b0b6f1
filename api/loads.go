package api

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// loadView is a load with where to look at it.
type loadView struct {
	store.Load
	Links map[string]string `json:"links"`
}

func viewLoad(l store.Load) loadView {
	return loadView{l, map[string]string{"self": "/v1/loads/" + l.ID, "county": "/v1/counties/" + l.County + "/datasets"}}
}

// uploadBase takes in base data of a county, as the body or a form, and loads it: a
// new version, current unless current=false. It answers as soon as the upload is
// there; how the load goes on is at its address.
func (s *Server) uploadBase(c echo.Context) (err error) {
	q := request.Parameters(c, "current", "name")
	current := q.Word("current", "true", "false") != "false"
	if q.Err != nil {
		return q.Err
	}
	county, err := ownCounty(c)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "landcheck-base-*")
	if err != nil {
		return transient.Mark(err)
	}
	taken := false
	defer func() {
		if !taken {
			err = errors.Join(err, outfile.RemoveAll(dir))
		}
	}()
	r := c.Request()
	if r.ContentLength > s.Limits.Upload {
		return problem.TooLarge(s.Limits.Upload)
	}
	settle, err := s.mayUpload(c)
	if err != nil {
		return err
	}
	defer settle()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, s.Limits.Upload)
	got, err := receive(r, dir, cmp.Or(q.Text("name"), "base"))
	if err != nil {
		return inScratch(dir, err)
	}
	l := store.Load{County: county, File: filepath.Base(got.path), Size: got.size, Current: current, By: access.Who(c).Name}
	l, err = s.Store.AddLoad(r.Context(), l, access.Entry(c, "base-upload", "", county, got.digest))
	if errors.Is(err, store.ErrConflict) {
		return &problem.Error{Status: http.StatusConflict, Kind: "conflict", Cause: err,
			Detail: geo.Textf("%s 正在装载另一份底图", "other base data of %s is being loaded", county),
			Advice: geo.Text{ZH: "请等它结束，或先取消", EN: "Wait for its end, or cancel it"}}
	}
	if err != nil {
		return err
	}
	taken = true
	t := store.LoadTask{Load: l, Path: got.path, Trail: []store.Entry{access.Entry(c, "base-version", "", county, got.digest)}}
	s.loads.start(s, t, dir)
	view := viewLoad(l)
	c.Response().Header().Set(echo.HeaderLocation, view.Links["self"])
	return c.JSON(http.StatusAccepted, view)
}

// ownCounty is the county of an address, which may be without base data yet; one that
// the caller may not see is not there.
func ownCounty(c echo.Context) (string, error) {
	code := c.Param("code")
	if !request.CountyForm().MatchString(code) || !access.Who(c).Sees(code) {
		return "", problem.NotFound(geo.Textf("没有旗县 %q", "there is no county %q", code))
	}
	return code, nil
}

// loadAt is the load of an address.
func (s *Server) loadAt(c echo.Context) (store.Load, error) {
	id := c.Param("id")
	absent := problem.NotFound(geo.Textf("没有装载 %q", "there is no load %q", id))
	if _, err := uuid.Parse(id); err != nil || len(id) != 36 {
		return store.Load{}, absent
	}
	l, err := s.Store.Load(c.Request().Context(), id)
	if store.IsAbsent(err) || err == nil && !access.Who(c).Sees(l.County) {
		return store.Load{}, absent
	}
	return l, err
}

func (s *Server) showLoad(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	l, err := s.loadAt(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewLoad(l))
}

// cancelLoad ends a load that runs; nothing of it is kept.
func (s *Server) cancelLoad(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	l, err := s.loadAt(c)
	if err != nil {
		return err
	}
	l, err = s.Store.CancelLoad(c.Request().Context(), l.ID, access.Entry(c, "base-cancel", l.ID, l.County, ""))
	if errors.Is(err, store.ErrFinished) {
		return &problem.Error{Status: http.StatusConflict, Kind: "conflict", Cause: err,
			Detail: geo.Text{ZH: "装载已经结束", EN: "the load has ended"}, Advice: geo.Text{ZH: "请查看它的结果", EN: "Look at how it ended"}}
	}
	if err != nil {
		return err
	}
	s.loads.cancel(l.ID)
	return c.JSON(http.StatusOK, viewLoad(l))
}

// listLoads lists the latest loads of a county.
func (s *Server) listLoads(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	county, err := ownCounty(c)
	if err != nil {
		return err
	}
	loads, err := s.Store.ListLoads(c.Request().Context(), county)
	if err != nil {
		return err
	}
	page := request.Page[loadView]{Items: []loadView{}}
	for _, l := range loads {
		page.Items = append(page.Items, viewLoad(l))
	}
	return c.JSON(http.StatusOK, page)
}

// maxCurrentRequest is the longest body that names a version.
const maxCurrentRequest = 1 << 10

// setCurrent puts a version of a county's base data to use; an earlier one too.
func (s *Server) setCurrent(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	county, err := s.county(c)
	if err != nil {
		return err
	}
	var o struct {
		Version json.Number `json:"version"`
	}
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxCurrentRequest))
	if err != nil {
		return broken(err)
	}
	if err := request.IsJSON(c); err != nil {
		return err
	}
	if err := request.DecodeStrict(data, &o); err != nil {
		return err
	}
	version, err := strconv.Atoi(o.Version.String())
	if err == nil {
		_, err = s.Store.SetCurrent(c.Request().Context(), county, version, access.Entry(c, "base-current", fmt.Sprint(version), county, ""))
	} else {
		err = store.ErrNotFound
	}
	if store.IsAbsent(err) {
		return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: "version",
			Detail: geo.Textf("%[1]s 的底图没有版本 %[2]q", "the base data of %[1]s has no version %[2]q", county, o.Version),
			Advice: geo.Text{ZH: "现有版本见 /v1/counties", EN: "The versions that there are stand at /v1/counties"}}
	}
	if err != nil {
		return err
	}
	counties, err := s.Store.Counties(c.Request().Context(), county)
	if err != nil || len(counties) == 0 {
		return cmp.Or(err, store.ErrNotFound)
	}
	return c.JSON(http.StatusOK, s.viewCounty(counties[0]))
}
