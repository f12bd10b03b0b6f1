package geojson

import (
	"bytes"
	"cmp"
	"encoding/json"

	"landcheck/geo"
)

// object walks the members of the object that follows.
func (r *reader) object(member func(key string) error) error {
	if err := r.open('{'); err != nil {
		return err
	}
	return r.members(member)
}

// members walks those of an object whose bracket is taken.
func (r *reader) members(member func(key string) error) error {
	for r.dec.More() {
		t, err := r.dec.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return inputError(geo.Text{ZH: "对象成员没有名称", EN: "a member of an object has no name"})
		}
		if err := member(key); err != nil {
			return err
		}
	}
	_, err := r.dec.Token()
	return err
}

// array walks the items of the array that follows.
func (r *reader) array(item func() error) error {
	if err := r.open('['); err != nil {
		return err
	}
	for r.dec.More() {
		if err := item(); err != nil {
			return err
		}
	}
	_, err := r.dec.Token()
	return err
}

func (r *reader) open(want json.Delim) error {
	t, err := r.dec.Token()
	if err != nil {
		return err
	}
	if t != want {
		return inputError(geo.Textf("此处应为 %s", "%s is expected here", want.String()))
	}
	return nil
}

func (r *reader) text(into *string) error {
	t, err := r.dec.Token()
	if err != nil {
		return err
	}
	s, ok := t.(string)
	if !ok {
		return inputError(geo.Text{ZH: "type 应为文本", EN: "type must be text"})
	}
	*into = s
	return nil
}

// skip passes over a value, piece by piece.
func (r *reader) skip() error {
	t, err := r.dec.Token()
	if err != nil {
		return err
	}
	return r.nested(t, nil)
}

// nested reads a value that begins with a token and adds it to a text as compact
// JSON, or to none if that is nil. More than geo.MaxTextBytes are a *geo.InputError.
// How deep values may lie in each other is bounded's to say.
func (r *reader) nested(t json.Token, to *[]byte) error {
	if err := add(to, t); err != nil {
		return err
	}
	begin, ok := t.(json.Delim)
	if !ok {
		return nil
	}
	for i := 0; r.dec.More(); i++ {
		t, err := r.dec.Token()
		if i > 0 {
			err = cmp.Or(err, add(to, json.Delim(',')))
		}
		if err == nil && begin == '{' { // t is a name
			err = cmp.Or(add(to, t), add(to, json.Delim(':')))
			if err == nil {
				t, err = r.dec.Token()
			}
		}
		if err == nil {
			err = r.nested(t, to)
		}
		if err != nil {
			return err
		}
	}
	end, err := r.dec.Token()
	return cmp.Or(err, add(to, end))
}

func add(to *[]byte, t json.Token) error {
	if to == nil {
		return nil
	}
	piece, err := compact(t)
	if *to = append(*to, piece...); err == nil && len(*to) > geo.MaxTextBytes {
		err = geo.TooLong("", len(*to))
	}
	return err
}

// compact is a token as it stands in JSON.
func compact(t json.Token) ([]byte, error) {
	switch t := t.(type) {
	case json.Delim:
		return []byte(t.String()), nil
	case json.Number:
		return []byte(t), nil
	case string:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err := e.Encode(t)
		return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
	}
	return json.Marshal(t)
}
