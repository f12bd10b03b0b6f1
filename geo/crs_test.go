package geo_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
)

// PROJ's own database is the judge of every code in the four families.
func TestEPSGAgreesWithPROJ(t *testing.T) {
	if _, err := exec.LookPath("projinfo"); err != nil {
		t.Skip("projinfo is not installed")
	}
	for first := 4490; first <= 4554; first += 8 { // several codes a process
		for code := first; code < first+8 && code <= 4554; code++ {
			c, err := geo.FromEPSG(code)
			if err != nil {
				t.Fatalf("EPSG:%d: %v", code, err)
			}
			if want := projDefinition(t, code); c != want {
				t.Errorf("EPSG:%d is %+v, PROJ says %+v", code, c, want)
			}
		}
	}
}

// projDefinition reads PROJJSON, which shares nothing with our WKT reader.
func projDefinition(t *testing.T, code int) geo.CRS {
	t.Helper()
	out, err := exec.Command("projinfo", fmt.Sprintf("EPSG:%d", code), "-o", "PROJJSON", "-q", "--single-line").Output()
	if err != nil {
		t.Fatal(err)
	}
	var def struct {
		Type       string
		Conversion struct {
			Parameters []struct {
				Name  string
				Value float64
			}
		}
	}
	if err := json.Unmarshal(out, &def); err != nil {
		t.Fatal(err)
	}
	if def.Type == "GeographicCRS" {
		return geo.CRS{Kind: geo.Geographic}
	}
	c := geo.CRS{Kind: geo.GaussKruger}
	for _, p := range def.Conversion.Parameters {
		switch p.Name {
		case "Longitude of natural origin":
			c.CentralMeridian = p.Value
		case "False easting":
			c.FalseEasting = p.Value
		case "False northing":
			c.FalseNorthing = p.Value
		case "Latitude of natural origin", "Scale factor at natural origin":
			if p.Value != 0 && p.Value != 1 {
				t.Fatalf("EPSG:%d: %s = %v", code, p.Name, p.Value)
			}
		}
	}
	return c
}

func TestEPSGRoundTrip(t *testing.T) {
	for code := 4490; code <= 4554; code++ {
		c, err := geo.FromEPSG(code)
		if err != nil {
			t.Fatal(err)
		}
		want := code
		if code >= 4502 && code <= 4512 { // the same parameters as a 3° zone
			want = 4534 + 2*(code-4502)
		}
		if c.EPSG() != want || c.String() != fmt.Sprintf("EPSG:%d", want) {
			t.Errorf("EPSG:%d reads back as %d, %s", code, c.EPSG(), c)
		}
		again, err := geo.ParseWKT(c.WKT())
		if err != nil || again != c {
			t.Errorf("EPSG:%d by WKT is %+v, %v", code, again, err)
		}
		if p, err := geo.ParseCRS(c.String()); err != nil || p != c {
			t.Errorf("ParseCRS(%s) = %+v, %v", c, p, err)
		}
	}
}

func TestEPSGRefused(t *testing.T) {
	for code, names := range map[int]string{
		2401: "Beijing 54", 2442: "Beijing 54", 4214: "Beijing 54",
		2327: "Xi'an 80", 2390: "Xi'an 80", 4610: "Xi'an 80",
		4326: "not a CGCS2000", 3857: "not a CGCS2000", 4489: "not a CGCS2000", 4555: "not a CGCS2000", 0: "not", -1: "not",
	} {
		_, err := geo.FromEPSG(code)
		wantInputError(t, err, names)
	}
}

func TestParseCRS(t *testing.T) {
	want, _ := geo.FromEPSG(4525)
	for _, s := range []string{"EPSG:4525", "epsg:4525", " 4525 ", "urn:ogc:def:crs:EPSG::4525", "http://www.opengis.net/def/crs/EPSG/0/4525"} {
		if c, err := geo.ParseCRS(s); err != nil || c != want {
			t.Errorf("ParseCRS(%q) = %v, %v", s, c, err)
		}
	}
	for _, s := range []string{"", "CGCS2000", "EPSG:", "EPSG:99999999999999999999", "EPSG:4525x", "urn:ogc:def:crs:OGC:1.3:CRS84"} {
		_, err := geo.ParseCRS(s)
		wantInputError(t, err, "unknown coordinate system")
	}
}

