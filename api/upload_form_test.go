package api

import (
	"bytes"
	"errors"
	"io/fs"
	"mime/multipart"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/api/problem"
	"landcheck/geo"
)

// FuzzForm: whatever a form holds, what is kept of it lies in its own folder, or
// it is refused as the sender's mistake.
func FuzzForm(f *testing.F) {
	add := func(names ...string) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		if err := w.SetBoundary("line"); err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			part, err := w.CreateFormFile("file", name)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := part.Write([]byte("bytes of " + name)); err != nil {
				f.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	add("plan.zip")
	add("DLBG.shp", "DLBG.dbf", "plan.yaml")
	add("../../plan.zip", `C:\a.shp`, "con.zip", "a\x00b")
	add("a.shp", "a.shp")
	f.Add([]byte("--line\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%2e%2e%2fx.zip\r\n\r\nx\r\n--line--\r\n"))
	f.Add([]byte("--line\r\nContent-Disposition: form-data; name=x\r\n\r\nx"))
	f.Fuzz(func(t *testing.T, body []byte) {
		dir := t.TempDir()
		got, err := receiveForm(multipart.NewReader(bytes.NewReader(body), "line"), dir, "plan.zip")
		if err == nil {
			if rel, err := filepath.Rel(dir, got.path); err != nil || !filepath.IsLocal(rel) {
				t.Fatalf("kept at %s", got.path)
			}
		} else if _, ok := geo.AsInputError(err); !ok {
			var known *problem.Error
			if !errors.As(err, &known) || known.Status >= 500 {
				t.Fatalf("%T: %v", err, err)
			}
		}
		err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.ContainsFunc(filepath.Base(path), geo.Steers) {
				t.Fatalf("a file is called %q", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
