package catalog

import (
	"path"
	"strings"

	"landcheck/geo"
)

// Entry names a file for people, as layers and notices of it do.
func (c *Catalog) Entry(name string) string { return c.entry(name) }

// entry names a file for people: "plan.zip!ZZQY.shp", "base/DLTB.shp". What in
// a name would steer a terminal is written out.
func (c *Catalog) entry(name string) string {
	if c.own != "" && (name == c.own || strings.HasPrefix(name, c.own+"/")) {
		name = strings.TrimPrefix(strings.TrimPrefix(name, c.own), "/")
	}
	name = geo.Printable(name)
	switch {
	case name == "":
		return c.shown
	case c.archive:
		return c.shown + "!" + name
	case c.singleFile:
		return path.Join(path.Dir(c.shown), name)
	}
	return c.shown + "/" + name
}

func (c *Catalog) inputError(name string, problem, advice geo.Text) *geo.InputError {
	return &geo.InputError{File: c.entry(name), Message: problem, Advice: advice}
}

// unreadable is the input error of what the file system will not give.
func (c *Catalog) unreadable(name string, err error, advice geo.Text) *geo.InputError {
	return &geo.InputError{File: c.entry(name), Err: err, Advice: advice, Message: geo.Textf("无法读取（%v）", "cannot be read (%v)", geo.SystemText(err))}
}

// unlisted is that of the package's own directory.
func (c *Catalog) unlisted(err error) *geo.InputError {
	return &geo.InputError{File: c.entry(""), Err: err, Advice: packageAdvice(),
		Message: geo.Textf("无法读取目录（%v）", "the directory cannot be read (%v)", geo.SystemText(err))}
}

func (c *Catalog) note(severity geo.Severity, name string, message geo.Text) {
	c.Notices = append(c.Notices, geo.Notice{Severity: severity, File: c.entry(name), Message: message})
}

// skip says of a file that it is not read, whatever its name promises.
func (c *Catalog) skip(usage Usage, severity geo.Severity, name string, message geo.Text) {
	c.mark(name, usage, message)
	c.notRead(severity, name, message)
}

// notRead notes what may be meant as a layer and was not read.
func (c *Catalog) notRead(severity geo.Severity, name string, message geo.Text) {
	c.note(severity, name, message)
	c.Skipped = append(c.Skipped, c.Notices[len(c.Notices)-1])
}
