package api

import (
	"archive/zip"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

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
		name := looseName(part)
		if catalog.Junk(name) {
			continue
		}
		got, err := keepLoose(part, loose, name)
		switch {
		case errors.Is(err, os.ErrExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
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
	case len(files) == 1 && (catalog.IsPackage(files[0].path) || !catalog.Readable(files[0].path)):
		return files[0], nil // one that is no land data is refused by what it is
	}
	if err := noLand(files, loose); err != nil {
		return received{}, err
	}
	slices.SortFunc(files, func(a, b received) int { return strings.Compare(a.path, b.path) })
	return pack(files, loose, dir, fileName(name, "plan.zip"))
}

// looseName is where in its package a file of a form lies: with the folders that
// a page sends along, each a safe name.
func looseName(part *multipart.Part) string {
	sent := part.FileName() // without folders
	if _, says, err := mime.ParseMediaType(part.Header.Get("Content-Disposition")); err == nil && says["filename"] != "" {
		sent = says["filename"]
	}
	var elements []string
	for e := range strings.SplitSeq(strings.ReplaceAll(sent, `\`, "/"), "/") {
		if drive := len(e) == 2 && e[1] == ':'; e != "" && e != "." && e != ".." && !drive {
			elements = append(elements, e)
		}
	}
	if name := strings.Join(elements, "/"); catalog.Junk(name) {
		return name
	}
	for i := range elements {
		elements[i] = store.FileName(elements[i])
	}
	for len(elements) > maxLooseDepth || len(elements) > 1 && len(strings.Join(elements, "/")) > maxLooseName {
		elements = elements[1:]
	}
	return cmp.Or(strings.Join(elements, "/"), store.FileName(""))
}

// keepLoose is keep of a file that lies in folders.
func keepLoose(from io.Reader, dir, name string) (received, error) {
	if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
		return received{}, err
	}
	return keep(from, dir, name)
}

// noLand refuses files of which none can be a layer, by what the first one is:
// packed together they would only be told to lack their layers.
func noLand(files []received, dir string) error {
	var names []string
	for _, f := range files {
		name, err := filepath.Rel(dir, f.path)
		if err != nil {
			return err
		}
		if catalog.Readable(name) || strings.EqualFold(path.Ext(name), ".gdbtable") {
			return nil
		}
		names = append(names, filepath.ToSlash(name))
	}
	for _, name := range names {
		if catalog.IsPackage(name) {
			return &geo.InputError{File: name, Message: geo.Textf("一次上传了 %d 个文件，其中有压缩包", "%d files were sent at once, and there is an archive among them", len(names)),
				Advice: geo.Text{ZH: "一次上传一个方案的一个压缩包；同一方案的几个压缩包请解压到一个文件夹再上传",
					EN: "Upload one archive of one plan; unpack several archives of one plan into one folder and upload that"}}
		}
	}
	return &geo.InputError{File: names[0], Message: geo.Textf("上传的 %d 个文件都不是图层", "none of the %d files is a layer", len(names)),
		Advice: geo.Textf("方案包里应有图层文件（%s）", "A plan package has layers (%s)", strings.Join(catalog.Endings(), " "))}
}

// How many folders deep a file of a form may lie, and how many bytes its path may
// have; of a longer one the end is kept. Packages have limits just above these.
const (
	maxLooseDepth = 30
	maxLooseName  = 1000
)

// maxLoose is how many files a form may hold: a file geodatabase has some
// hundreds.
const maxLoose = 1000

// pack puts loose files into one zip, without times, so that the same files
// are the same package.
func pack(files []received, loose, dir, name string) (out received, err error) {
	read, write := io.Pipe()
	_ = guard.Go("", func() error {
		err := guard.Do("packing the upload", func() (err error) {
			z := zip.NewWriter(write)
			for _, f := range files {
				if err = addFile(z, loose, f.path); err != nil {
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

func addFile(z *zip.Writer, dir, path string) error {
	name, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.CreateHeader(&zip.FileHeader{Name: filepath.ToSlash(name), Method: zip.Deflate, Flags: 0x800})
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}
