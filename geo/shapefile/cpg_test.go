package shapefile

import (
	"os"
	"strings"
	"testing"

	"landcheck/geo"
)

// Where the .cpg and the bytes disagree the bytes win, and it is said once.
func TestCpgAgainstBytes(t *testing.T) {
	table := func(texts ...string) *geo.Table {
		table := squares(len(texts))
		table.Fields = []geo.Field{{Name: "MC", Type: geo.TextField, Width: 40}}
		for i, s := range texts {
			table.Rows[i].Values = []string{s}
		}
		return table
	}
	write := func(enc Encoding, texts ...string) map[string][]byte {
		path := t.TempDir() + "/a.shp"
		if err := Write(t.Context(), path, table(texts...), enc); err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, ext := range []string{".shp", ".shx", ".dbf", ".prj"} {
			data, err := os.ReadFile(strings.TrimSuffix(path, ".shp") + ext)
			if err != nil {
				t.Fatal(err)
			}
			files[ext] = data
		}
		return files
	}
	words := []string{"旱地", "水浇地", "示例镇全域土地综合整治", "天然牧草地", "调出一"}
	for name, c := range map[string]struct {
		files map[string][]byte
		cpg   string
		told  bool
	}{
		"GBK under UTF-8":      {write(GBK, words...), "UTF-8", true},
		"UTF-8 under GBK":      {write(UTF8, words...), "936", true},
		"UTF-8 under GB18030":  {write(UTF8, words...), "GB18030", true},
		"GBK":                  {write(GBK, words...), "GBK", false},
		"UTF-8":                {write(UTF8, words...), "UTF-8", false},
		"short GBK like UTF-8": {write(GBK, "联通", "联通"), "936", false},
		"ASCII":                {write(GBK, "abc"), "UTF-8", false},
	} {
		c.files[".cpg"] = []byte(c.cpg)
		features, notices, err := readAll(t, put(t, c.files), "MC")
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, n := range notices {
			if strings.Contains(n.Message.EN, "bytes are valid in") {
				told++
			}
		}
		if (told == 1) != c.told || told > 1 {
			t.Errorf("%s: told %d times: %v", name, told, notices)
		}
		if len(features) == len(words) {
			for i, f := range features {
				if f.Values[0] != words[i] {
					t.Errorf("%s: record %d reads as %q", name, i+1, f.Values[0])
				}
			}
		} else if name == "short GBK like UTF-8" && features[0].Values[0] != "联通" {
			t.Errorf("%s: %q", name, features[0].Values[0])
		}
	}
}
