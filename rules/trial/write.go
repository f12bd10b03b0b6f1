package trial

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// write lays a trial down as somebody would hand it in: a plan package and
// base data, each a directory under dir.
func (t *Trial) write(dir string) (planPath string, basePaths []string, err error) {
	if t.planPath != "" {
		return t.planPath, t.basePaths, nil
	}
	planPath, basePath := filepath.Join(dir, "plan"), filepath.Join(dir, "base")
	if err := errors.Join(os.Mkdir(planPath, 0o755), os.Mkdir(basePath, 0o755)); err != nil {
		return "", nil, err
	}
	manifest, papers, err := t.planYAML()
	if err != nil {
		return "", nil, err
	}
	files := map[string][]byte{"plan.yaml": manifest}
	for _, p := range papers {
		if !t.missing[p] {
			files[p] = []byte("trial\n")
		}
	}
	for _, name := range t.files {
		files[name] = []byte("trial\n")
	}
	root, err := os.OpenRoot(planPath) // papers are named by the case: none may leave the package
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	for name, data := range files {
		if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return "", nil, t.inputError(name, err)
		}
		if err := root.WriteFile(name, data, 0o644); err != nil {
			return "", nil, t.inputError(name, err)
		}
	}
	if err := t.layers(planPath, t.plan); err != nil {
		return "", nil, err
	}
	return planPath, []string{basePath}, t.layers(basePath, t.base)
}

// inputError is a trial that cannot be laid down.
func (t *Trial) inputError(what string, err error) *geo.InputError {
	return &geo.InputError{File: t.File, Record: t.Line, Column: 1, Err: err,
		Message: geo.Textf("试例“%[1]s”写不出 %[3]s：%[4]v", "the trial %[2]q: cannot write %[3]s: %[4]v", t.Title.ZH, t.Title.EN, what, err),
		Advice:  geo.Text{ZH: "请检查文件名和字段的值", EN: "Check file names and values"}}
}

// layers writes each layer as GeoJSON of 2008, whose crs member allows metres:
// a fifth of the time that a GeoPackage of as many tables takes.
func (t *Trial) layers(dir string, layers map[domain.Role][]feature) error {
	for role, features := range layers {
		if t.without[role] {
			continue
		}
		data, err := t.layer(role, features)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, role.Names()[0]+".geojson"), data, 0o644)
		}
		if err != nil {
			return t.inputError(string(role), err)
		}
	}
	return nil
}

// collection is a GeoJSON file.
type collection struct {
	Type     string `json:"type"`
	CRS      member `json:"crs"`
	Features []item `json:"features"`
}

type member struct {
	Type       string            `json:"type"`
	Properties map[string]string `json:"properties"`
}

type item struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   shape          `json:"geometry"`
}

type shape struct {
	Type        string           `json:"type"`
	Coordinates orb.MultiPolygon `json:"coordinates"`
}

func (t *Trial) layer(role domain.Role, features []feature) ([]byte, error) {
	into := zone()
	if crs, ok := t.systems[role]; ok {
		into = crs
	}
	transform, err := geo.NewTransform(zone(), into)
	if err != nil {
		return nil, err
	}
	c := collection{Type: "FeatureCollection", Features: []item{},
		CRS: member{Type: "name", Properties: map[string]string{"name": into.String()}}}
	for i, f := range features {
		coordinates, err := transform.MultiPolygon(f.shape)
		if err != nil {
			return nil, fmt.Errorf("feature %d: %w", i+1, err)
		}
		values := map[string]any{}
		for _, x := range f.fields {
			values[x.name] = x.value
			if x.number && json.Valid([]byte(x.value)) {
				values[x.name] = json.Number(x.value)
			}
		}
		c.Features = append(c.Features, item{"Feature", values, shape{"MultiPolygon", coordinates}})
	}
	return json.Marshal(c)
}
