package catalog

import (
	"slices"
	"testing"
)

// A folder that holds the package is taken off, letters beside it or not; a
// folder beside other land data or a manifest is one of several.
func TestWrapping(t *testing.T) {
	for _, c := range []struct {
		name        string
		files, want []string
	}{
		{"alone", []string{"方案/plan.yaml", "方案/docs/a.pdf"}, []string{"docs/a.pdf", "plan.yaml"}},
		{"twice", []string{"a/b/plan.yaml", "a/b/docs/a.pdf"}, []string{"docs/a.pdf", "plan.yaml"}},
		{"a letter beside it", []string{"方案/plan.yaml", "方案/docs/a.pdf", "来函.pdf"}, []string{"docs/a.pdf", "plan.yaml", "来函.pdf"}},
		{"a letter beside land data", []string{"方案/ZZQY.geojson", "说明.docx"}, []string{"ZZQY.geojson", "说明.docx"}},
		{"a letter at both levels", []string{"a/说明.docx", "a/b/plan.yaml", "a/b/docs/a.pdf", "来函.pdf"}, []string{"docs/a.pdf", "plan.yaml", "来函.pdf", "说明.docx"}},
		{"a manifest beside it", []string{"矢量/ZZQY.geojson", "plan.yaml"}, []string{"plan.yaml", "矢量/ZZQY.geojson"}},
		{"land data beside it", []string{"方案/plan.yaml", "ZZQY.geojson"}, []string{"ZZQY.geojson", "方案/plan.yaml"}},
		{"two folders", []string{"方案/plan.yaml", "附件/a.pdf"}, []string{"方案/plan.yaml", "附件/a.pdf"}},
		{"a folder of papers", []string{"附件/a.pdf", "来函.pdf"}, []string{"来函.pdf", "附件/a.pdf"}},
		{"the same name inside", []string{"方案/plan.yaml", "方案/说明.txt", "说明.TXT"}, []string{"方案/plan.yaml", "方案/说明.txt", "说明.TXT"}},
		{"the name of a folder inside", []string{"方案/plan.yaml", "方案/docs/a.pdf", "docs"}, []string{"docs", "方案/docs/a.pdf", "方案/plan.yaml"}},
	} {
		var files []File
		for _, name := range c.files {
			files = append(files, File{Name: name})
		}
		got := &Catalog{Files: files}
		got.unwrap()
		names := fileNames(got)
		slices.Sort(names)
		if !slices.Equal(names, c.want) {
			t.Errorf("%s: %q, want %q", c.name, names, c.want)
		}
	}
}
