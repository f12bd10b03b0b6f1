package api

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/guard"
)

// formBody is a form of which the last line is ended, and whose end is an
// error: a form ends with its last line, and the multipart reader takes one
// that was cut off between two files for whole.
func formBody(body io.ReadCloser) io.ReadCloser {
	type both struct {
		io.Reader
		io.Closer
	}
	return both{io.MultiReader(body, strings.NewReader("\r\n"), truncatedReader{}), body}
}

type truncatedReader struct{}

func (truncatedReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// badForm is why a form cannot be read: in itself, unless it is too large,
// broken off or slow, or the trouble is with our own files.
func badForm(err error) error {
	err = broken(err)
	var tooLarge *http.MaxBytesError
	var known *problem.Error
	var ours *fs.PathError
	if errors.As(err, &tooLarge) || errors.As(err, &known) || errors.As(err, &ours) {
		return err
	}
	return problem.BadBody("", geo.Textf("表单读不出来：%v", "the form cannot be read: %v", err),
		geo.Text{ZH: "请用 multipart/form-data 重新上传", EN: "Upload it again as multipart/form-data"})
}

// receiveForm takes a form with one package, or with loose files, which it
// packs so that they stay together.
func receiveForm(form *multipart.Reader, dir, name string) (received, error) {
	loose := filepath.Join(dir, "loose")
	if err := os.Mkdir(loose, 0o700); err != nil {
		return received{}, err
	}
	var files []received
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return received{}, badForm(err)
		}
		if part.FileName() == "" {
			return received{}, problem.BadBody(part.FormName(), geo.Textf("表单项 %q 不是文件", "the form's part %q is no file", part.FormName()),
				geo.Text{ZH: "表单里只放文件", EN: "Put only files into the form"})
		}
		if len(files) == maxLoose {
			return received{}, problem.BadBody(part.FormName(), geo.Textf("文件超过 %d 个", "there are more than %d files", maxLoose), geo.Text{ZH: "请打成一个 zip 再上传", EN: "Pack them into one zip"})
		}
		got, err := keep(part, loose, store.FileName(part.FileName()))
		switch {
		case errors.Is(err, os.ErrExist):
			name := store.FileName(part.FileName())
			return received{}, &geo.InputError{File: name, Message: geo.Textf("有两个文件都叫 %q", "two files are called %q", name),
				Advice: geo.Text{ZH: "请打成一个 zip 再上传", EN: "Pack them into one zip"}}
		case err != nil:
			return received{}, badForm(err)
		}
		files = append(files, got)
	}
	switch {
	case len(files) == 0:
		return received{}, problem.BadBody("file", geo.Text{ZH: "表单里没有文件", EN: "the form has no file"}, geo.Text{ZH: "请选择方案包", EN: "Choose a plan package"})
	case len(files) == 1 && catalog.IsPackage(files[0].path):
		return files[0], nil
	}
	slices.SortFunc(files, func(a, b received) int { return strings.Compare(a.path, b.path) })
	return pack(files, dir, fileName(name, "plan.zip"))
}

// maxLoose is how many files a form may hold: a file geodatabase has some
// hundreds.
const maxLoose = 1000

// pack puts loose files into one zip, without times, so that the same files
// are the same package.
func pack(files []received, dir, name string) (out received, err error) {
	read, write := io.Pipe()
	_ = guard.Go("", func() error {
		err := guard.Do("packing the upload", func() (err error) {
			z := zip.NewWriter(write)
			for _, f := range files {
				if err = addFile(z, f.path); err != nil {
					break
				}
			}
			return errors.Join(err, z.Close())
		})
		return write.CloseWithError(err)
	})
	defer read.Close()
	return keep(read, dir, name)
}

func addFile(z *zip.Writer, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.CreateHeader(&zip.FileHeader{Name: filepath.Base(path), Method: zip.Deflate, Flags: 0x800})
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}
