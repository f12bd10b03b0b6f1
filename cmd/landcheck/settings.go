package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/geo/regular"
	"landcheck/rules/rulebook"
	"landcheck/rules/strictyaml"
)

// settingsName is the file that holds flags of check for the plans that lie beside
// it or below:
//
//	base: 底图                # a path is taken from where the file lies
//	rulebook: cn-2024
//	fail-on: mandatory
//	o: [报告.html, 报告.json]
const settingsName = "landcheck.yaml"

const maxSettings = 1 << 20 // bytes

// findSettings is the landcheck.yaml beside a package or in the nearest folder
// above it, not beyond its repository; "" where there is none. One inside the
// package is not asked: a plan does not say how it is checked.
func findSettings(pkg string) string {
	for dir := filepath.Dir(absolute(pkg)); ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, settingsName)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// settingsOf is the one file for all packages of a run.
func settingsOf(list []target) (string, error) {
	first := findSettings(list[0].path)
	for _, t := range list[1:] {
		if other := findSettings(t.path); other != first {
			return "", usage("%[1]s 与 %[2]s 的设置文件不同（%[3]q，%[4]q）：请分别核查，或用 --config 指定", "%[1]s and %[2]s have other settings (%[3]q, %[4]q): check them apart, or name a file by --config",
				list[0].name, t.name, first, other)
		}
	}
	return first, nil
}

// settings are what a landcheck.yaml has set.
type settings struct {
	path    string   // "" without one
	weighty []string // "stage: annual", what bears on the answer
}

// weightySettings are the flags on which verdict, findings or status depend.
var weightySettings = []string{"rulebook", "stage", "fail-on", "baseline", "crs", "strict", "against", "subproject"}

// notices say in a report what was set by a file that was found, not named: it
// may have come with the plan.
func (s settings) notices() []geo.Notice {
	if len(s.weighty) == 0 {
		return nil
	}
	return []geo.Notice{{Severity: geo.Info, File: settingsName, Message: geo.Textf("核查按方案旁边或上层目录中的设置文件进行：%[1]s", "the check went by the file of settings beside the plan or above it: %[1]s", strings.Join(s.weighty, ", "))}}
}

// applySettings sets the flags that neither the command line nor the environment
// has set as landcheck.yaml says. A file named by --config takes its place.
func (a *app) applySettings(fs *flag.FlagSet, list []target) (found settings, err error) {
	set := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if set["config"] {
		return found, nil
	}
	path, err := settingsOf(list)
	if path == "" || err != nil {
		return found, err
	}
	set["lang"] = set["lang"] || a.langAsked
	file, err := regular.Open(path)
	if err != nil {
		return found, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxSettings+1))
	if err != nil {
		return found, err
	}
	doc, err := strictyaml.Parse(shownPath(path), text, strictyaml.Options{MaxBytes: maxSettings})
	if err != nil {
		return found, err
	}
	found.path = path
	var fields []strictyaml.Field
	fs.VisitAll(func(f *flag.Flag) {
		if f.Name != "config" {
			fields = append(fields, strictyaml.Field{Name: f.Name, Read: func(n strictyaml.Node) error {
				values, err := applySetting(fs, f, n, filepath.Dir(path), set[f.Name])
				if len(values) > 0 && slices.Contains(weightySettings, f.Name) {
					found.weighty = append(found.weighty, f.Name+": "+strings.Join(values, ", "))
				}
				return err
			}})
		}
	})
	err = doc.Err(doc.Root().Fields(fields...))
	slices.Sort(found.weighty)
	return found, err
}

// applySetting sets one flag, but for one that is set already, whose value only
// has to be right, and gives the values that it has set.
func applySetting(fs *flag.FlagSet, f *flag.Flag, n strictyaml.Node, dir string, already bool) (values []string, err error) {
	items := []strictyaml.Node{n}
	if _, several := f.Value.(*list); several && n.List() {
		items = nil
		if err := n.Items(func(item strictyaml.Node) error { items = append(items, item); return nil }); err != nil {
			return nil, err
		}
	}
	for _, item := range items {
		value, err := item.Text()
		if err != nil {
			return nil, err
		}
		if already {
			continue
		}
		if err := fs.Set(f.Name, fromFolder(f.Name, value, dir)); err != nil {
			return nil, item.InputError(geo.Textf("%[1]s 的值有误：%[2]v", "%[1]s has a wrong value: %[2]v", f.Name, err),
				geo.Textf("取值见 landcheck help check", "landcheck help check says what it takes"))
		}
		values = append(values, value)
	}
	return values, nil
}

// fromFolder is a value of landcheck.yaml; paths in it start where the file lies.
func fromFolder(name, value, dir string) string {
	isPath := slices.Contains([]string{"base", "o", "baseline", "against", "cache", "rulebook", "key"}, name)
	switch {
	case !isPath, value == "", filepath.IsAbs(value), postgis.IsURL(value):
		return value
	case name == "cache" && value == "off", name == "rulebook" && slices.Contains(rulebook.BuiltIn(), value):
		return value
	}
	return shownPath(filepath.Join(dir, filepath.FromSlash(value)))
}

// shownPath is a path as somebody in the working directory would write it.
func shownPath(path string) string {
	rel, err := filepath.Rel(absolute("."), path)
	if err != nil || strings.Count(filepath.ToSlash(rel), "../") > 3 {
		return path
	}
	return rel
}

// tellSettings says on standard error which file of settings is used, and which
// is not; quietly of what bears on the answer alone.
func (a *app) tellSettings(s settings, list []target, quiet bool) {
	if s.path != "" && (!quiet || len(s.weighty) > 0) {
		which := ""
		if len(s.weighty) > 0 {
			which = " (" + strings.Join(s.weighty, ", ") + ")"
		}
		fmt.Fprintln(a.stderr, geo.Textf("设置取自 %[1]s%[2]s", "settings from %[1]s%[2]s", shownPath(s.path), geo.Printable(which)).In(a.lang))
	}
	for _, t := range list {
		inside := filepath.Join(t.path, settingsName)
		if info, err := os.Stat(inside); err == nil && !info.IsDir() {
			a.printError("%[1]s 在方案包里，不采用：方案不决定自己怎样被核查；请放到方案包旁边", "%[1]s lies in the package and is not used: a plan does not say how it is checked; put it beside the package", inside)
		}
	}
}
