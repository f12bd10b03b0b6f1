package api

import (
	"bytes"
	"errors"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/textproto"
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
	add("plan/ZZQY.shp", "plan/docs/a.txt", "plan/.DS_Store", "/etc/b.shp", "x/../../c.shp", "docs", "docs/d.txt")
	add(strings.Repeat("deep/", 40)+"a.shp", strings.Repeat(strings.Repeat("x", 199)+"/", 9)+"b.shp")
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

// TestLooseNames: files keep their folders, and what leads out of the package is
// cut off.
func TestLooseNames(t *testing.T) {
	for sent, want := range map[string]string{
		"ZZQY.shp": "ZZQY.shp", "方案/图层/ZZQY.shp": "方案/图层/ZZQY.shp", `方案\docs\意见.pdf`: "方案/docs/意见.pdf",
		"../../a.shp": "a.shp", "/etc/a.shp": "etc/a.shp", `C:\plan\a.shp`: "plan/a.shp", "a/./b//c.shp": "a/b/c.shp",
		"a/.DS_Store": "a/.DS_Store", "..": "package.zip",
		strings.Repeat("a/", 40) + "b": strings.Repeat("a/", 29) + "b",
	} {
		part := &multipart.Part{Header: textproto.MIMEHeader{"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": "file", "filename": sent})}}}
		if got := looseName(part); got != want {
			t.Errorf("%q is kept as %q, want %q", sent, got, want)
		}
	}
}
