package condition

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestNames: what is told of is all that an expression may name, and each name
// has the type that is told: it compares with a value of it and with no other.
func TestNames(t *testing.T) {
	var told []string
	for _, g := range Names() {
		for _, n := range g.Names {
			told = append(told, n.Names...)
			for _, name := range n.Names {
				for kind, text := range map[string]string{"text": name + ` == "1"`, "number": name + " > 1", "true or false": name} {
					_, err := Parse(text, nil, nil)
					if ok := strings.HasPrefix(n.Type.EN, kind); err == nil != ok && name != "mu" && !codes(name, kind) {
						t.Errorf("%s is told to be %s: %v", text, n.Type.EN, err)
					}
				}
			}
			if n.Means.ZH == "" || n.Means.EN == "" {
				t.Errorf("%v means nothing", n.Names)
			}
		}
	}
	var known []string
	var walk func(t reflect.Type, under string)
	walk = func(t reflect.Type, under string) {
		for i := range t.NumField() {
			f := t.Field(i)
			of := f.Type
			if of.Kind() == reflect.Pointer {
				of = of.Elem()
			}
			switch tag := f.Tag.Get("expr"); {
			case tag == "-" || tag == "" && !f.Anonymous:
			case f.Anonymous:
				walk(of, under)
			case of.Kind() == reflect.Struct:
				walk(of, under+tag+".")
			case !slices.Contains([]string{"after.urban_enclosed", "after.red_line_window"}, under+tag): // holes are the base layer's
				known = append(known, under+tag)
			}
		}
	}
	walk(reflect.TypeFor[view](), "")
	slices.Sort(told)
	slices.Sort(known)
	if !slices.Equal(told, known) {
		t.Errorf("told and not known: %v\nknown and not told: %v", missing(told, known), missing(known, told))
	}
}

// codes tells names that compare with codes of a list alone: "1" is none of them.
func codes(name, kind string) bool {
	return kind == "text" && slices.ContainsFunc([]string{".class", ".refinement", ".stage", ".survey_method", ".purpose"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

func missing(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
