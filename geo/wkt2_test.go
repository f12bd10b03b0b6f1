package geo_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Every system reads back from what is written of it in version 2, alone,
// within a compound and bound to another.
func TestWKT2(t *testing.T) {
	codes := []int{4490}
	for c := 4491; c < 4555; c++ {
		codes = append(codes, c)
	}
	for _, code := range codes {
		want, err := geo.FromEPSG(code)
		if err != nil {
			t.Fatal(err)
		}
		text := want.WKT2()
		bound := `BOUNDCRS[SOURCECRS[` + text + `],TARGETCRS[GEOGCRS["WGS 84"]],ABRIDGEDTRANSFORMATION["null",METHOD["Geocentric translations"],PARAMETER["X-axis translation",0],PARAMETER["Scale difference",1]]]`
		for _, s := range []string{text, `COMPOUNDCRS["x",` + text + `,VERTCRS["h"]]`, bound, strings.ReplaceAll(text, ",", " ,\r\n ")} {
			if got, err := geo.ParseWKT(s); err != nil || got != want {
				t.Errorf("%d: %v, %v from %s", code, got, err, s)
			}
		}
		if got, err := geo.ParseWKT("EPSG:" + strings.TrimPrefix(want.String(), "EPSG:") + "\r\n"); err != nil || got != want {
			t.Errorf("%s: %v, %v", want, got, err)
		}
		if exe, err := exec.LookPath("gdalsrsinfo"); err == nil && code%9 == 0 {
			for _, form := range []string{"wkt1", "wkt_esri", "wkt2_2015", "wkt2_2018"} {
				out, err := exec.Command(exe, "-o", form, want.String()).Output()
				if err != nil {
					continue
				}
				if got, err := geo.ParseWKT(string(out)); err != nil || got != want {
					t.Errorf("%s of %s: %v, %v\n%s", form, want, got, err, out)
				}
			}
		}
	}
}

func TestWKT2Refused(t *testing.T) {
	zone37, _ := geo.FromEPSG(4525)
	text := zone37.WKT2()
	for name, c := range map[string][3]string{
		"another spheroid": {"298.257222101", "298.257223563", "not CGCS2000"},
		"Xi'an 80":         {`6378137,298.257222101`, `6378140,298.257`, "Xi'an 80"},
		"Beijing 54":       {`"China 2000"`, `"Beijing 1954"`, "Beijing 54"},
		"another scale":    {`natural origin",1,`, `natural origin",0.9996,`, "not Gauss-Krüger"},
		"another method":   {`METHOD["Transverse Mercator"`, `METHOD["Lambert Conic Conformal (2SP)"`, "not Gauss-Krüger"},
		"feet":             {`LENGTHUNIT["metre",1]]` + "\n", "", ""},
		"no method":        {`METHOD[`, `METHODE[`, "lacks a usable PROJECTION"},
	} {
		if c[2] == "" {
			continue
		}
		changed := strings.Replace(text, c[0], c[1], 1)
		if changed == text {
			t.Errorf("%s: nothing changed", name)
		}
		if _, err := geo.ParseWKT(changed); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	feet := strings.TrimSuffix(text, `LENGTHUNIT["metre",1]]`) + `LENGTHUNIT["US survey foot",0.304800609601219]]`
	if _, err := geo.ParseWKT(feet); err == nil || !strings.Contains(err.Error(), "not the metre") {
		t.Errorf("feet: %v", err)
	}
	shifted := `BOUNDCRS[SOURCECRS[` + text + `],TARGETCRS[GEOGCRS["WGS 84"]],ABRIDGEDTRANSFORMATION["x",METHOD["Geocentric translations"],PARAMETER["X-axis translation",12.5]]]`
	if _, err := geo.ParseWKT(shifted); err == nil || !strings.Contains(err.Error(), "datum shift") {
		t.Errorf("shifted: %v", err)
	}
}

// The system that fits is named: with and without the zone's number, degrees.
func TestLikelyCRS(t *testing.T) {
	box := func(x0, y0, x1, y1 float64) orb.Bound {
		return orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}
	}
	for _, c := range []struct {
		stated int
		b      orb.Bound
		want   string
	}{
		{4546, box(37520000, 4520000, 37521000, 4521000), "EPSG:4525"},
		{4525, box(520000, 4520000, 521000, 4521000), "EPSG:4546"},
		{4525, box(38520000, 4520000, 38521000, 4521000), "EPSG:4526"},
		{4525, box(111.1, 40.8, 111.2, 40.9), "EPSG:4490"},
		{4490, box(37520000, 4520000, 37521000, 4521000), "EPSG:4525"},
		{4497, box(520000, 4520000, 521000, 4521000), "EPSG:4546"}, // 6° zone 19 and 3° zone 37 share 111°E
		{4490, box(520000, 4520000, 521000, 4521000), ""},
		{4546, box(1e7, 4520000, 1.1e7, 4521000), ""},
	} {
		stated, err := geo.FromEPSG(c.stated)
		if err != nil {
			t.Fatal(err)
		}
		if stated.Holds(c.b) {
			t.Errorf("%s holds %v", stated, c.b)
		}
		likely, ok := geo.LikelyCRS(stated, c.b)
		if ok != (c.want != "") || ok && likely.String() != c.want {
			t.Errorf("%s, %v: %v, want %q", stated, c.b, likely, c.want)
		}
	}
}

func TestLikelyZone(t *testing.T) {
	county := orb.Bound{Min: orb.Point{111, 40.6}, Max: orb.Point{111.8, 41.2}}
	right, _ := geo.FromEPSG(4525)
	transform, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, right)
	if err != nil {
		t.Fatal(err)
	}
	b, err := transform.Bound(orb.Bound{Min: orb.Point{111.3, 40.8}, Max: orb.Point{111.4, 40.9}})
	if err != nil {
		t.Fatal(err)
	}
	plain := orb.Bound{Min: orb.Point{b.Min[0] - 37e6, b.Min[1]}, Max: orb.Point{b.Max[0] - 37e6, b.Max[1]}}
	moved := func(by float64) orb.Bound {
		return orb.Bound{Min: orb.Point{b.Min[0] + by, b.Min[1]}, Max: orb.Point{b.Max[0] + by, b.Max[1]}}
	}
	for _, c := range []struct {
		said int
		b    orb.Bound
		want string
	}{
		{4526, moved(1e6), "EPSG:4525"}, {4524, moved(-1e6), "EPSG:4525"}, {4547, plain, "EPSG:4546"}, {4545, plain, "EPSG:4546"}, {4548, plain, "EPSG:4546"},
		{4540, plain, ""}, {4490, orb.Bound{Min: orb.Point{100, 30}, Max: orb.Point{101, 31}}, ""},
	} {
		crs, _ := geo.FromEPSG(c.said)
		likely, ok := geo.LikelyZone(crs, c.b, county)
		if ok != (c.want != "") || ok && likely.String() != c.want {
			t.Errorf("EPSG:%d: %v, want %q", c.said, likely, c.want)
		}
	}
}
