package template

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

func written(t *testing.T, o Options) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new")
	if err := Write(context.Background(), dir, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestLayers: every layer has every field of its role, in both formats, in the
// system that was asked for.
func TestLayers(t *testing.T) {
	ctx := context.Background()
	crs, err := geo.ParseCRS("EPSG:4525")
	if err != nil {
		t.Fatal(err)
	}
	dir := written(t, Options{County: "150123", CRS: crs, Lang: "zh"})
	c, err := catalog.Open(ctx, dir, catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	seen := map[domain.Role]int{}
	for _, l := range c.Layers {
		role := plan.RoleOf(l.Name(), domain.PlanRoles())
		seen[role]++
		if got, err := l.CRS(); err != nil || got != crs || l.Len() != 0 {
			t.Errorf("%s: %v, %v, %d records", l.File(), got, err, l.Len())
		}
		for _, f := range domain.FieldsOf(role) {
			if geo.FieldIndex(l.Fields(), f.Columns[0]) < 0 {
				t.Errorf("%s has no %s", l.File(), f.Columns[0])
			}
		}
	}
	for _, role := range roles() {
		if seen[role] != 2 {
			t.Errorf("%d layers of %s", seen[role], role)
		}
	}
}

// TestManifest: plan.yaml is read as it stands, and every line of it behind a # is
// one that the reader knows.
func TestManifest(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		dir := written(t, Options{County: "150123", Lang: lang})
		_, err := plan.Open(context.Background(), dir, plan.Options{})
		if err == nil || !strings.Contains(err.Error(), "project area") {
			t.Errorf("an empty package lacks its project area alone: %v", err)
		}
		path := filepath.Join(dir, "plan.yaml")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		key := regexp.MustCompile(`(?m)^( *)# (  - |  |)([a-z_]+:|\{)`)
		if err := os.WriteFile(path, key.ReplaceAll(text, []byte("$1$2$3")), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := plan.Open(context.Background(), dir, plan.Options{}); err == nil || !strings.Contains(err.Error(), "调出地块") || strings.Count(err.Error(), "plan.yaml") != 1 {
			t.Errorf("%s: the layer that is an example is not there, and nothing else is wrong: %v", lang, err)
		}
		for _, kind := range domain.DocumentKinds() {
			if !strings.Contains(string(text), "kind: "+kind+",") {
				t.Errorf("plan.yaml has no line for %s", kind)
			}
		}
	}
}

// TestVacant: nothing of somebody's is overwritten.
func TestVacant(t *testing.T) {
	dir := t.TempDir()
	if err := Write(context.Background(), dir, Options{}); err != nil {
		t.Errorf("an empty directory: %v", err)
	}
	if err := Write(context.Background(), dir, Options{}); err == nil {
		t.Error("a directory that holds something is filled")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(context.Background(), file, Options{}); err == nil {
		t.Error("a file is taken for a directory")
	}
}

// TestProject: the project is proper XML with a layer for each table and a title
// for each field; QGIS, where it is here, opens it with every layer in place.
func TestProject(t *testing.T) {
	dir := written(t, Options{Lang: "zh"})
	z, err := zip.OpenReader(filepath.Join(dir, projectName))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	file, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	var project struct {
		Layers []struct {
			Source  string `xml:"datasource"`
			Aliases []struct {
				Name string `xml:"name,attr"`
			} `xml:"aliases>alias"`
		} `xml:"projectlayers>maplayer"`
	}
	if err := xml.Unmarshal(text, &project); err != nil || len(project.Layers) != len(roles()) {
		t.Fatalf("%d layers: %v", len(project.Layers), err)
	}
	for i, role := range roles() {
		if l := project.Layers[i]; l.Source != "./plan.gpkg|layername="+role.Names()[0] || len(l.Aliases) != len(domain.FieldsOf(role)) {
			t.Errorf("%s: %s, %d titles", role, l.Source, len(l.Aliases))
		}
	}
	const script = `
import sys
from qgis.core import QgsApplication, QgsProject
app = QgsApplication([], False); app.initQgis()
p = QgsProject.instance()
assert p.read(sys.argv[1]), p.error()
print([(n.layer().isValid(), n.layer().fields()[1].alias()) for n in p.layerTreeRoot().findLayers()])
`
	c := exec.Command("/usr/bin/python3", "-c", script, filepath.Join(dir, projectName))
	c.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen")
	out, err := c.CombinedOutput()
	if strings.Contains(string(out), "No module named") || os.IsNotExist(err) {
		t.Skip("there is no python3-qgis")
	}
	if err != nil || strings.Count(string(out), "(True, '标识码')") != len(roles()) {
		t.Errorf("%v: %s", err, out)
	}
}
