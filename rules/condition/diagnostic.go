package condition

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"landcheck/geo"
	"landcheck/rules/spelling"

	"github.com/expr-lang/expr/file"
)

var unknownName = regexp.MustCompile(`^(?:unknown name (\S+)|type \S+ has no (?:field|method) (\S+))`)

// explain turns a compile error into an input error at its own line and column.
func (x *Expression) explain(err error) error {
	var fe *file.Error
	if !errors.As(err, &fe) {
		return x.Fault(translate(err.Error()), geo.Text{})
	}
	message, _, _ := strings.Cut(fe.Message, "\n")
	if m := unknownName.FindStringSubmatch(message); m != nil {
		name := m[1] + m[2]
		f := x.inside(fe.Location, geo.Textf("条件中有未知名称“%s”", "unknown name %q in an expression", name), err)
		if near := spelling.Nearest(name, expressionNames()); near != "" {
			f.Advice = geo.Textf("是否应为“%s”？", "Did you mean %q?", near)
		}
		return f
	}
	return x.inside(fe.Location, translate(message), err)
}

// translate says in Chinese what the expression language says in English.
func translate(message string) geo.Text {
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
func (x *Expression) inside(loc file.Location, problem geo.Text, err error) *geo.InputError {
	f := x.fault(loc.From, problem, geo.Text{})
	f.Err = err
	return f
}
