package stored

import (
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"
	"sync"
)

var shapes sync.Map // reflect.Type → string

// Shape tells types apart by what gob stores of them: names and types of
// exported fields, in their order. The name of a type and its package do not
// count.
func Shape(value any) string {
	t := reflect.TypeOf(value)
	if known, ok := shapes.Load(t); ok {
		return known.(string)
	}
	h := sha256.New()
	describe(h, t, map[reflect.Type]int{})
	shape := hex.EncodeToString(h.Sum(nil)[:8])
	shapes.Store(t, shape)
	return shape
}

var encoder = reflect.TypeFor[gob.GobEncoder]()

func describe(w io.Writer, t reflect.Type, seen map[reflect.Type]int) {
	if n, ok := seen[t]; ok {
		fmt.Fprintf(w, "#%d;", n)
		return
	}
	fmt.Fprintf(w, "%s;", t.Kind())
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		describe(w, t.Elem(), seen)
	case reflect.Array:
		fmt.Fprintf(w, "%d;", t.Len())
		describe(w, t.Elem(), seen)
	case reflect.Map:
		describe(w, t.Key(), seen)
		describe(w, t.Elem(), seen)
	case reflect.Struct:
		seen[t] = len(seen)
		if t.Implements(encoder) || reflect.PointerTo(t).Implements(encoder) {
			fmt.Fprintf(w, "%s;", t) // what it stores is its own affair
			return
		}
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				fmt.Fprintf(w, "%s:", f.Name)
				describe(w, f.Type, seen)
			}
		}
		fmt.Fprint(w, "end;")
	}
}
