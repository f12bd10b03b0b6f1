package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// startCheck queues a check of a plan. With Prefer: wait=N it answers when the
// check has ended, or after N seconds.
func (s *Server) startCheck(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	o, err := readCheckRequest(c)
	if err != nil {
		return err
	}
	if err := s.checkRequest(c.Request().Context(), o, p); err != nil {
		return err
	}
	wait, err := waitOf(c, s.Limits.Wait)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	key, err := keyOf(c, p, o)
	if err != nil {
		return err
	}
	book, err := s.rulebookOf(o.Rulebook, p)
	if err != nil {
		return err
	}
	neighbours, err := s.neighbours(c.Request().Context(), access.Who(c).Prefix, p)
	if err != nil {
		return err
	}
	k, _, err := s.Store.AddCheck(c.Request().Context(), store.Check{
		ID: id.String(), Plan: p.ID, County: p.County, Neighbours: neighbours, State: store.Queued, Rulebook: book, Stage: o.Stage,
		BaseVersion: int(o.BaseVersion), Strict: o.Strict, SubProjects: o.SubProjects, Created: time.Now().UTC().Truncate(time.Microsecond), By: access.Who(c).Name, Caller: access.Who(c).Key(),
	}, key, access.Entry(c, "check", "", p.County, p.Digest))
	if errors.Is(err, store.ErrConflict) || err == nil && !k.SeenBy(access.Who(c).Prefix) { // whoever had the key may see less now
		return &problem.Error{Status: http.StatusConflict, Kind: "conflict", Field: "Idempotency-Key",
			Detail: geo.Text{ZH: "这个 Idempotency-Key 已用于另一项请求", EN: "this Idempotency-Key was used for another request"},
			Advice: geo.Text{ZH: "请为新的请求换一个值", EN: "Use another value for a new request"}}
	}
	if errors.Is(err, store.ErrBlocked) {
		return blocked()
	}
	if err != nil {
		return err
	}
	if wait > 0 && s.limiters.streams.switchTo(c) { // else it is looked for as by those who did not ask to wait
		c.Response().Header().Set("Preference-Applied", "wait="+strconv.Itoa(int(wait.Seconds())))
		if k, err = s.await(c.Request().Context(), k, wait); err != nil { // it is queued all the same
			s.Log.Warn("check not waited for", "request", request.ID(c), "check", k.ID, "error", err)
		}
		if tokenEnded(c.Request().Context()) {
			return errNoToken
		}
	}
	view := viewCheck(k)
	c.Response().Header().Set(echo.HeaderLocation, view.Links["self"])
	if k.State.Ended() {
		return c.JSON(http.StatusOK, view)
	}
	c.Response().Header().Set("Retry-After", "1")
	return c.JSON(http.StatusAccepted, view)
}

// await watches a check until it has ended, for so long.
func (s *Server) await(ctx context.Context, k store.Check, d time.Duration) (store.Check, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	changes, err := s.Store.Watch(ctx, k.ID)
	if err != nil {
		return k, err
	}
	for {
		select {
		case now, ok := <-changes:
			if !ok {
				return k, nil
			}
			k = now
		case <-s.closing:
			return k, nil
		}
	}
}

// waitOf reads Prefer: wait=N; other preferences are the caller's to have.
func waitOf(c echo.Context, most time.Duration) (time.Duration, error) {
	for _, header := range c.Request().Header.Values("Prefer") {
		for part := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == ',' || r == ';' }) {
			value, ok := strings.CutPrefix(strings.TrimSpace(part), "wait=")
			if !ok {
				continue
			}
			n, err := strconv.Atoi(value)
			if err != nil || n < 0 {
				return 0, problem.BadParameter("Prefer", geo.Textf("Prefer: wait=%s 不是秒数", "Prefer: wait=%s is not a number of seconds", value),
					geo.Text{ZH: "请写 Prefer: wait=30", EN: "Write Prefer: wait=30"})
			}
			return min(time.Duration(n)*time.Second, most), nil
		}
	}
	return 0, nil
}
