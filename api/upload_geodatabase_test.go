package api_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUploadGeodatabase: a plan in a file geodatabase is taken zipped, and as
// the files of its folder, which a page sends one by one; both are one plan's.
func TestUploadGeodatabase(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../shared/data/filegdb/sample-plan-national.gdb.zip")
	if err != nil {
		t.Skip("the third-party files are absent: ", err)
	}
	s := serve(t, "embedded", setup{})
	var zipped, loose planAnswer
	s.do("POST", "/v1/plans?county=150123&name=方案.gdb.zip", sending("application/zip", data)).wants(201).into(&zipped)
	var files []entry
	for _, e := range contents(t, data) {
		if !strings.HasSuffix(e.name, "/") {
			files = append(files, entry{name: filepath.Base(e.name), body: e.body})
		}
	}
	s.do("POST", "/v1/plans?county=150123&name=拖来的文件夹", form(t, files...)).wants(201).into(&loose)
	var verdicts [2]checkAnswer
	for i, p := range []planAnswer{zipped, loose} {
		s.do("POST", p.Links["checks"], with("Prefer", "wait=60")).wants(200).into(&verdicts[i])
	}
	if verdicts[0].Verdict == "" || verdicts[0].Verdict != verdicts[1].Verdict {
		t.Errorf("zipped it is %q, as loose files %q", verdicts[0].Verdict, verdicts[1].Verdict)
	}

	broken, err := os.ReadFile("../../shared/data/filegdb/broken/compressed-cdf.gdb.zip")
	if err != nil {
		t.Fatal(err)
	}
	if p := s.do("POST", "/v1/plans?county=150123", sending("application/zip", broken)).problem(422, "bad-input"); !strings.Contains(p.Advice, "解压") && !strings.Contains(p.Advice, "Uncompress") {
		t.Errorf("a compressed geodatabase: %+v", p)
	}
}
