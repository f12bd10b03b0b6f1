package domain

import "testing"

func TestDepartmentsByTheirOwnNames(t *testing.T) {
	for _, c := range []struct {
		written, department string
		want                bool
	}{
		{"水利", "水利", true}, {"某旗水利局", "水利", true}, {"水务局", "水利", false},
		{"示例旗发展和改革委员会", "发展改革", true}, {"发改委", "发展改革", true},
		{"住房和城乡建设局", "住建", true}, {"住建局", "住建", true}, {"农牧局", "农牧", true},
		{"林业和草原局", "林草", true}, {"文化和旅游局", "文旅", true}, {"文体旅游广电局", "文旅", true},
		{"自然资源局", "自然资源", true}, {"财政局", "自然资源", false}, {"", "财政", false},
	} {
		if got := IsFrom(c.written, c.department); got != c.want {
			t.Errorf("%s for %s: %v", c.written, c.department, got)
		}
	}
}

func TestOlderKindsOfPapers(t *testing.T) {
	if CurrentKind("league-review") != "league-opinion" || CurrentKind("region-review") != "pbf-region-review" || CurrentKind("mine") != "mine" {
		t.Error("older kinds are not followed")
	}
	for _, kind := range append(DocumentKinds(), "league-review", "region-review") {
		if title := DocumentTitle(kind); title.ZH == kind || title.EN == kind || title.ZH == "" {
			t.Errorf("%s has no title", kind)
		}
	}
}
