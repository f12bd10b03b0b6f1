package rulebook

import (
	"fmt"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/domain"
	"landcheck/rules/spelling"
	"landcheck/rules/strictyaml"
	"landcheck/rules/wording"

	"go.yaml.in/yaml/v4"
)

// decoder turns nodes into the schema's structs, strictly. Struct tags say
// the key, whether it is required, and with oneof which texts are allowed.
// What is wrong is noted, and the rest read on.
type decoder struct {
	*tree
	*diagnostics
	*condition.Language
}

// selfDecoder is a type with a form of its own.
type selfDecoder interface {
	decode(d decoder, n *yaml.Node) error
}

func (d decoder) value(n *yaml.Node, v reflect.Value, oneof string) error {
	if s, ok := v.Addr().Interface().(selfDecoder); ok {
		return s.decode(d, n)
	}
	at := d.place(n)
	switch p := v.Addr().Interface().(type) {
	case *geo.Text:
		return d.text(n, p)
	case *condition.Condition:
		return d.condition(n, p)
	case *condition.Amount:
		return d.amount(n, p)
	case *domain.Role:
		return d.name(n, (*string)(p), geo.Text{ZH: "图层角色", EN: "role"}, roleNames())
	case *domain.Stage:
		return d.name(n, (*string)(p), geo.Text{ZH: "阶段", EN: "stage"},
			condition.StageNames())
	case *domain.Level:
		return d.name(n, (*string)(p), geo.Text{ZH: "强度", EN: "level"},
			[]string{string(domain.Mandatory), string(domain.InPrinciple), string(domain.Advisory)})
	}
	switch v.Kind() {
	case reflect.String:
		if oneof != "" {
			s := ""
			err := d.name(n, &s, geo.Text{ZH: "取值", EN: "value"}, strings.Split(oneof, ","))
			v.SetString(s)
			return err
		}
		s, err := d.scalar(n)
		v.SetString(s)
		return err
	case reflect.Bool:
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
			return at.wrong(n, geo.Text{ZH: " true 或 false", EN: "true or false"})
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Value, 64)
		if n.Kind != yaml.ScalarNode || n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 || err != nil ||
			math.IsNaN(f) || math.IsInf(f, 0) || f < 0 {
			return at.wrong(n, geo.Text{ZH: "不小于 0 的数", EN: "a number, not negative"})
		}
		v.SetFloat(f)
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		if err := d.value(n, p.Elem(), oneof); err != nil {
			return err
		}
		v.Set(p)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			return at.wrong(n, strictyaml.List)
		}
		out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
		for i, c := range n.Content {
			if err := d.note(d.value(c, out.Index(i), oneof)); err != nil {
				return err
			}
		}
		v.Set(out)
	case reflect.Struct:
		return d.mapping(n, v)
	default:
		return at.faultf("不支持的类型", "unsupported type")
	}
	return nil
}

// mapping fills a struct: unknown keys and missing required ones are input errors.
func (d decoder) mapping(n *yaml.Node, v reflect.Value) error {
	at := d.place(n)
	if n.Kind != yaml.MappingNode {
		return at.wrong(n, strictyaml.Mapping)
	}
	before := len(d.list)
	var keys, missing []string
	fields := map[string]int{}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, opt, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
			opt = "required"
		}
		if name == "-" || !f.IsExported() {
			continue
		}
		keys, fields[name] = append(keys, name), i
		if opt == "required" && child(n, name) == nil {
			missing = append(missing, name)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, c := n.Content[i], n.Content[i+1]
		f, ok := fields[k.Value]
		if !ok {
			_ = d.note(d.place(k).unknown(geo.Text{ZH: "键", EN: "key"}, k.Value, keys))
			meant := spelling.Nearest(k.Value, keys)
			missing = slices.DeleteFunc(missing, func(name string) bool { return name == meant })
			continue
		}
		if err := d.note(d.value(c, v.Field(f), v.Type().Field(f).Tag.Get("oneof"))); err != nil {
			return err
		}
	}
	if len(missing) > 0 {
		_ = d.note(at.fault(strictyaml.Missing(missing...)))
	}
	if p, ok := v.Addr().Interface().(placed); ok {
		p.setPlace(at, len(d.list) == before)
	}
	return nil
}

