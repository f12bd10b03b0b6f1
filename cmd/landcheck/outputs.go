package main

import (
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/geo/regular"
)

// input is something that a check reads, with what to call it.
type input struct {
	path string
	what geo.Text
	// part tells which files of a directory are read; nil is all of them.
	part func(path string) bool
}

// inputs are the files and directories that a check reads.
// settings is the file of flags, "" for none.
func (f *checkFlags) inputs(plans []target, settings string) []input {
	var list []input
	for _, t := range plans {
		list = append(list, input{path: t.path, what: geo.Text{ZH: "方案包", EN: "the plan package"}})
	}
	for _, path := range f.base {
		if !postgis.IsURL(path) {
			list = append(list, input{path, geo.Text{ZH: "底图", EN: "the base data"}, isData})
		}
	}
	for _, x := range []struct {
		path string
		what geo.Text
	}{
		{f.rulebook, geo.Text{ZH: "规则册", EN: "the rulebook"}},
		{f.baseline, geo.Text{ZH: "基准报告", EN: "the baseline"}},
		{f.against, geo.Text{ZH: "已批准方案的报告", EN: "the report of the approved plan"}},
		{f.key, geo.Text{ZH: "私钥", EN: "the private key"}},
		{settings, geo.Text{ZH: "配置文件", EN: "the configuration file"}},
	} {
		if x.path != "" {
			list = append(list, input{path: x.path, what: x.what})
		}
	}
	return list
}

func configOf(fs *flag.FlagSet) string {
	if c := fs.Lookup("config"); c != nil {
		return c.Value.String()
	}
	return ""
}

// guardOutputs refuses, before anything is read or written, outputs that are
// inputs, whatever the way in which they are named (another spelling, a
// symbolic or a hard link), and two outputs that are one file.
func guardOutputs(outputs []string, inputs []input) error {
	for i, path := range outputs {
		for _, earlier := range outputs[:i] {
			if sameFile(earlier, path) {
				return usage("两个 -o 写的是同一个文件：%[1]s 与 %[2]s", "two -o name the same file: %[1]s and %[2]s", earlier, path)
			}
		}
		for _, in := range inputs {
			found, err := in.holds(path)
			if err != nil {
				return err
			}
			if found {
				return usage("-o %[1]s 是输入（%[2]s），不会覆盖：请换一个位置或文件名",
					"-o %[1]s is an input (%[3]s) and is not overwritten: choose another place or name", path, in.what.ZH, in.what.EN)
			}
		}
	}
	return nil
}

// holds tells whether an output is this input or one of the files in it. What
// is not there yet is no input, but for a link that leads nowhere.
func (in input) holds(output string) (bool, error) {
	if sameFile(in.path, output) {
		return true, nil
	}
	target, err := os.Stat(output)
	if err != nil || target.IsDir() {
		return false, nil // the writer says what is wrong with it
	}
	root, err := os.Stat(in.path)
	if err != nil || !root.IsDir() {
		return false, nil // the reader says so
	}
	found := false
	err = filepath.WalkDir(follow(in.path), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what cannot be listed cannot be read either
		}
		info, err := os.Stat(path) // through links
		if err == nil && os.SameFile(info, target) && (in.part == nil || in.part(path)) {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found, err
}

// sameFile tells whether two paths are one file: that of one inode, or, where
// one is not there yet, of one name in one directory.
func sameFile(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(x, y)
	}
	return follow(a) == follow(b)
}

// follow is a path without links on its way, as far as it exists, and, where it
// is a link itself, what that leads to.
func follow(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	for range 40 { // links that lead nowhere, as many as a system follows
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real
		}
		link, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(filepath.Dir(path), link)
		}
		path = link
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return filepath.Clean(path)
}

// isData tells which files of a folder of base data are read: not a report
// that an earlier check left there.
func isData(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	for _, ending := range []string{".html", ".htm", ".pdf", ".docx", ".md", ".junit.xml", ".sarif", ".sarif.json"} {
		if strings.HasSuffix(name, ending) {
			return false
		}
	}
	if !strings.HasSuffix(name, "json") {
		return true
	}
	file, err := regular.Open(path)
	if err != nil {
		return true
	}
	defer file.Close()
	head, _ := io.ReadAll(io.LimitReader(file, 200))
	return !bytes.Contains(head, []byte(`"landcheck`))
}
