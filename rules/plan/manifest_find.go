package plan

import (
	"path"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
)

func fileNames(files []catalog.File) []string {
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

// manifest reads plan.yaml, which is at the top of a package or not there. One
// that lies deeper is not passed over: the plan would be judged without its
// documents, or be two plans.
func (c contents) manifest() (*manifest, error) {
	var top, deeper []string
	for _, name := range c.files {
		switch {
		case !slices.Contains(ManifestNames(), strings.ToLower(path.Base(name))):
		case strings.Contains(name, "/"):
			deeper = append(deeper, name)
		default:
			top = append(top, name)
		}
	}
	switch {
	case len(top) > 1:
		return nil, &geo.InputError{File: top[0],
			Message: geo.Textf("方案包中还有 %s，无法确定以哪个为准", "the package has %s as well, and only one can hold", top[1]),
			Advice:  geo.Text{ZH: "请删除其中一个", EN: "Remove one of the two"}}
	case len(top) == 1:
		data, err := c.readFile(top[0])
		if err != nil {
			return nil, inFile(err, top[0])
		}
		return readManifest(top[0], data)
	case len(deeper) > 0:
		return nil, &geo.InputError{File: deeper[0],
			Message: geo.Text{ZH: "方案清单不在方案包的最上层，不会被读取", EN: "the manifest is not at the top of the package, where it is read"},
			Advice: geo.Text{ZH: "请把该文件夹的内容单独打包；一个方案包只放一个方案",
				EN: "Make a package of that folder's contents alone; a package holds one plan"}}
	}
	return readManifest(ManifestNames()[0], nil)
}
