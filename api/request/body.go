package request

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"landcheck/api/problem"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// IsJSON refuses a body that says to be something else.
func IsJSON(c echo.Context) error {
	said := c.Request().Header.Get(echo.HeaderContentType)
	if kind, _, err := mime.ParseMediaType(said); err == nil && kind == echo.MIMEApplicationJSON {
		return nil
	}
	return &problem.Error{Status: http.StatusUnsupportedMediaType, Kind: "unsupported-media-type",
		Detail: geo.Textf("不接受 %q", "%q is not taken", said), Advice: geo.Text{ZH: "请用 Content-Type: application/json", EN: "Send it with Content-Type: application/json"}}
}

// DecodeStrict reads one JSON object that holds nothing else than it may.
func DecodeStrict(data []byte, into any) error {
	fields := geo.Text{ZH: "字段列表见 /openapi.json", EN: "The fields are in /openapi.json"}
	if name := nullField(data); name != "" {
		return problem.BadBody(name, geo.Textf("%q 是 null", "%q is null", name), geo.Text{ZH: "请写出值，或去掉该字段", EN: "Write a value, or leave the field out"})
	}
	if !strings.HasPrefix(strings.TrimSpace(string(data)), "{") {
		return problem.BadBody("", geo.Text{ZH: "不是 JSON 对象", EN: "it is not a JSON object"}, fields)
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		return problem.BadBody("", geo.Text{ZH: "JSON 对象之后还有内容", EN: "there is something after the JSON object"}, fields)
	}
	var wrong *json.UnmarshalTypeError
	var broken *json.SyntaxError
	switch name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); {
	case unknown:
		field, _ := strconv.Unquote(name)
		return problem.BadBody(field, geo.Textf("没有字段 %q", "there is no field %q", field), fields)
	case errors.As(err, &wrong):
		return problem.BadBody(wrong.Field, geo.Textf("%[1]s 不能是 %[2]s", "%[1]s cannot be %[2]s", wrong.Field, wrong.Value), fields)
	case errors.As(err, &broken):
		return problem.BadBody("", geo.Textf("第 %d 字节处的 JSON 写法有误", "the JSON is malformed at byte %d", broken.Offset), fields)
	}
	return problem.BadBody("", geo.Text{ZH: "JSON 不完整", EN: "the JSON is not whole"}, fields)
}

// nullField is a field that is null, which says neither something nor nothing.
func nullField(data []byte) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if string(fields[name]) == "null" {
			return name
		}
	}
	return ""
}

// WholeNumber is a whole number, however it is written: 7, 7.0 and 7e0 are the same.
type WholeNumber int

// UnmarshalJSON implements json.Unmarshaler.
func (w *WholeNumber) UnmarshalJSON(data []byte) error {
	x, err := strconv.ParseFloat(string(data), 64)
	if err != nil || x != math.Trunc(x) || math.Abs(x) > 1<<31 {
		return &json.UnmarshalTypeError{Value: string(data[:min(len(data), 40)]), Type: reflect.TypeFor[int]()}
	}
	*w = WholeNumber(x)
	return nil
}
