// Package stored keeps values in files that a later version of the program may
// meet: each begins with the number of its format and the shape of its type, so
// that one of another make is refused instead of read with zeros for what it
// does not have.
//
//	Write   header, value
//	Read    the same back; a file of another make or a damaged one is an input error
package stored

import (
	"encoding/gob"
	"fmt"
	"io"

	"landcheck/geo"
)

// Kind is one kind of stored value. Format counts up whenever the meaning of
// what is stored changes; a change of the type is told by its shape.
type Kind struct {
	Name   string
	Format int
}

// header is the first value of a file.
type header struct {
	Kind   string
	Format int
	Shape  string
}

// Write stores a value, a pointer to a struct that gob can hold.
func (k Kind) Write(w io.Writer, value any) error {
	g := gob.NewEncoder(w)
	if err := g.Encode(header{k.Name, k.Format, Shape(value)}); err != nil {
		return err
	}
	return g.Encode(value)
}

// Read fills a value with what Write stored, or gives a *geo.InputError.
func (k Kind) Read(r io.Reader, value any) error {
	g := gob.NewDecoder(r)
	var h header
	if err := g.Decode(&h); err != nil {
		return k.Unreadable(err)
	}
	if want := (header{k.Name, k.Format, Shape(value)}); h != want {
		return k.Unreadable(fmt.Errorf("format %s %d %s, this version reads %s %d %s", h.Kind, h.Format, h.Shape, want.Kind, want.Format, want.Shape))
	}
	if err := g.Decode(value); err != nil {
		return k.Unreadable(err)
	}
	return nil
}

// Unreadable is the input error of a stored value that cannot be used.
func (k Kind) Unreadable(err error) error {
	return &geo.InputError{Err: err,
		Message: geo.Textf("保存的核查结果（%[1]s）由其他版本写成或已损坏，不能读取：%[2]v", "the stored result (%[1]s) was written by another version or is damaged, and is not read: %[2]v", k.Name, err),
		Advice:  geo.Text{ZH: "请重新核查方案", EN: "Check the plan again"}}
}
