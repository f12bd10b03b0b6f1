package access

import (
	"net/http"
	"time"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// CheckAt finds the check of an address by a parameter's name.
func CheckAt(c echo.Context, checks store.Checks, name string) (store.Check, error) {
	id := c.Param(name)
	absent := problem.NotFound(geo.Textf("没有核查 %q", "there is no check %q", id))
	if _, err := uuid.Parse(id); err != nil || len(id) != 36 {
		return store.Check{}, absent
	}
	k, err := Check(c, checks, id)
	if store.IsAbsent(err) {
		err = absent
	}
	return k, err
}

// Check is a check that exists for the caller, else store.ErrNotFound.
func Check(c echo.Context, checks store.Checks, id string) (store.Check, error) {
	k, err := checks.Check(c.Request().Context(), id)
	if err == nil && !k.SeenBy(Who(c).Prefix) {
		return store.Check{}, store.ErrNotFound
	}
	return k, err
}

// DoneCheck finds the check of an address, whose report there must be.
func DoneCheck(c echo.Context, checks store.Checks, name string) (store.Check, error) {
	k, err := CheckAt(c, checks, name)
	if err != nil || k.State == store.Done {
		return k, err
	}
	p := &problem.Error{Status: http.StatusConflict, Kind: "conflict",
		Detail: geo.Textf("核查还没有完成（%s）", "the check is not done (%s)", k.State),
		Advice: geo.Text{ZH: "请等待核查完成，或查看 /v1/checks/编号", EN: "Wait until it is, or look at /v1/checks/ID"}}
	if !k.State.Ended() {
		p.Retry = time.Second
	}
	return k, p
}
