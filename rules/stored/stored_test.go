package stored_test

import (
	"bytes"
	"encoding/gob"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/stored"
)

type place struct {
	X, Y  float64
	Inner *place
}

type value struct {
	Name   string
	Places []place
	hidden int
}

type wider struct {
	Name   string
	Places []place
	Added  float64 // what a later version computes, and an old file has not
}

type renamed struct {
	Name   string
	Places []place
}

// TestStored: what was written comes back; a file of another format, of
// another type, of no header, or cut off at any byte is refused and says to
// check again. Nothing is read as zero.
func TestStored(t *testing.T) {
	kind := stored.Kind{Name: "test", Format: 2}
	var file bytes.Buffer
	in := value{Name: "a", Places: []place{{1, 2, &place{3, 4, nil}}}, hidden: 1}
	if err := kind.Write(&file, &in); err != nil {
		t.Fatal(err)
	}
	var out value
	if err := kind.Read(bytes.NewReader(file.Bytes()), &out); err != nil || out.Name != "a" || out.Places[0].Inner.Y != 4 {
		t.Fatal(out, err)
	}
	var same renamed // another name for the same fields
	if err := kind.Read(bytes.NewReader(file.Bytes()), &same); err != nil || same.Name != "a" {
		t.Fatal(same, err)
	}
	var bare bytes.Buffer
	if err := gob.NewEncoder(&bare).Encode(&in); err != nil {
		t.Fatal(err)
	}
	refused := func(what string, err error) {
		t.Helper()
		f, ok := geo.AsInputError(err)
		if !ok || !strings.Contains(f.Error(), "Check the plan again") || !strings.Contains(f.Text().ZH, "请重新核查方案") {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("an older format", stored.Kind{Name: "test", Format: 3}.Read(bytes.NewReader(file.Bytes()), &out))
	refused("another kind", stored.Kind{Name: "other", Format: 2}.Read(bytes.NewReader(file.Bytes()), &out))
	refused("a field more", kind.Read(bytes.NewReader(file.Bytes()), &wider{}))
	refused("no header", kind.Read(&bare, &out))
	for n := range file.Len() {
		refused("cut off", kind.Read(bytes.NewReader(file.Bytes()[:n]), &value{}))
	}
}

func FuzzRead(f *testing.F) {
	kind := stored.Kind{Name: "test", Format: 2}
	var file bytes.Buffer
	if err := kind.Write(&file, &value{Name: "a", Places: []place{{1, 2, nil}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var out value
		if err := kind.Read(bytes.NewReader(data), &out); err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Fatal(err)
			}
		}
	})
}