func TestCRSWithoutCode(t *testing.T) {
	c := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 114.75, FalseEasting: 500000}
	if got := c.String(); got != "CGCS2000 Gauss-Krüger 114.75°E FE 500000" {
		t.Error(got)
	}
	if c.EPSG() != 0 || c.IsZero() || !(geo.CRS{}).IsZero() || (geo.CRS{}).EPSG() != 0 || (geo.CRS{}).String() != "unknown" {
		t.Error("codes of systems without one")
	}
	if back, err := geo.ParseWKT(c.WKT()); err != nil || back != c {
		t.Errorf("%+v, %v", back, err)
	}
}

// Files found in public repositories, judged by their parameters.
func TestParseWKTOfRealFiles(t *testing.T) {
	gk := func(cm, fe float64) geo.CRS {
		return geo.CRS{Kind: geo.GaussKruger, CentralMeridian: cm, FalseEasting: fe}
	}
	want := map[string]geo.CRS{
		"01_esri_zone37.prj":                          gk(111, 37500000),
		"02_esri_zone37_name_with_GCS_prefix.prj":     gk(111, 37500000),
		"03_esri_cm111_nozone.prj":                    gk(111, 500000),
		"04_esri_cm114.prj":                           gk(114, 500000),
		"08_cm113_fe700000.prj":                       gk(113, 700000),
		"09_cm116_nonstandard.prj":                    gk(116, 500000),
		"11_ogc_wkt1_4547.prj":                        gk(114, 500000),
		"12_ogc_wkt1_axis_order_NE.prj":               gk(114, 500000),
		"17_grs80_spheroid_4540.prj":                  gk(93, 500000),
		"22_geographic_4490_esri.prj":                 {Kind: geo.Geographic},
		"23_geographic_4490_trailing_newline_bom.prj": {Kind: geo.Geographic},
		"24_six_degree_cm111.prj":                     gk(111, 500000),
		"26_beijing54_cm114.prj":                      {},
	}
	files, _ := filepath.Glob("../../shared/data/prj/*.prj")
	if len(files) == 0 {
		t.Skip("third-party .prj files are not here")
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		c, err := geo.ParseWKT(string(text))
		w, known := want[filepath.Base(f)]
		switch {
		case !known:
			t.Errorf("%s: no expectation", f)
		case w.IsZero():
			wantInputError(t, err, "Beijing 54")
		case err != nil || c != w:
			t.Errorf("%s: %+v, %v; want %+v", f, c, err, w)
		}
	}
}

