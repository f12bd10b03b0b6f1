package plan

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestBelongs: base data is of the county that its codes begin with; a stray
// row among many is told, more of them are refused.
func TestBelongs(t *testing.T) {
	rows := func(codes ...string) (all []geo.Feature) {
		for i, code := range codes {
			at := float64(10 * i)
			all = append(all, rowOf(square(at, 0, 9), fmt.Sprint(i), code))
		}
		return all
	}
	towns := func(codes ...string) *geo.Table { return tableOf("XZQ", "BSM XZQDM", rows(codes...)...) }
	land := func(codes ...string) *geo.Table {
		t := tableOf("DLTB", "BSM ZLDWDM DLBM", rows(codes...)...)
		for i := range t.Rows {
			t.Rows[i].Values = append(t.Rows[i].Values, "0103")
		}
		return t
	}
	many := func(own int, strays ...string) (codes []string) {
		for i := range own {
			codes = append(codes, fmt.Sprintf("150123%03d", 100+i))
		}
		return append(codes, strays...)
	}
	for _, c := range []struct {
		name   string
		layers []*geo.Table
		yaml   string
		says   string // of the input error; "" none
		strays int    // notices
	}{
		{name: "its own", layers: []*geo.Table{towns("150123101", "150123102"), land("1501231012010000000")}},
		{name: "with rows of the county and the city", layers: []*geo.Table{towns("150123101", "150123", "150123000", "150100", "150100000", "1501")}},
		{name: "without codes", layers: []*geo.Table{land("", "", "150123101201"), towns("150123101")}},
		{name: "one stray", layers: []*geo.Table{towns(many(3, "150222101")...)}, strays: 1},
		{name: "one of two", layers: []*geo.Table{towns(many(1, "150222101")...)}, says: "150222101"},
		{name: "two strays", layers: []*geo.Table{towns(many(9, "150222101", "150222102")...)}, says: "150222102"},
		{name: "another county's", layers: []*geo.Table{towns("150222101", "150222102")}, says: "150123"},
		{name: "another county's alone", layers: []*geo.Table{towns("150222101")}, says: "150123"},
		{name: "parcels of another", layers: []*geo.Table{towns(many(4)...), land("1502221012010000000", "1502221012010000000")}, says: "DLTB"},
		{name: "a stray parcel", layers: []*geo.Table{towns(many(4)...), land(many(5, "1502221012010000000")...)}, strays: 1},
		{name: "a stray parcel in many", layers: []*geo.Table{towns(many(4)...), land(many(899, "1502221012010000000")...)}, strays: 1},
		{name: "some parcels in many", layers: []*geo.Table{towns(many(4)...), land(many(899, "1502221012010000000", "1502221012010000000")...)}, says: "DLTB"},
		{name: "a red line of the whole league", layers: []*geo.Table{towns(many(4)...), tableOf("STBHHX", "BSM XJXZQDM", rows("150123", "150124")...)}, says: "STBHHX"},
		{name: "another's urban boundary", layers: []*geo.Table{towns(many(4)...), tableOf("CZKFBJ", "BSM XZQDM", rows("150124")...)}, says: "CZKFBJ"},
		{name: "a red line of its own and the city's", layers: []*geo.Table{towns(many(4)...), tableOf("STBHHX", "BSM XJXZQDM", rows("150123", "150100", "")...)}},
		{name: "a decree of its own", layers: []*geo.Table{towns(many(2)...)}, yaml: "designated: {150123101: 5}"},
		{name: "a decree for another", layers: []*geo.Table{towns(many(2)...)}, yaml: "designated: {150222101: 5}", says: "base.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := writeLayers(t, c.layers...)
			if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(c.yaml), 0o600); err != nil {
				t.Fatal(err)
			}
			b, err := OpenBase(t.Context(), []string{dir}, BaseOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			strays, err := b.Belongs(t.Context(), "150123")
			if err != nil {
				if _, ok := geo.AsInputError(err); !ok || c.says == "" || !strings.Contains(err.Error(), c.says) {
					t.Fatal(err)
				}
			} else if c.says != "" {
				t.Error("is not refused")
			}
			if len(strays) != c.strays {
				t.Errorf("strays %v", strays)
			}
		})
	}
}
