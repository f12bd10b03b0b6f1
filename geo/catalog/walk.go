package catalog

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
)

// walk lists a directory. A link is followed only to a file inside it.
func (c *Catalog) walk(ctx context.Context, dir string, o Options) error {
	root, err := filepath.EvalSymlinks(dir)
	if err == nil {
		root, err = filepath.Abs(root)
	}
	if err != nil {
		return c.unlisted(err)
	}
	return filepath.WalkDir(root, func(at string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rel, relErr := filepath.Rel(root, at)
		if relErr != nil {
			return relErr
		}
		name := filepath.ToSlash(rel)
		if err != nil {
			return c.unreadable(name, err, geo.Text{ZH: "请检查权限", EN: "Check the permissions"})
		}
		if Junk(name) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			c.folder(name)
			return nil
		}
		file := at
		if d.Type()&fs.ModeSymlink != 0 {
			if file, err = c.follow(root, at, name); err != nil || file == "" {
				return err
			}
		}
		info, err := os.Stat(file)
		if err != nil {
			return c.unreadable(name, err, geo.Text{ZH: "请检查文件和权限", EN: "Check the file and its permissions"})
		}
		if !info.Mode().IsRegular() {
			why := geo.Text{ZH: "不是普通文件（管道、设备或套接字），已跳过", EN: "not a regular file (a pipe, device or socket): skipped"}
			c.note(geo.Warning, name, why)
			c.Skipped = append(c.Skipped, c.Notices[len(c.Notices)-1])
			c.others = append(c.others, Item{Name: name, Usage: Unread, Why: why})
			return nil
		}
		if len(c.Files) >= o.Entries {
			return c.tooMany(o)
		}
		c.Files = append(c.Files, File{Name: name, Size: info.Size(), path: file})
		return nil
	})
}

// follow resolves a link; "" means that it leads to a directory of the package,
// whose files are listed anyway.
func (c *Catalog) follow(root, at, name string) (string, error) {
	target, err := filepath.EvalSymlinks(at)
	if err == nil {
		var rel string
		if rel, err = filepath.Rel(root, target); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			if info, err := os.Stat(target); err == nil && info.IsDir() {
				c.note(geo.Info, name, geo.Text{ZH: "指向目录的链接，已跳过", EN: "a link to a directory: skipped"})
				return "", nil
			}
			return target, nil
		}
	}
	return "", c.inputError(name, geo.Text{ZH: "符号链接指向方案目录之外或不存在的文件", EN: "the link leads outside the package, or nowhere"},
		geo.Text{ZH: "请用文件本身代替链接", EN: "Put the file itself in place of the link"})
}

func (c *Catalog) tooMany(o Options) *geo.InputError {
	return c.inputError("", geo.Textf("文件超过 %d 个", "there are more than %d files", o.Entries),
		geo.Text{ZH: "请只保留方案所需的文件", EN: "Keep only the files that the plan needs"})
}

// single lists one file, and for a Shapefile its companions.
func (c *Catalog) single(name string) error {
	list := []string{name}
	if strings.EqualFold(filepath.Ext(name), ".shp") {
		var err error
		if list, err = companions(name); err != nil {
			return c.unlisted(err)
		}
	}
	for _, p := range list {
		info, err := os.Stat(p)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		c.Files = append(c.Files, File{Name: filepath.Base(p), Size: info.Size(), path: p})
	}
	return nil
}

// companions are the files of a Shapefile: same name, other endings, in
// whatever case. One ending in two cases goes by the exact name given.
func companions(shp string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(shp))
	if err != nil {
		return nil, err
	}
	base := filepath.Base(shp)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	list := []string{shp}
	seen := map[string]bool{".shp": true}
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		if strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())) != stem || seen[ext] {
			continue
		}
		switch ext {
		case ".shx", ".dbf", ".prj", ".cpg":
			seen[ext] = true
			list = append(list, filepath.Join(filepath.Dir(shp), e.Name()))
		}
	}
	return list, nil
}
