package request

import (
	"context"
	"net/http"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// PageAfter is the rows after one by id that are wanted, one more than the
// limit where there are more.
func PageAfter[T any](all []T, after string, limit int, id func(*T) string, wanted func(*T) bool) ([]T, error) {
	from := 0
	if after != "" {
		from = -1
		for i := range all {
			if id(&all[i]) == after {
				from = i + 1
				break
			}
		}
		if from < 0 {
			return nil, noSuchRow(after)
		}
	}
	var rows []T
	for i := from; i < len(all) && len(rows) <= limit; i++ {
		if wanted(&all[i]) {
			rows = append(rows, all[i])
		}
	}
	return rows, nil
}

// Page is one page of a list; Next is the address of the next one.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// pageError is what a list could not be read for: where it was to go on there
// may be nothing.
func pageError(err error, q store.Query) error {
	if store.IsAbsent(err) && q.After != "" {
		return noSuchRow(q.After)
	}
	return err
}

func noSuchRow(id string) error {
	return problem.BadParameter("after", geo.Textf("没有 %q 这一项", "there is no item %q", id),
		geo.Text{ZH: "请用上一页的 next 地址", EN: "Use the address next of the page before"})
}

// next is the address of the page after one that ends with id, as a link in
// the body and in the header; "" after the last page.
func next(c echo.Context, more bool, id string) string {
	if !more {
		return ""
	}
	values := c.Request().URL.Query()
	values.Set("after", id)
	link := c.Request().URL.Path + "?" + values.Encode()
	c.Response().Header().Set("Link", "<"+link+`>; rel="next"`)
	return link
}

// ListOf answers with a page of what a store lists.
func ListOf[T, V any](c echo.Context, q *Query, ask store.Query, rows func(context.Context, store.Query) ([]T, error), id func(T) string, view func(T) V) error {
	if q.Err != nil {
		return q.Err
	}
	limit := ask.Limit
	ask.Limit++ // one row too many tells that there is a next page
	all, err := rows(c.Request().Context(), ask)
	if err != nil {
		return pageError(err, ask)
	}
	return Listed(c, all, limit, id, view)
}

// Listed answers with a list that was asked for with one row too many.
func Listed[T, V any](c echo.Context, rows []T, limit int, id func(T) string, view func(T) V) error {
	return c.JSON(http.StatusOK, Paged(c, rows, limit, id, view))
}

// Paged turns a list that was asked for with one row too many into a page.
func Paged[T, V any](c echo.Context, rows []T, limit int, id func(T) string, view func(T) V) Page[V] {
	more := len(rows) > limit
	if more {
		rows = rows[:limit]
	}
	out := Page[V]{Items: make([]V, 0, len(rows))}
	for _, r := range rows {
		out.Items = append(out.Items, view(r))
	}
	if len(rows) > 0 {
		out.Next = next(c, more, id(rows[len(rows)-1]))
	}
	return out
}
