package rules

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"landcheck/geo"

	"github.com/expr-lang/expr/file"
)

var unknownName = regexp.MustCompile(`^(?:unknown name (\S+)|type \S+ has no (?:field|method) (\S+))`)

// explain turns a compile error into an input error at its own line and column.
func (x *expression) explain(err error) error {
	var fe *file.Error
	if !errors.As(err, &fe) {
		return x.at.fault(complaint(err.Error()), geo.Text{})
	}
	message, _, _ := strings.Cut(fe.Message, "\n")
	if m := unknownName.FindStringSubmatch(message); m != nil {
		name := m[1] + m[2]
		f := x.inside(fe.Location, geo.Textf("条件中有未知名称“%s”", "unknown name %q in an expression", name), err)
		if near := nearest(name, expressionNames()); near != "" {
			f.Advice = geo.Textf("是否应为“%s”？", "Did you mean %q?", near)
		}
		return f
	}
	return x.inside(fe.Location, complaint(message), err)
}

// complaints of the expression language in Chinese, by what they say in English.
func complaint(message string) geo.Text {
	for _, c := range []struct{ form, zh string }{
		{`^expected bool, but got (\S+)$`, "条件应得出真假，这里得出的是 %s"},
		{`^expected float64, but got (\S+)$`, "应得出数值，这里得出的是 %s"},
		{`^invalid operation: (\S+) \(mismatched types (.+) and (.+)\)$`, "“%s”两边的类型不合：%s 与 %s"},
		{`^invalid operation: (\S+) \(mismatched type (.+)\)$`, "“%s”不能用于 %s"},
		{`^unexpected token EOF$`, "表达式没有写完"},
		{`^unexpected token (.+)$`, "此处不应有 %s"},
		{`^cannot use (.+) as .+ in array$|^cannot use (.+)$`, "此处不能用 %s"},
	} {
		if m := regexp.MustCompile(c.form).FindStringSubmatch(message); m != nil {
			args := []any{}
			for _, s := range m[1:] {
				if s != "" {
					args = append(args, s)
				}
			}
			return geo.Text{ZH: fmt.Sprintf("条件有误：%s", fmt.Sprintf(c.zh, args...)), EN: fmt.Sprintf("bad expression: %s", message)}
		}
	}
	return geo.Textf("条件有误：%s", "bad expression: %s", message)
}

// inside is an input error at an offset of the expression.
func (x *expression) inside(loc file.Location, problem geo.Text, err error) *geo.InputError {
	f := x.offset(loc.From).fault(problem, geo.Text{})
	f.Err = err
	return f
}

// offset is where a rune of the expression stands; its beginning where that
// cannot be told.
func (x *expression) offset(runes int) place {
	at := x.at
	if x.places == nil {
		at.col += runes
	} else if list := x.places(); len(list) > 0 {
		at = list[min(max(runes, 0), len(list)-1)]
	}
	return at
}
