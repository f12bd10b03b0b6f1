package domain

import (
	"slices"
	"strings"
	"testing"
)

// The groups once more, written out by hand.
const (
	listCropland     = "0101 0102 0103"
	listConstruction = "05H1 0508 0601 0602 0603 0701 0702 08H1 08H2 08H2A 0809 0810 0810A 09 1001 1002 1003 1004 1005 1007 1008 1009 1109 1201"
	listSettlement   = "201 201A 202 202A 203 203A 204 205"
	listGrassland    = "0401 0403 0403K 0404"
	listForest       = "0301 0301K 0302 0302K 0305 0307 0307K"
	listWetland      = "0303 0304 0306 0402 1105 1106 1108"
	listEcological   = listForest + " " + listGrassland + " " + listWetland + " 1101 1102 1110"
	listPlantation   = "0201 0201K 0202 0202K 0203 0203K 0204 0204K"
	listAgricultural = listCropland + " " + listPlantation + " " + listForest + " 0303 0304 0306 0402 0401 0403 1006 1103 1104 1104A 1104K 1107 1107A 1202 1203"
	listUnused       = "0404 1101 1102 1105 1106 1108 1110 1204 1205 1206 1207"
)

func TestGroupsAreTheSpecified(t *testing.T) {
	for _, group := range []struct {
		name string
		list string
		in   func(Class) bool
	}{
		{"cropland", listCropland, func(c Class) bool { return c.Cropland }},
		{"construction", listConstruction + " " + listSettlement, func(c Class) bool { return c.Construction }},
		{"grassland", listGrassland, func(c Class) bool { return c.Grassland }},
		{"forest", listForest, func(c Class) bool { return c.Forest }},
		{"wetland", listWetland, func(c Class) bool { return c.Wetland }},
		{"ecological", listEcological, func(c Class) bool { return c.Ecological }},
		{"agricultural", listAgricultural + " 0403K", func(c Class) bool { return c.Agricultural }},
		{"unused", listUnused, func(c Class) bool { return c.Unused }},
	} {
		want := strings.Fields(group.list)
		slices.Sort(want)
		var got []string
		for _, c := range Classes() {
			if group.in(c) {
				got = append(got, c.Code)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %v\nwant %v", group.name, got, want)
		}
	}
}

func TestEveryClassIsOneOfThree(t *testing.T) {
	all := strings.Fields(listAgricultural + " 0403K " + listConstruction + " " + listSettlement + " " + listUnused)
	if len(Classes()) != len(all) {
		t.Errorf("%d classes, the lists have %d", len(Classes()), len(all))
	}
	seen := map[string]bool{}
	for _, c := range Classes() {
		if seen[c.Code] {
			t.Errorf("%s stands twice", c.Code)
		}
		seen[c.Code] = true
		n := 0
		for _, in := range []bool{c.Agricultural, c.Construction, c.Unused} {
			if in {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s is in %d of agricultural, construction and unused", c.Code, n)
		}
		if c.NameZH == "" || c.NameEN == "" || c.Group == "" {
			t.Errorf("%s lacks a name or group", c.Code)
		}
	}
}

func TestLookup(t *testing.T) {
	for code, want := range map[string]string{
		"0102": "0102", " 0201k ": "0201K", "05h1": "05H1", "1104A": "1104A", "09": "09", "203": "203",
		"": "", "0101K": "", "011": "", "0105": "", "01": "", "9": "", "水田": "", "0603A": "",
	} {
		c, ok := Lookup(code)
		if ok != (want != "") || c.Code != want {
			t.Errorf("Lookup(%q) = %q, %v; want %q", code, c.Code, ok, want)
		}
	}
}

func TestClassHint(t *testing.T) {
	for code, want := range map[string]string{
		"011": "second-survey", "101": "0101", "01": "0101", "0101K": "0101", "": "Fill in", "abcd": "TD/T 1055",
	} {
		if hint := ClassHint(code); !strings.Contains(hint.EN, want) || hint.ZH == "" {
			t.Errorf("ClassHint(%q) = %q, without %q", code, hint.EN, want)
		}
	}
}

func TestUnstable(t *testing.T) {
	for _, code := range strings.Fields("HDGD HQGD LQGD MQGD SHGD SMGD hdgd") {
		if !Unstable(code) {
			t.Errorf("%s is stable", code)
		}
	}
	for _, code := range []string{"", "LQYD", "GCCD", "HDG"} {
		if Unstable(code) {
			t.Errorf("%q is unstable", code)
		}
	}
}