// placed is a struct that remembers where it stood, for input errors found later,
// and whether anything was wrong with it.
type placed interface{ setPlace(at position, sound bool) }

func (d decoder) scalar(n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return "", d.place(n).wrong(n, geo.Text{ZH: "文字", EN: "text"})
	}
	s := strings.TrimSpace(n.Value)
	if s == "" {
		return "", d.place(n).faultf("不能为空", "must not be empty")
	}
	return s, nil
}

func (d decoder) name(n *yaml.Node, to *string, what geo.Text, list []string) error {
	s, err := d.scalar(n)
	if err != nil {
		return err
	}
	if !slices.Contains(list, s) {
		return d.place(n).unknown(what, s, list)
	}
	*to = s
	return nil
}

func (d decoder) text(n *yaml.Node, to *geo.Text) error {
	pair := struct {
		ZH string `yaml:"zh,required"`
		EN string `yaml:"en,required"`
	}{}
	if err := d.mapping(n, reflect.ValueOf(&pair).Elem()); err != nil {
		return err
	}
	*to = geo.Text(pair)
	return nil
}

func roleNames() []string {
	var list []string
	for _, r := range domain.BaseRoles() {
		list = append(list, string(r))
	}
	return append(list, string(wording.GradesRole))
}

var exactForm = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,12})?$`)

func (e *Exact) decode(d decoder, n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || !exactForm.MatchString(n.Value) {
		return d.place(n).wrong(n, geo.Text{ZH: "不带指数的非负小数，如 0.05", EN: "a plain decimal that is not negative, like 0.05"})
	}
	r, ok := new(big.Rat).SetString(n.Value)
	if !ok {
		return d.place(n).faultf("应为小数", "must be a decimal")
	}
	e.Rat, e.Text = r, n.Value
	return nil
}

// Float is the nearest float, for display.
func (e Exact) Float() float64 {
	if e.Rat == nil {
		return 0
	}
	f, _ := e.Rat.Float64()
	return f
}

// Denominators are the denominators that are not sums over faces.
func Denominators() []string {
	return []string{"designated", "project_pbf", "project_area", "urban_area", "project_cropland"}
}

func (o *Over) decode(d decoder, n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		o.Sum = new(Sum)
		return d.value(n, reflect.ValueOf(o.Sum).Elem(), "")
	}
	if condition.IsTotal(n.Value) {
		o.Name = n.Value
		return d.whole(n, n.Value)
	}
	return d.name(n, &o.Name, geo.Text{ZH: "合计", EN: "total"}, Denominators())
}

func (d decoder) condition(n *yaml.Node, to *condition.Condition) error {
	s, err := d.scalar(n)
	if err != nil {
		return err
	}
	*to, err = condition.Parse(s, d.origin(n), d.Language)
	return err
}

func (d decoder) amount(n *yaml.Node, to *condition.Amount) error {
	s, err := d.scalar(n)
	if err != nil {
		return err
	}
	if *to, err = condition.ParseAmount(s, d.origin(n), d.Language); err == nil && condition.IsTotal(s) {
		err = d.whole(n, s)
	}
	return err
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func checkID(at position, id string) error {
	if len(id) > 64 || !idForm.MatchString(id) {
		return at.fault(geo.Text{ZH: fmt.Sprintf("标识“%s”写法不对", id), EN: fmt.Sprintf("id %q is not well formed", id)},
			geo.Text{ZH: "用小写字母、数字和“-”", EN: "Use lower case letters, digits and '-'."})
	}
	return nil
}
