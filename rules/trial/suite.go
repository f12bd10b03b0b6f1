package trial

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/rules/rulebook"
	"landcheck/rules/strictyaml"
)

// maxFiles caps a directory.
const maxFiles = 10_000

// Suite is the cases of a directory. Its cases.yaml:
//
//	rulebook: nmg-2025        # id of a built-in book, or a file beside this one
//	extends: ../nmg-2025      # take over the cases of another directory
//	base: {…}                 # base layers under those of every case, as in Case
//	plan: {…}                 # likewise, as in Trial
//
// A case here stands in for the parent's cases of its rule. Cases taken over
// keep what their own directory shares; of rules that the book has not, or has
// switched off, they are left out, where a case here would be an input error. A rule
// has one case file in a directory, and may have packages beside it.
type Suite struct {
	Dir      string
	Rulebook string // "" where cases.yaml names none
	Cases    []Case
	own      map[string]bool // files of this directory, not of a parent
}

// Open reads the cases of a directory. One without any case, or one that
// cannot be read, is a *geo.InputError.
func Open(dir string) (*Suite, error) {
	s, err := open(dir, 0)
	if err != nil {
		return nil, err
	}
	if len(s.Cases) == 0 {
		return nil, &geo.InputError{File: dir, Message: geo.Text{ZH: "目录中没有试例", EN: "the directory holds no case"},
			Advice: geo.Text{ZH: "请为每条规则写一个 .yaml（rule、pass、fail），或放方案包 规则名/pass、规则名/fail", EN: "Write a .yaml for each rule (rule, pass, fail), or put packages at RULE/pass and RULE/fail"}}
	}
	return s, nil
}

func open(dir string, depth int) (*Suite, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	if len(entries) > maxFiles {
		return nil, &geo.InputError{File: dir, Message: geo.Textf("目录中有 %d 个文件，超过 %d", "the directory holds %d files, more than %d", len(entries), maxFiles),
			Advice: geo.Text{ZH: "请给出只放试例的目录", EN: "Name a directory with nothing but cases"}}
	}
	s := &Suite{Dir: dir, own: map[string]bool{}}
	shared, err := s.readIndex(dir)
	if err != nil {
		return nil, err
	}
	var wrong []error // of all files
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case e.Name() == index || e.Name() == "base" || strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			c, err := packages(path, filepath.Join(dir, "base"))
			if err != nil {
				return nil, err
			}
			if err := s.add(c); err != nil {
				return nil, err
			}
		case strings.HasSuffix(e.Name(), ".yaml") || strings.HasSuffix(e.Name(), ".yml"):
			data, err := readFile(path)
			if err != nil {
				return nil, err
			}
			c, err := parseCase(path, data, shared.draft)
			if err != nil {
				wrong = append(wrong, err)
				continue
			}
			if err := s.add(c); err != nil {
				return nil, err
			}
		}
	}
	if err := strictyaml.Gather(nil, wrong...); err != nil {
		return nil, err
	}
	if !shared.extends.Given() {
		return s, nil
	}
	return s, s.takeOver(shared.extends, depth)
}

// add takes a case in; a second file for the same rule is an input error.
func (s *Suite) add(c Case) error {
	for _, other := range s.Cases {
		if other.Rule == c.Rule && other.line > 0 && c.line > 0 {
			f := c.inputError(geo.Textf("规则“%[1]s”在 %[2]s 中已有试例", "rule %[1]q has a case already, in %[2]s", short(c.Rule), other.File))
			f.Advice = geo.Text{ZH: "请合并成一个文件，其余方案写在 more 下", EN: "Make one file of them; further plans go under more"}
			return f
		}
	}
	s.Cases = append(s.Cases, c)
	s.own[c.File] = true
	return nil
}

// inputError is about the rule that a case names.
func (c *Case) inputError(problem geo.Text) *geo.InputError {
	return &geo.InputError{File: c.File, Record: c.line, Column: c.column, Field: "rule", Message: problem}
}

// packages is the case of a directory RULE with real plan packages.
func packages(dir, base string) (Case, error) {
	c := Case{Rule: filepath.Base(dir), File: dir}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return c, unreadable(dir, err)
	}
	for _, e := range entries {
		if e.Name() == "base" {
			base = filepath.Join(dir, "base")
		}
	}
	for _, e := range entries {
		stem, _, _ := strings.Cut(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())), "-")
		side := Group(stem)
		if side != Passing && side != Failing {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if _, err := os.Stat(base); err != nil {
			return c, &geo.InputError{File: path, Err: err, Message: geo.Text{ZH: "方案包没有底图", EN: "the package has no base data"},
				Advice: geo.Textf("请把底图放在 %[1]s", "Put the base data at %[1]s", base)}
		}
		c.Trials = append(c.Trials, Trial{Title: geo.Text{ZH: e.Name(), EN: e.Name()}, Group: side, File: path, planPath: path, basePaths: []string{base}})
	}
	if len(c.Trials) == 0 {
		return c, &geo.InputError{File: dir, Message: geo.Text{ZH: "目录中没有 pass 或 fail 方案包", EN: "the directory has no package pass or fail"},
			Advice: geo.Text{ZH: "请放入 pass、fail（目录、.zip 或 .gpkg），或移走这个目录", EN: "Put pass and fail in (directory, .zip or .gpkg), or move the directory away"}}
	}
	return c, nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err == nil && (!info.Mode().IsRegular() || info.Size() > maxFile) {
		err = errors.New("not a regular file of at most 1 MB")
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return data, nil
}

func unreadable(path string, err error) *geo.InputError {
	return &geo.InputError{File: path, Err: err, Message: geo.Textf("打不开：%v", "cannot be opened: %v", geo.SystemText(err)),
		Advice: geo.Text{ZH: "请给出放试例的目录", EN: "Name a directory of cases"}}
}

// applicable leaves out what the book has no use for. A case of the suite's own for a
// rule that is not there, or a failing plan that is expected to do anything
// else, is an input error.
func (s *Suite) fit(book *rulebook.Rulebook) ([]Case, error) {
	var cases []Case
	for _, c := range s.Cases {
		r := book.Rule(c.Rule)
		if r == nil || r.Off {
			if !s.own[c.File] {
				continue
			}
			f := c.inputError(geo.Textf("规则册 %[1]s 中没有规则“%[2]s”，或已关闭", "rulebook %[1]s has no rule %[2]q, or it is off", book.ID, short(c.Rule)))
			f.Advice = geo.Text{ZH: "请核对规则名，或换用有这条规则的规则册", EN: "Correct the rule, or try it on a rulebook that has it"}
			return nil, f
		}
		for _, t := range c.Trials {
			want := passing(r)
			if t.Group == Failing {
				want = failing(r)
			}
			if t.Group != Further && t.expected(r) != want {
				return nil, &geo.InputError{File: t.File, Record: t.Line, Column: 1, Field: string(t.Group), Message: geo.Textf("%[1]s 应得出 %[2]s", "what stands under %[1]s has the status %[2]s", string(t.Group), string(want)),
					Advice: geo.Text{ZH: "其他结论的试例写在 more 下", EN: "Trials with another status go under more"}}
			}
		}
		cases = append(cases, c)
	}
	return cases, nil
}
