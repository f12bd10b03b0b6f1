package request

import (
	"github.com/labstack/echo/v4"
	textlang "golang.org/x/text/language"
)

// Language is what a request asks for: ?lang=, else Accept-Language, else Chinese.
func Language(c echo.Context) string {
	switch c.QueryParam("lang") {
	case "zh":
		return "zh"
	case "en":
		return "en"
	}
	tags, _, err := textlang.ParseAcceptLanguage(c.Request().Header.Get("Accept-Language"))
	if err != nil {
		return "zh"
	}
	for _, tag := range tags { // most wanted first
		if base, _ := tag.Base(); base.String() == "zh" || base.String() == "en" {
			return base.String()
		}
	}
	return "zh"
}
