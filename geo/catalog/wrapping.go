package catalog

import (
	"path"
	"slices"
	"strings"
)

// unwrap takes off the folder that holds everything, and the one inside it.
func (c *Catalog) unwrap() {
	for {
		top, ok := c.wrapping()
		if !ok {
			return
		}
		for i := range c.Files {
			c.Files[i].Name = strings.TrimPrefix(c.Files[i].Name, top+"/")
		}
		for i := range c.geodatabaseNames {
			c.geodatabaseNames[i] = strings.TrimPrefix(c.geodatabaseNames[i], top+"/")
		}
	}
}

// wrapping is the folder in which everything is, but for files without land data
// beside it: a letter, a note on what was sent. A manifest or land data outside
// of it makes it one folder of the package among others.
func (c *Catalog) wrapping() (folder string, ok bool) {
	beside := map[string]bool{}
	for _, f := range c.Files {
		switch top, _, inside := strings.Cut(f.Name, "/"); {
		case inside && (folder == "" || folder == top):
			folder = top
		case inside, LandData(f.Name), manifestLike(f.Name):
			return "", false
		default:
			beside[strings.ToLower(f.Name)] = true
		}
	}
	if folder == "" || isGeodatabase(c.Files, folder) {
		return "", false
	}
	if len(beside) == 0 {
		return folder, true
	}
	// What lies beside must not take the place of something inside, and must lie
	// beside a package, not beside a folder of papers.
	holds := false
	for _, f := range c.Files {
		name, inside := strings.CutPrefix(f.Name, folder+"/")
		first, _, _ := strings.Cut(name, "/")
		if inside && beside[strings.ToLower(first)] {
			return "", false
		}
		holds = holds || inside && (LandData(name) || manifestLike(name))
	}
	return folder, holds
}

// manifestLike tells whether a file may say what the others are.
func manifestLike(name string) bool {
	return slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(path.Ext(name)))
}
