package request

import (
	"net/url"

	"github.com/labstack/echo/v4"
)

// InPath is what stands in an address for a parameter, however it was encoded there.
func InPath(c echo.Context, name string) string {
	value := c.Param(name)
	if c.Request().URL.RawPath == "" { // the router went by the decoded path
		return value
	}
	if plain, err := url.PathUnescape(value); err == nil {
		return plain
	}
	return value
}