func TestParseWKTVariants(t *testing.T) {
	zone37, _ := geo.FromEPSG(4525)
	good := zone37.WKT()
	for name, text := range map[string]string{
		"byte order mark": "\ufeff" + good + "\r\n",
		"round brackets":  strings.NewReplacer("[", "(", "]", ")").Replace(good),
		"lower case":      strings.NewReplacer("PROJCS", "projcs", "PARAMETER", "parameter").Replace(good),
		"spread out":      strings.ReplaceAll(good, ",", " ,\n  "),
		"height appended": good + `,VERTCS["Yellow_Sea_1985",VDATUM["Yellow_Sea_1985"],PARAMETER["Vertical_Shift",0.0],UNIT["Meter",1.0]]`,
		"compound":        `COMPD_CS["x",` + good + `,VERT_CS["h",VERT_DATUM["d",2005],UNIT["metre",1]]]`,
		"no datum shift":  strings.Replace(good, `298.257222101]`, `298.257222101],TOWGS84[0,0,0,0,0,0,0]`, 1),
		"name that lies":  strings.Replace(good, "Zone_37", "Zone_40", 1),
		"name of Beijing": strings.Replace(good, "CGCS2000_3", "Beijing_1954_3", 1),
	} {
		if c, err := geo.ParseWKT(text); err != nil || c != zone37 {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	if c, err := geo.ParseWKT(" \n"); err != nil || !c.IsZero() {
		t.Errorf("blank: %v, %v", c, err)
	}
	for _, tc := range []struct{ old, new, want string }{
		{"6378137.0,298.257222101", "6378245.0,298.3", "Beijing 54"},
		{"D_China_2000", "D_Beijing_1954", "Beijing 54"},
		{"6378137.0,298.257222101", "6378140.0,298.257", "Xi'an 80"},
		{"D_China_2000", "D_Xian_1980", "Xi'an 80"},
		{"298.257222101", "298.257223563", "not CGCS2000"},
		{`298.257222101]`, `298.257222101],TOWGS84[15.8,-154.4,-82.3]`, "not CGCS2000"},
		{`"Gauss_Kruger"`, `"Lambert_Conformal_Conic"`, "not Gauss-Krüger"},
		{`Scale_Factor",1.0`, `Scale_Factor",0.9996`, "not Gauss-Krüger"},
		{`Of_Origin",0.0`, `Of_Origin",30.0`, "not Gauss-Krüger"},
		{`"Meter",1.0`, `"Kilometer",1000.0`, "not the metre"},
		{"0.0174532925199433", "0.015707963267949", "not the degree"},
		{`"Greenwich",0.0`, `"Paris",2.337229166666667`, "prime meridian"},
		{"Central_Meridian", "Central_Parallel", "Central_Meridian"},
		{"False_Easting", "Easting", "False_Easting"},
		{"37500000.0", "1e400", "cannot be read"},
		{"37500000.0", "3.75e300", "False_Easting"},
		{"PROJCS[", "VERTCRS[", "not supported"},
		{"PROJCS[", "", "not supported"},
		{`"Greenwich"`, `"Greenwich`, "cannot be read"},
	} {
		bad := strings.Replace(good, tc.old, tc.new, 1)
		if tc.old == "PROJCS[" && tc.new == "" {
			bad = `LOCAL_CS["engineering",UNIT["Meter",1.0]]`
		}
		_, err := geo.ParseWKT(bad)
		wantInputError(t, err, tc.want)
	}
	_, err := geo.ParseWKT(strings.Repeat("A[", 1000))
	wantInputError(t, err, "nested too deep")
	_, err = geo.ParseWKT(`A["` + strings.Repeat("x", 70000) + `"]`)
	wantInputError(t, err, "longer than")
}

func FuzzParseWKT(f *testing.F) {
	for _, code := range []int{4490, 4525, 4546} {
		c, _ := geo.FromEPSG(code)
		f.Add(c.WKT())
	}
	f.Add(`PROJCS("a""b",GEOGCS["",DATUM[],],AXIS["N",NORTH])`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := geo.ParseWKT(text)
		if err != nil {
			if inputErr, ok := geo.AsInputError(err); !ok || inputErr.Message.ZH == "" || inputErr.Message.EN == "" {
				t.Fatalf("%v is not a whole fault", err)
			}
			return
		}
		if again, err := geo.ParseWKT(c.WKT()); err != nil || again != c {
			t.Fatalf("%+v written and read is %+v, %v", c, again, err)
		}
	})
}

// wantInputError asks for an input error in both languages whose English says want.
func wantInputError(t *testing.T, err error, want string) {
	t.Helper()
	f, ok := geo.AsInputError(err)
	if !ok {
		t.Errorf("got %v, want a fault saying %q", err, want)
		return
	}
	if f.Message.ZH == "" || f.Advice.IsZero() || !strings.Contains(f.Error(), want) {
		t.Errorf("fault %q / %q does not say %q", f.Error(), f.Text().ZH, want)
	}
}
