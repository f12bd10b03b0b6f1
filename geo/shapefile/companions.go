package shapefile

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// companions are the paths of the files that make up a layer; absent is "".
type companions struct {
	shp, shx, dbf, prj, cpg string
}

// findCompanions looks beside the .shp for its companions. Copies between
// systems mix the case of names and endings; where several match, the spelling
// of the .shp wins.
func findCompanions(path string) (companions, error) {
	found := companions{shp: path}
	dir, base := filepath.Split(path)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	if dir == "" {
		dir = "."
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return found, regular.InputError(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		name := e.Name()
		ext := filepath.Ext(name)
		s := strings.TrimSuffix(name, ext)
		if !strings.EqualFold(s, stem) {
			continue
		}
		slot := found.slot(ext)
		if slot == nil || (*slot != "" && s != stem) {
			continue
		}
		*slot = filepath.Join(dir, name)
	}
	return found, nil
}

func (c *companions) slot(ext string) *string {
	switch strings.ToLower(ext) {
	case ".shx":
		return &c.shx
	case ".dbf":
		return &c.dbf
	case ".prj":
		return &c.prj
	case ".cpg":
		return &c.cpg
	}
	return nil
}

// present lists the files that make up the layer in fixed order, each with its
// lower-case ending.
func (c companions) present() [][2]string {
	var list [][2]string
	for _, p := range [][2]string{
		{".shp", c.shp}, {".shx", c.shx}, {".dbf", c.dbf}, {".prj", c.prj}, {".cpg", c.cpg},
	} {
		if p[1] != "" {
			list = append(list, p)
		}
	}
	return list
}

// files are the paths of the files that make up the layer, the .shp first.
func (c companions) files() []string {
	var list []string
	for _, p := range c.present() {
		list = append(list, p[1])
	}
	return list
}

// readSmall reads a companion that is text; anything longer than limit is not
// what it says it is.
func readSmall(path string, limit int64) ([]byte, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, regular.InputError(err)
	}
	if info.Size() > limit {
		return nil, &geo.InputError{
			Message: geo.Textf("文件有 %d 字节，不是文本说明文件", "%d bytes are too many for a file of this kind", info.Size()),
			Advice:  geo.Textf("请用 GIS 软件重新导出该图层", "Export the layer again with a GIS"),
		}
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, regular.InputError(err)
	}
	return data, nil
}
