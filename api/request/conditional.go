package request

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// TakesGzip tells whether an Accept-Encoding header takes gzip (RFC 9110 12.5.3).
func TakesGzip(header string) bool {
	any := false
	for part := range strings.SplitSeq(header, ",") {
		name, options, _ := strings.Cut(part, ";")
		weight, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(options), "q="), 64)
		wanted := err != nil || weight > 0
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "gzip", "x-gzip":
			return wanted
		case "*":
			any = wanted
		}
	}
	return any
}

// Unchanged tells whether the caller has what a tag names.
func Unchanged(c echo.Context, tag string) bool {
	for known := range strings.SplitSeq(c.Request().Header.Get("If-None-Match"), ",") {
		if known = strings.TrimSpace(known); known == tag || known == "*" || "W/"+known == tag {
			return true
		}
	}
	return false
}
