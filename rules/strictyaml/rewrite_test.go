package strictyaml

import (
	"strings"
	"testing"
)

// TestRewrite: scalars change by their keys, comments and order stay.
func TestRewrite(t *testing.T) {
	const text = "# 方案\nlayers:\n  pbf_out: {file: a.gdb} # 调出\nproject: {name: 甲, year: 2026}\ndocuments:\n  - {file: a.gdb}\n"
	got, err := Rewrite("plan.yaml", []byte(text), Options{MaxBytes: 1 << 10}, func(keys []string, value string) string {
		if strings.Join(keys, ".") == "layers.pbf_out.file" {
			return "a.gpkg"
		}
		return value
	})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(text, "{file: a.gdb} # 调出", `{file: "a.gpkg"} # 调出`, 1)
	if same(string(got)) != same(want) {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// TestWith: a text is set where it stood, and where section or key were missing.
func TestWith(t *testing.T) {
	for in, want := range map[string]string{
		"format: 1\n": "format: 1\nproject:\n  name: \"乙：1\"\n",
		"project: {name: 甲, year: 2026} # 示例\n": "project: {name: \"乙：1\", year: 2026} # 示例\n",
		"project:\nformat: 1\n":                 "project:\n  name: \"乙：1\"\nformat: 1\n",
		"project:\n  year: 2026\n":              "project:\n  year: 2026\n  name: \"乙：1\"\n",
	} {
		got, err := With("plan.yaml", []byte(in), Options{MaxBytes: 1 << 10}, "project", "name", "乙：1")
		if err != nil {
			t.Fatal(err)
		}
		if same(string(got)) != same(want) {
			t.Errorf("%s gives %s, want %s", in, got, want)
		}
	}
	if _, err := With("plan.yaml", []byte("a: [\n"), Options{MaxBytes: 1 << 10}, "project", "name", "x"); err == nil {
		t.Error("a file that is no YAML was taken")
	}
}

// same leaves indentation aside, which is the writer's.
func same(text string) string { return strings.Join(strings.Fields(text), " ") }
