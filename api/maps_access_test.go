package api_test

import (
	"os/exec"
	"strings"
	"testing"

	"landcheck/api/ogc"
	"landcheck/api/store"
	"landcheck/api/tile"

	"github.com/paulmach/orb"
)

// TestMapsInvisible: tiles and collections of what lies outside a caller's
// prefix are not there, and say the same as where there is nothing.
func TestMapsInvisible(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin := s.newToken(store.Admin, "")
		k := s.checked(samplePlan(t, badPlan), token(admin))
		tail := fill("/{z}/{x}/{y}.mvt", tile.Mercator().At(orb.Point{111.5, 41.31}, 14))
		check, collections := "/v1/checks/"+k.ID, "/v1/ogc/collections/"
		addresses := []string{"/v1/tiles/" + county, "/v1/tiles/" + county + "/townships" + tail, "/v1/tiles/" + county + "/land_use/15/0/0.mvt?version=1",
			check + "/tiles", check + "/tiles/faces" + tail, check + "/tiles/findings/0/0/0.mvt"}
		for _, c := range []string{county + ".pbf", "check." + k.ID + ".findings", "check." + k.ID + ".changes"} {
			addresses = append(addresses, collections+c, collections+c+"/queryables", collections+c+"/items", collections+c+"/items?limit=1&x=1", collections+c+"/items/1")
		}
		nothing := strings.NewReplacer(county, "999999", k.ID, "01890000-0000-7000-8000-000000000000")
		for _, prefix := range []string{"", "1501", "150123", "1502", "150124", "15012310", "2"} {
			secret := s.newToken(store.Reviewer, prefix)
			sees := strings.HasPrefix(county, prefix)
			for _, at := range addresses {
				a := s.get(at, token(secret))
				if sees {
					if a.status == 404 && !strings.Contains(at, "findings/items/1") {
						t.Errorf("%q does not see %s", prefix, at)
					}
					continue
				}
				is, isNot := a.problem(404, "not-found"), s.get(nothing.Replace(at), token(secret)).problem(404, "not-found")
				if is.Detail = nothing.Replace(is.Detail); is != isNot {
					t.Errorf("%s tells %q that there is something: %+v, of nothing %+v", at, prefix, is, isNot)
				}
			}
			var list struct{ Collections []struct{ Links []ogc.Link } }
			s.get("/v1/ogc/collections", token(secret)).wants(200).into(&list)
			if (len(list.Collections) > 5) != sees || !sees && len(list.Collections) > 0 {
				t.Errorf("%q sees %d collections", prefix, len(list.Collections))
			}
		}
		for _, at := range append(addresses, "/v1/ogc", "/v1/ogc/conformance", "/v1/ogc/collections") {
			s.get(at).problem(401, "unauthorized")
		}
		if _, err := exec.LookPath("ogrinfo"); err != nil {
			t.Skip("no ogrinfo: scripts/install.sh installs gdal-bin")
		}
		source, layer := "OAPIF:"+s.url+"/v1/ogc", "check."+k.ID+".faces"
		env := []string{"GDAL_HTTP_HEADERS=Authorization: Bearer " + s.newToken(store.Reviewer, "1501")}
		if got := counted(t, gdal(t, env, "ogrinfo", "-ro", "-so", source, layer)); got != k.Faces {
			t.Errorf("ogrinfo with a token counts %d faces of %d", got, k.Faces)
		}
		if out, err := exec.CommandContext(t.Context(), "ogrinfo", "-ro", "-so", source, layer).CombinedOutput(); err == nil {
			t.Errorf("ogrinfo without a token: %.500s", out)
		}
	})
}
