package trial

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/strictyaml"
)

// index is the file of a directory that its cases share.
const index = "cases.yaml"

// maxParents caps a chain of extends.
const maxParents = 8

// sharedDefaults is what a directory's cases.yaml says besides its rulebook.
type sharedDefaults struct {
	extends strictyaml.Node // not given where it is not said
	draft   *draft          // nil where there is no such file
}

// readIndex reads cases.yaml; a directory without one shares nothing.
func (s *Suite) readIndex(dir string) (shared sharedDefaults, err error) {
	path := filepath.Join(dir, index)
	data, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return shared, nil
	}
	if err != nil {
		return shared, err
	}
	book, shared, err := parseIndex(path, data)
	if strings.ContainsAny(book, `/\.`) && !filepath.IsAbs(book) {
		book = filepath.Join(dir, book)
	}
	s.Rulebook = book
	return shared, err
}

func parseIndex(file string, data []byte) (book string, shared sharedDefaults, err error) {
	doc, err := parse(file, data)
	if err != nil {
		return "", shared, err
	}
	top := doc.Root()
	shared.draft = newDraft(top)
	err = top.Fields(
		strictyaml.Field{Name: "rulebook", Read: func(n strictyaml.Node) (err error) { book, err = n.Text(); return err }},
		strictyaml.Field{Name: "extends", Read: func(n strictyaml.Node) error {
			shared.extends = n
			_, err := n.Text()
			return err
		}},
		strictyaml.Field{Name: "base", Read: shared.draft.readBase},
		strictyaml.Field{Name: "plan", Read: func(n strictyaml.Node) error { return shared.draft.read(n, false) }},
	)
	return book, shared, doc.Err(err)
}

// takeOver adds the cases of another directory to those of this one.
func (s *Suite) takeOver(extends strictyaml.Node, depth int) error {
	if depth == maxParents {
		return extends.InputError(geo.Text{ZH: "extends 链过长或成环", EN: "the chain of extends is too long or a circle"},
			geo.Text{ZH: "请改正 extends", EN: "Correct extends"})
	}
	parent, err := extends.Text()
	if err != nil {
		return err
	}
	if !filepath.IsAbs(parent) {
		parent = filepath.Join(s.Dir, parent)
	}
	from, err := open(parent, depth+1)
	if f, ok := geo.AsInputError(err); ok && f.File == parent { // not to be opened at all
		g := extends.InputError(geo.Textf("%[1]s：%[2]s", "%[1]s: %[3]s", parent, f.Message.ZH, f.Message.EN), f.Advice)
		g.Err = err
		return g
	}
	if err != nil {
		return err
	}
	mine := slices.Clone(s.Cases)
	for _, c := range from.Cases {
		if !slices.ContainsFunc(mine, func(m Case) bool { return m.Rule == c.Rule }) {
			s.Cases = append(s.Cases, c)
		}
	}
	if s.Rulebook == "" {
		s.Rulebook = from.Rulebook
	}
	return nil
}
