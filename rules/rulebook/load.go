package rulebook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
	"landcheck/rules/condition"
	"landcheck/rules/rulebook/books"
)

// maxParents caps a chain of extends.
const maxParents = 8

// Load reads a rulebook: the id of a built-in one (BuiltIn), or a file. Bad
// content is geo.InputErrors, each with file, line (Record) and column; what cannot be
// read at all is a *geo.InputError.
func Load(name string) (*Rulebook, error) {
	var files []File
	b, err := loadBook(library{builtin: books.FS, files: &files}, name)
	if err != nil {
		return nil, err
	}
	b.Files = files
	return b, nil
}

// File is a file that a rulebook was read from.
type File struct {
	Path string
	Data []byte
}

// FromFiles reads a rulebook from the Files of one that Load read, wherever
// those are and whatever they hold today. It is the same book.
func FromFiles(files []File) (*Rulebook, error) {
	held := map[string][]byte{}
	for _, f := range files {
		held[f.Path] = f.Data
	}
	if len(files) == 0 {
		return nil, errors.New("rules: a book of no files")
	}
	b, err := loadBook(library{builtin: books.FS, held: held}, files[0].Path)
	if err != nil {
		return nil, err
	}
	b.Files = files
	return b, nil
}

// BuiltIn lists the ids of the built-in rulebooks, the default first.
func BuiltIn() []string { return books.IDs() }

// Parse reads a rulebook from memory; file names it in input errors, and extends
// can name built-in books only.
func Parse(file string, data []byte) (*Rulebook, error) {
	t, err := parse(file, data)
	if err != nil {
		return nil, err
	}
	return finish(library{builtin: books.FS, sealed: true}, t, "")
}

// source is where rulebooks come from.
type library struct {
	builtin fs.FS
	sealed  bool              // no files
	held    map[string][]byte // path → content: these instead of those on disk
	files   *[]File           // where those that are read are noted; nil: nowhere
}

func loadBook(s library, name string) (*Rulebook, error) {
	t, dir, err := s.read(name, "")
	if err != nil {
		return nil, err
	}
	return finish(s, t, dir)
}

// read finds a book by id or by file (relative to dir) and parses it.
func (s library) read(name, dir string) (*tree, string, error) {
	if idForm.MatchString(name) {
		if data, err := fs.ReadFile(s.builtin, name+".yaml"); err == nil {
			t, err := parse(name+".yaml", data)
			return t, "", err
		}
	}
	unknown := position{file: name}.fault(geo.Textf("没有名为“%s”的规则册", "there is no rulebook %q", name),
		geo.Textf("内置：%s；或给出 .yaml 文件", "Built in: %s; or name a .yaml file.", strings.Join(BuiltIn(), ", ")))
	if s.sealed {
		return nil, "", unknown
	}
	path := name
	if dir != "" && !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if s.held != nil {
		data, ok := s.held[path]
		if !ok {
			return nil, "", unknown
		}
		t, err := parse(path, data)
		return t, filepath.Dir(path), err
	}
	info, err := os.Stat(path)
	if err != nil {
		unknown.Err = err
		return nil, "", unknown
	}
	if !info.Mode().IsRegular() || info.Size() > maxBook {
		return nil, "", position{file: path}.faultf("不是规则册文件，或超过 %d 字节", "not a rulebook file, or larger than %d bytes", maxBook)
	}
	data, err := regular.Read(path, maxBook)
	if err != nil {
		f := position{file: path}.faultf("无法读取规则册", "the rulebook cannot be read")
		f.Err = err
		return nil, "", f
	}
	if s.files != nil {
		*s.files = append(*s.files, File{path, data})
	}
	t, err := parse(path, data)
	return t, filepath.Dir(path), err
}

// finish lays the book over its parents, decodes and checks it.
func finish(s library, t *tree, dir string) (*Rulebook, error) {
	merged, err := inherit(s, t, dir, 0)
	if err != nil {
		return nil, err
	}
	b := &Rulebook{Parameters: defaults()}
	d := &diagnostics{}
	for _, f := range merged.faults {
		_ = d.note(f)
	}
	if err := d.note((decoder{merged, d, condition.NewLanguage()}).value(merged.root, reflect.ValueOf(b).Elem(), "")); err != nil {
		return nil, err
	}
	if err := b.check(merged, d); err != nil {
		return nil, err
	}
	if err := d.verdict(); err != nil {
		return nil, err
	}
	b.fillLimits(merged, d)
	if err := d.verdict(); err != nil {
		return nil, err
	}
	b.warn(merged)
	for i := range b.Rules {
		b.Rules[i].Inherited = merged.own != nil && !merged.own[b.Rules[i].ID]
	}
	b.Digest = merged.digest()
	return b, nil
}

func inherit(s library, t *tree, dir string, depth int) (*tree, error) {
	n := child(t.root, "extends")
	if n == nil {
		return t, nil
	}
	at := t.place(n)
	if depth == maxParents {
		return nil, at.faultf("extends 链过长或成环", "the chain of extends is too long or a circle")
	}
	if !idForm.MatchString(n.Value) && (!filepath.IsLocal(n.Value) || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(n.Value))) {
		return nil, at.fault(geo.Textf("extends 不能是“%s”", "extends cannot be %q", n.Value),
			geo.Text{ZH: "写内置规则册的标识，或同一目录之内的 .yaml 文件", EN: "Name a built-in rulebook, or a .yaml file in or below the same directory."})
	}
	parent, parentDir, err := s.read(n.Value, dir)
	if err != nil {
		if f, ok := geo.AsInputError(err); ok && f.Record == 0 {
			g := at.fault(f.Message, f.Advice)
			g.Err = err
			return nil, g
		}
		return nil, err
	}
	parent, err = inherit(s, parent, parentDir, depth+1)
	if err != nil {
		return nil, err
	}
	t.over(parent)
	return t, nil
}

// defaults are the parameters of a book that sets none.
func defaults() Parameters {
	return Parameters{SliverArea: 1, SliverWidth: 0.05, SliverTotalWarn: 10,
		Tolerance: 1, GradeTolerance: 0.01, GradeMissing: 0.01, SlopedClass: 3}
}
