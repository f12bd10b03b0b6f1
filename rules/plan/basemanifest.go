package plan

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/regular"
	"landcheck/rules/domain"
	"landcheck/rules/strictyaml"
)

// BaseManifest is what base.yaml beside the layers says of a county.
//
//	absent: [heritage, shelterbelt]       # the county has none: rules that need the role are not applicable
//	designated: {150123101: 64800000}     # decreed PBF of a township, m²: in place of the layer's sum
//	layers: {red_line: {file: 红线.shp, fields: {id: BH}}, DLTB: {classes: planning}}
//	ignore: ["旧版/*"]                     # layers that are no part of the base, whatever their names
type BaseManifest struct {
	Absent     map[domain.Role]bool
	Designated map[string]float64 // by 9-digit code, m²

	file   string
	layers []assignment
	ignore []string
	marks  map[domain.Role]strictyaml.Node // where absent names a role
}

// baseManifestNames are the names of the file, in any case.
func baseManifestNames() []string { return []string{"base.yaml", "base.yml"} }

// readBaseManifest reads base.yaml; its slips are geo.InputErrors.
func readBaseManifest(file string, data []byte) (*BaseManifest, error) {
	m := &BaseManifest{Absent: map[domain.Role]bool{}, Designated: map[string]float64{}, file: file, marks: map[domain.Role]strictyaml.Node{}}
	doc, err := strictyaml.Parse(file, data, strictyaml.Options{MaxBytes: maxManifest, Aliases: true})
	if err != nil {
		return nil, err
	}
	return m, doc.Err(doc.Root().Fields(
		strictyaml.Field{Name: "absent", Read: func(n strictyaml.Node) error { return n.Items(m.readAbsent) }},
		strictyaml.Field{Name: "designated", Read: func(n strictyaml.Node) error { return n.Entries(m.readDesignated) }},
		strictyaml.Field{Name: "layers", Read: func(n strictyaml.Node) error { return n.Entries(m.readLayer) }},
		strictyaml.Field{Name: "ignore", Read: func(n strictyaml.Node) error { return n.Items(m.readIgnore) }},
	))
}

func (m *BaseManifest) readAbsent(n strictyaml.Node) error {
	v, err := n.Text()
	if err != nil {
		return err
	}
	role, err := baseRole(n, v)
	if err != nil {
		return err
	}
	if role == domain.Townships || role == domain.LandUse { // without them nothing is left to judge, and nothing would fail
		return n.InputError(geo.Textf("没有哪个旗县没有 %s", "no county is without %s", role),
			geo.Text{ZH: "请从 absent 中删去，并补上该图层", EN: "Take it off absent, and add the layer"})
	}
	m.Absent[role], m.marks[role] = true, n
	return nil
}

func baseRole(n strictyaml.Node, word string) (domain.Role, error) {
	var known []string
	for _, r := range domain.BaseRoles() {
		if string(r) == word {
			return r, nil
		}
		known = append(known, string(r))
	}
	return "", n.Unknown("底图图层", "base layer", word, known)
}

func (m *BaseManifest) readDesignated(key string, k, v strictyaml.Node) error {
	code := townshipCode(key)
	if code == "" {
		return k.InputError(geo.Textf("“%s”不是苏木乡镇代码", "%q is no code of a township", shorten(key)),
			geo.Text{ZH: "请写 9 位行政区代码", EN: "Write the nine digits of its code"})
	}
	if _, twice := m.Designated[code]; twice {
		return k.InputError(geo.Textf("苏木乡镇 %s 写了两次", "township %s stands twice", code), geo.Text{ZH: "请删除其中一个", EN: "Delete one of them"})
	}
	area, err := v.Number()
	if err != nil {
		return err
	}
	if area <= 0 || area > maxDeclared {
		return v.Wrong("以平方米为单位的正数", "a positive number of m²")
	}
	m.Designated[code] = area
	return nil
}

