package request

import "github.com/labstack/echo/v4"

// ID is the id that answers and logs name.
func ID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }
