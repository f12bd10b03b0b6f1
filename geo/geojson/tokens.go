package geojson

import (
	"encoding/json"

	"landcheck/geo"
)

// object walks the members of the object that follows.
func (r *reader) object(member func(key string) error) error {
	if err := r.open('{'); err != nil {
		return err
	}
	for r.dec.More() {
		t, err := r.dec.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return fault(geo.Text{ZH: "对象成员没有名称", EN: "a member of an object has no name"})
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
		return fault(geo.Textf("此处应为 %s", "%s is expected here", want.String()))
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
		return fault(geo.Text{ZH: "type 应为文本", EN: "type must be text"})
	}
	*into = s
	return nil
}

// skip passes over a value. The decoder itself limits its depth.
func (r *reader) skip() error {
	var raw json.RawMessage
	return r.dec.Decode(&raw)
}