func (m *BaseManifest) readIgnore(n strictyaml.Node) error {
	v, err := n.Text()
	if err != nil {
		return err
	}
	if _, err := path.Match(v, ""); err != nil {
		return n.Wrong("文件名通配式，例如 旧版/*", "a pattern of file names such as old/*")
	}
	m.ignore = append(m.ignore, strings.ToLower(v))
	return nil
}

// ignores tells whether a layer is left out on purpose.
func (m *BaseManifest) ignores(file string) bool {
	slashed := strings.ToLower(strings.NewReplacer(`\`, "/", "!", "/").Replace(file))
	parts := strings.Split(slashed, "/")
	for _, pattern := range m.ignore {
		for i := range parts { // the name as shown begins with the container's
			rest := strings.Join(parts[i:], "/")
			for _, name := range []string{rest, trimEnding(rest)} {
				if ok, _ := path.Match(pattern, name); ok {
					return true
				}
			}
		}
	}
	return false
}

// findBaseManifest reads the base.yaml of a container, or the one beside a file
// that was given alone; nil without.
func findBaseManifest(c *catalog.Catalog, given string) (*BaseManifest, error) {
	found := ""
	for _, f := range c.Files {
		switch {
		case !slices.Contains(baseManifestNames(), strings.ToLower(f.Name)):
		case found != "":
			return nil, &geo.InputError{File: f.Name, Message: geo.Textf("底图中还有 %s，无法确定以哪个为准", "the base data holds %s too: either could count", found),
				Advice: geo.Text{ZH: "请删除其中一个", EN: "Delete one of them"}}
		default:
			found = f.Name
		}
	}
	if found != "" {
		data, err := c.ReadFile(found, maxManifest)
		if err != nil {
			return nil, inFile(err, found)
		}
		return readBaseManifest(found, data)
	}
	if info, err := os.Stat(given); err != nil || info.IsDir() || strings.EqualFold(filepath.Ext(given), ".zip") {
		return nil, nil
	}
	for _, name := range baseManifestNames() {
		data, err := regular.Read(filepath.Join(filepath.Dir(given), name), maxManifest)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, regular.In(err, name)
		}
		return readBaseManifest(name, data)
	}
	return nil, nil
}

// plus adds what another container's base.yaml says; two that differ about one
// thing are a *geo.InputError.
func (m *BaseManifest) plus(o *BaseManifest) error {
	if o == nil {
		return nil
	}
	for _, code := range slices.Sorted(maps.Keys(o.Designated)) {
		if was, ok := m.Designated[code]; ok && was != o.Designated[code] {
			return &geo.InputError{File: o.file,
				Message: geo.Textf("苏木乡镇 %s 的划定面积与另一个 base.yaml 不同", "another base.yaml decrees another area for township %s", code),
				Advice:  geo.Text{ZH: "请只保留一个", EN: "Keep one of them"}}
		}
	}
	maps.Copy(m.Designated, o.Designated)
	maps.Copy(m.Absent, o.Absent)
	maps.Copy(m.marks, o.marks)
	m.layers, m.ignore, m.file = append(m.layers, o.layers...), append(m.ignore, o.ignore...), cmp.Or(m.file, o.file)
	return nil
}

// contradicted finds a role that is said to be absent though its layer is
// there and holds something.
func (m *BaseManifest) contradicted(layers map[domain.Role][]geo.Layer) error {
	var wrong []error
	for _, role := range domain.BaseRoles() {
		for _, l := range layers[role] {
			if m.Absent[role] && l.Len() > 0 {
				wrong = append(wrong, m.marks[role].InputError(
					geo.Textf("absent 写明没有 %s，但底图中有图层 %s", "absent says there is no %s, but the base has the layer %s", role, l.File()),
					geo.Text{ZH: "请从 absent 中删去，或去掉该图层", EN: "Take it off absent, or remove the layer"}))
				break
			}
		}
	}
	return strictyaml.Gather(nil, wrong...)
}
