package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/outfile"
	"landcheck/rules/roomreport"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// room gives what a county has to move before any plan: by township what is left,
// and candidates, which are parcels of its base data and seen by whoever sees those.
func (s *Server) room(c echo.Context) error {
	q := request.Parameters(c, "f", "township")
	name := q.Word("f", roomreport.Names(false)...)
	township := q.Match("township", townshipForm(), geo.Text{ZH: "9 位乡镇代码", EN: "a township's code of 9 digits"})
	if q.Err != nil {
		return q.Err
	}
	if name == "" {
		name = "json"
	}
	county, err := s.county(c)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(township, county) && township != "" {
		return problem.NotFound(geo.Textf("%[1]s 没有乡镇 %[2]s", "%[1]s has no township %[2]s", county, township))
	}
	counties, err := s.Store.Counties(c.Request().Context(), county)
	if err != nil || len(counties) == 0 {
		return err
	}
	book := s.books[s.pinned(county)]
	j := &roomJob{Codes: []string{county}, Book: book.ID, Format: name, Lang: request.Language(c), Version: s.Version, Jobs: s.Jobs}
	if township != "" {
		j.Codes = []string{township}
	}
	if j.Ledger, err = s.Store.LedgerEntries(c.Request().Context(), county); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", fmt.Sprintf(`W/"%s-%d-%s-%.20s-%s-%s-%s-%s"`, county, counties[0].Version, s.Version, strings.TrimPrefix(book.Digest, "sha256:"), township, name, j.Lang, ledgerTag(j.Ledger)))
	h.Set("Cache-Control", "private, no-cache")
	if known(c) {
		return c.NoContent(http.StatusNotModified)
	}
	if err := s.accessLog.Reads(c, "room", county, county, ""); err != nil {
		return err
	}
	return s.sendRoom(c, j, county, counties[0].Version)
}

var townshipForm = request.Pattern(`^[0-9]{9}$`)

// sendRoom has the file written first: what fails is a problem then, not half a
// file.
func (s *Server) sendRoom(c echo.Context, j *roomJob, county string, version int) error {
	leave, ok := s.writing.Wait(c.Request().Context(), access.Who(c).Key())
	if !ok {
		return c.Request().Context().Err()
	}
	defer leave()
	var err error
	if j.Dir, err = os.MkdirTemp("", "landcheck-room-*"); err != nil {
		return err
	}
	defer outfile.RemoveAll(j.Dir)
	ctx, cancel := context.WithTimeoutCause(c.Request().Context(), s.Limits.CheckTime, roomTooLong(s.Limits.CheckTime.String()))
	defer cancel()
	if err := s.writeRoom(ctx, j, county, version); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return err
	}
	leave() // sending takes no memory, and as long as the caller likes
	file, err := os.Open(j.path())
	if err != nil {
		return err
	}
	defer file.Close()
	format, err := roomreport.ByName(j.Format)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, withCharset(format.Media))
	h.Set("Content-Language", j.Lang)
	if format.Binary {
		attach(c, "room-"+county+format.Endings[0])
	}
	_, err = io.Copy(c.Response(), file)
	return err
}

// writeRoom looks through the county in a process of its own where there are
// Children: a large one takes as much memory as a check.
func (s *Server) writeRoom(ctx context.Context, j *roomJob, county string, version int) error {
	if s.Children == nil {
		base, _, err := s.Store.Base(ctx, county, version, orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, nil)
		if err != nil {
			return err
		}
		defer base.Close()
		return guard.Do("room of "+county, func() error { return j.write(ctx, base, s.books[j.Book]) })
	}
	patience := s.patience()
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	source, err := s.Store.BaseSource(asking, county, version, orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, nil)
	if err != nil {
		return unanswered(asking, err)
	}
	j.Source, j.Database = source, Database{s.Database, patience}
	order := childTask{Room: j, Shelf: s.order}
	for _, b := range s.Books {
		order.Books = append(order.Books, b.Files)
	}
	end, err := s.Children.Run(ctx, subprocess.Task{Body: order}, nil)
	s.ended("room", county, end)
	var ended *subprocess.Ended
	switch {
	case !errors.As(err, &ended):
		return err
	case end.How == subprocess.Memory:
		return &geo.InputError{Err: err, Message: geo.Textf("查找候选地块需要的内存超过 %s", "looking for candidates needs more than %s of memory", bytesOf(s.Limits.CheckMemory)),
			Advice: geo.Text{ZH: "请管理员放宽 --check-memory", EN: "Ask the administrator for a larger --check-memory"}}
	}
	return problem.Unavailable(err)
}

func roomTooLong(limit string) error {
	return &geo.InputError{Message: geo.Textf("查找候选地块没有在 %s 内完成", "looking for candidates did not end within %s", limit),
		Advice: geo.Text{ZH: "请管理员放宽 --check-time", EN: "Ask the administrator for a longer --check-time"}}
}
