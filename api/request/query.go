// Package request reads what a request says, strictly: parameters, body,
// language, and where in a list to go on.
package request

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"landcheck/api/problem"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// Query is a request's parameters, read strictly: what a handler does not
// know, or what is given twice, is an error and not silently ignored.
type Query struct {
	values url.Values
	Err    error
}

// Parameters reads the query of a request that may hold the named parameters, and
// lang everywhere.
func Parameters(c echo.Context, allowed ...string) *Query {
	values, err := url.ParseQuery(c.Request().URL.RawQuery)
	q := &Query{values: values}
	if err != nil {
		q.Err = problem.BadParameter("", geo.Text{ZH: "网址的参数部分写法有误", EN: "the query of the address is malformed"},
			geo.Text{ZH: "请按 URL 规则转义", EN: "Escape it as URLs are"})
		return q
	}
	allowed = append(allowed, "lang")
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch {
		case !slices.Contains(allowed, name):
			q.Fail(name, geo.Textf("没有参数 %q", "there is no parameter %q", name),
				geo.Textf("可用的参数：%s", "The parameters are %s", strings.Join(allowed, ", ")))
		case len(values[name]) > 1:
			q.Fail(name, geo.Textf("参数 %q 给了多次", "the parameter %q is given more than once", name), geo.Text{ZH: "只写一次", EN: "Give it once"})
		}
	}
	if v, ok := values["lang"]; ok && v[0] != "zh" && v[0] != "en" {
		q.Fail("lang", geo.Textf("不支持语言 %q", "there is no language %q", v[0]), geo.Text{ZH: "可用：zh, en", EN: "Use zh or en"})
	}
	return q
}

// Fail keeps the first thing that is wrong.
func (q *Query) Fail(name string, detail, advice geo.Text) {
	if q.Err == nil {
		q.Err = problem.BadParameter(name, detail, advice)
	}
}

// Text is a value, "" where it is absent.
func (q *Query) Text(name string) string { return q.values.Get(name) }

// Has tells whether a parameter is there.
func (q *Query) Has(name string) bool { return q.values.Has(name) }

// Word is a value out of a list, "" where it is absent.
func (q *Query) Word(name string, list ...string) string {
	v := q.Text(name)
	if q.Has(name) && !slices.Contains(list, v) {
		q.Fail(name, geo.Textf("%s 不能是 %q", "%s cannot be %q", name, v), geo.Textf("可用的值：%s", "Use one of %s", strings.Join(list, ", ")))
		return ""
	}
	return v
}

// Words are values out of a list, separated by commas; none where it is absent.
func (q *Query) Words(name string, list ...string) []string {
	if !q.Has(name) {
		return nil
	}
	values := strings.Split(q.Text(name), ",")
	for _, v := range values {
		if !slices.Contains(list, v) {
			q.Fail(name, geo.Textf("%s 不能是 %q", "%s cannot be %q", name, v), geo.Textf("可用的值：%s", "Use one or more of %s", strings.Join(list, ", ")))
		}
	}
	return values
}

// Match is a value of a form, "" where it is absent.
func (q *Query) Match(name string, form *regexp.Regexp, want geo.Text) string {
	v := q.Text(name)
	if q.Has(name) && !form.MatchString(v) {
		q.Fail(name, geo.Textf("%[1]s 不能是 %[2]q，应为%[3]s", "%[1]s cannot be %[2]q: it is %[4]s", name, v, want.ZH, want.EN), geo.Text{ZH: "请改正该参数", EN: "Correct the parameter"})
		return ""
	}
	return v
}

// Number is a whole number from least to most, fallback where it is absent.
func (q *Query) Number(name string, least, most, fallback int) int {
	if !q.Has(name) {
		return fallback
	}
	n, err := strconv.Atoi(q.Text(name))
	if err != nil || n < least || n > most {
		q.Fail(name, geo.Textf("%s 不能是 %q", "%s cannot be %q", name, q.Text(name)),
			geo.Textf("请写 %d 至 %d 的整数", "Write a whole number from %d to %d", least, most))
		return fallback
	}
	return n
}

// Degrees is a longitude or latitude, from -most to most, that must be there.
func (q *Query) Degrees(name string, most float64) float64 {
	v, err := strconv.ParseFloat(q.Text(name), 64)
	if err != nil || !(math.Abs(v) <= most) { // no NaN passes
		q.Fail(name, geo.Textf("%s 不能是 %q", "%s cannot be %q", name, q.Text(name)),
			geo.Textf("请写 -%[1]g 至 %[1]g 的度数，如 111.48", "Write degrees from -%[1]g to %[1]g, such as 111.48", most))
		return 0
	}
	return v
}

// BBox is west,south,east,north in degrees; absent it is nil.
func (q *Query) BBox(name string) *orb.Bound {
	if !q.Has(name) {
		return nil
	}
	parts := strings.Split(q.Text(name), ",")
	var f [4]float64
	ok := len(parts) == 4
	for i := 0; ok && i < 4; i++ {
		v, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		f[i], ok = v, err == nil && v >= -360 && v <= 360 // no NaN passes
	}
	if !ok || f[0] > f[2] || f[1] > f[3] {
		q.Fail(name, geo.Textf("%s 不能是 %q", "%s cannot be %q", name, q.Text(name)),
			geo.Text{ZH: "请写 西,南,东,北（经纬度，度）", EN: "Write west,south,east,north in degrees"})
		return nil
	}
	return &orb.Bound{Min: orb.Point{f[0], f[1]}, Max: orb.Point{f[2], f[3]}}
}
