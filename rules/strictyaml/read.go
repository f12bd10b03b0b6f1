package strictyaml

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"landcheck/geo"
	"landcheck/rules/spelling"
)

// Field is a key that a mapping may have.
type Field struct {
	Name     string
	Read     func(Node) error
	Required bool
	Needed   func() bool // asked where the key is not there, once the others are read; nil is never
}

// Fields reads a mapping of known keys, each by its own reader. A key without a
// value is as good as none, and one with empty text is not there where it must be.
func (n Node) Fields(fields ...Field) error {
	var known, missing []string
	for _, f := range fields {
		known = append(known, f.Name)
	}
	found := map[string]bool{}
	err := n.Entries(func(key string, k, v Node) error {
		i := slices.Index(known, key)
		if i < 0 {
			found[spelling.Nearest(key, known)] = true // told as misspelt
			return k.UnknownKey(key, known)
		}
		if v.Null() {
			return nil
		}
		err := fields[i].Read(v)
		found[key] = err != nil || v.Kind != yaml.ScalarNode || strings.TrimSpace(v.Value) != ""
		return err
	})
	for _, f := range fields {
		if !found[f.Name] && (f.Required || f.Needed != nil && f.Needed()) {
			missing = append(missing, f.Name)
		}
	}
	if n = n.value(); len(missing) > 0 && (n.Kind == yaml.MappingNode || n.Null()) {
		return Gather(nil, err, n.InputError(Missing(missing...)))
	}
	return err
}

// Missing are the words about a mapping without keys that it must have.
func Missing(keys ...string) (message, advice geo.Text) {
	list := strings.Join(keys, ", ")
	return geo.Textf("缺少键：%s", "missing keys: %s", list), geo.Textf("请补上 %s: …", "Add %s: …", strings.Join(keys, ": …, "))
}

// Entries reads a mapping key by key, in the order of the file; the second of
// two keys of one name is passed over, since the document tells of it.
func (n Node) Entries(each func(key string, k, v Node) error) error {
	n = n.value()
	if n.Null() {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return n.Wrong(Mapping.ZH, Mapping.EN)
	}
	var errs []error
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && len(errs) < geo.MaxInputErrors; i += 2 {
		k := Node{Node: n.Content[i], doc: n.doc, path: n.path}.value()
		if k.Kind != yaml.ScalarNode {
			errs = append(errs, k.Wrong("文字键", "a plain key"))
			continue
		}
		if seen[k.Value] {
			continue
		}
		seen[k.Value] = true
		v := Node{Node: n.Content[i+1], doc: n.doc, path: n.at(k.Value)}
		if err := n.spend(); err != nil {
			return err
		}
		if err := each(k.Value, k, v.value()); err != nil {
			errs = append(errs, err)
		}
	}
	return Gather(nil, errs...)
}

func (n Node) at(key string) string {
	if n.path == "" {
		return short(key)
	}
	return n.path + "." + short(key)
}

// Items reads a list; nothing is an empty one.
func (n Node) Items(each func(Node) error) error {
	if n.Null() {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return n.Wrong(List.ZH, List.EN)
	}
	var errs []error
	for i, c := range n.Content {
		if len(errs) == geo.MaxInputErrors {
			break
		}
		item := Node{Node: c, doc: n.doc, path: fmt.Sprintf("%s[%d]", n.path, i+1)}
		if err := n.spend(); err != nil {
			return err
		}
		if err := each(item.value()); err != nil {
			errs = append(errs, err)
		}
	}
	return Gather(nil, errs...)
}

// Text reads a value as written, without the space around it: a code without
// quotes stays a code.
func (n Node) Text() (string, error) {
	if n.Kind != yaml.ScalarNode || n.Null() {
		return "", n.Wrong("文字", "text")
	}
	return strings.TrimSpace(n.Value), nil
}

// Texts reads a list of texts.
func (n Node) Texts() ([]string, error) {
	all := []string{}
	err := n.Items(func(item Node) error {
		s, err := item.Text()
		all = append(all, s)
		return err
	})
	return all, err
}

// Number reads a plain decimal; ParseFloat alone would take Inf and 0x1p-2.
func (n Node) Number() (float64, error) {
	x, err := strconv.ParseFloat(strings.TrimSpace(n.Value), 64)
	if n.Kind != yaml.ScalarNode || err != nil || math.IsInf(x, 0) || strings.Trim(strings.TrimSpace(n.Value), "0123456789+-.eE") != "" {
		return 0, n.Wrong("数字", "a number")
	}
	return x, nil
}
