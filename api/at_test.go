package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// spot is an answer about a point.
type spot struct {
	Version   int      `json:"base_version"`
	Looked    []string `json:"looked_in"`
	Base      []spotLand
	Allowed   bool `json:"base_layers"`
	InProject bool `json:"in_project"`
	Changes   []spotLand
	Faces     []results.Face
	Findings  []results.Found
}

type spotLand struct {
	Role, ID, Number, Class, Owner, Ownership string
	UnitName                                  string   `json:"unit_name"`
	Title                                     geo.Text `json:"class_title"`
	OwnedAs                                   geo.Text `json:"ownership_title"`
	Record                                    int
	Area                                      float64  `json:"area_m2"`
	Declared                                  *float64 `json:"declared_m2"`
	BBox                                      []float64
	Geometry                                  *struct{ Coordinates orb.MultiPolygon }
}

// TestAt: what the service says of points is what lies there by the layers
// themselves, asked by brute force, in both stores.
func TestAt(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		secret := s.newToken(store.Submitter, county)
		k := s.checked(samplePlan(t, "05-red-line-occupied.zip"), token(secret))
		var faces struct{ Items []results.Face }
		s.get("/v1/checks/"+k.ID+"/ledger?limit=1000", token(secret)).wants(200).into(&faces)
		base, err := plan.OpenBase(t.Context(), []string{baseDir(t)}, plan.BaseOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer base.Close()
		var findings, changed int
		for i := 0; i < len(faces.Items); i += max(1, len(faces.Items)/12) {
			f := &faces.Items[i]
			p, ok := inside(f.Geometry.Polygons)
			if !ok {
				continue
			}
			at := spot{}
			address := fmt.Sprintf("/v1/checks/%s/at?lon=%.10f&lat=%.10f", k.ID, p[0], p[1])
			s.get(address, token(secret)).wants(200).into(&at)
			if len(at.Faces) != 1 || at.Faces[0].ID != f.ID || at.InProject != f.InProject || !at.Allowed {
				t.Fatalf("%s: %d faces, in project %v; the face is %d", address, len(at.Faces), at.InProject, f.ID)
			}
			if got, want := idsOf(at.Base), lying(t, base, p); !slices.Equal(got, want) {
				t.Errorf("%s: %v, by brute force %v", address, got, want)
			}
			for _, l := range at.Base {
				if l.Role == string(domain.LandUse) && (l.Class != f.Before.Class || l.Number == "" || l.Title.ZH == "" || l.Ownership != "30" || l.OwnedAs.ZH != "集体土地所有权" || l.UnitName == "" || l.Declared == nil || l.Area < 1 || l.Geometry == nil) {
					t.Errorf("%s: %+v", address, l)
				}
			}
			for _, c := range at.Changes {
				if f.Changes[c.Role] == c.ID {
					changed++
				}
			}
			findings += len(at.Findings)
			same := spot{}
			s.get(strings.Replace(address, "/checks/"+k.ID, "/counties/"+county, 1), token(secret)).wants(200).into(&same)
			if !slices.Equal(idsOf(same.Base), idsOf(at.Base)) || len(same.Looked) < 5 {
				t.Errorf("of the county %v, of the check %v", same.Base, at.Base)
			}
		}
		if findings == 0 || changed == 0 {
			t.Errorf("%d findings, %d changes at points of changed land", findings, changed)
		}
		for _, wrong := range []string{"", "?lon=111", "?lon=111&lat=x", "?lon=NaN&lat=41", "?lon=181&lat=41", "?lon=111&lat=41&z=1"} {
			s.get("/v1/checks/"+k.ID+"/at"+wrong, token(secret)).problem(400, "bad-parameter")
			s.get("/v1/counties/"+county+"/at"+wrong, token(secret)).problem(400, "bad-parameter")
		}
		s.get("/v1/counties/"+county+"/at?lon=111&lat=41&version=77", token(secret)).problem(404, "not-found")
		s.get("/v1/checks/"+k.ID+"/at?lon=111&lat=41", token(s.newToken(store.Admin, "2201"))).problem(404, "not-found")
	})
}

// TestFeaturesOfFindings: every id that a finding names is found by it.
func TestFeaturesOfFindings(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		k := s.checked(samplePlan(t, "05-red-line-occupied.zip"))
		var list struct{ Items []results.Found }
		s.get("/v1/checks/" + k.ID + "/findings?status=fail,warn&limit=1000").wants(200).into(&list)
		seen := map[domain.Role]bool{}
		for _, f := range list.Items {
			for i, r := range f.Features {
				if i > 3 || len(f.BBox) != 4 {
					break
				}
				seen[domain.Role(r.Role)] = true
				address := fmt.Sprintf("/v1/checks/%s/features?role=%s&feature=%s&bbox=%v,%v,%v,%v", k.ID, r.Role, url.QueryEscape(r.ID), f.BBox[0], f.BBox[1], f.BBox[2], f.BBox[3])
				var found struct{ Items []spotLand }
				s.get(address).wants(200).into(&found)
				if len(found.Items) == 0 || found.Items[0].ID != r.ID || found.Items[0].Geometry == nil || len(found.Items[0].BBox) != 4 {
					t.Errorf("%s: %+v", address, found)
				}
			}
		}
		if !seen[domain.RedLine] && !seen[domain.LandUse] || len(seen) < 2 {
			t.Errorf("findings name %v", seen)
		}
		for _, wrong := range []string{"", "?role=land_use", "?feature=1", "?role=nobody&feature=1", "?role=pbf&feature=" + strings.Repeat("1", 201)} {
			s.get("/v1/checks/"+k.ID+"/features"+wrong).problem(400, "bad-parameter")
		}
	})
}

// TestAtOfHiddenBase: where base layers are the reviewers', a submitter is told
// what his plan does at a point and nothing of what lies there.
func TestAtOfHiddenBase(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{layers: store.Reviewer}, func(t *testing.T, s *service) {
		secret := s.newToken(store.Submitter, county)
		k := s.checked(samplePlan(t, goodPlan), token(secret))
		var faces struct{ Items []results.Face }
		s.get("/v1/checks/"+k.ID+"/ledger?limit=1", token(secret)).wants(200).into(&faces)
		p, _ := inside(faces.Items[0].Geometry.Polygons)
		where := fmt.Sprintf("/at?lon=%.10f&lat=%.10f", p[0], p[1])
		at := spot{}
		s.get("/v1/checks/"+k.ID+where, token(secret)).wants(200).into(&at)
		if at.Allowed || len(at.Base) != 0 || len(at.Looked) != 0 || len(at.Faces) != 1 || len(at.Changes) == 0 {
			t.Errorf("%+v", at)
		}
		s.get("/v1/counties/"+county+where, token(secret)).problem(403, "forbidden")
		s.get("/v1/checks/"+k.ID+"/features?role=land_use&feature=1", token(secret)).problem(403, "forbidden")
		s.get("/v1/checks/"+k.ID+"/at?lon=111.5&lat=41.2", token(s.newToken(store.Reviewer, county))).wants(200)
	})
}

// inside is a point well inside of a shape: the middle of its box, where that is.
func inside(mp orb.MultiPolygon) (orb.Point, bool) {
	p := geo.Bound(mp).Center()
	return p, geo.Locate(p, mp) == geo.Inside
}

func idsOf(all []spotLand) (ids []string) {
	for _, l := range all {
		ids = append(ids, l.Role+" "+l.ID)
	}
	return ids
}

// lying is what lies at a point by a look at every parcel of every layer.
func lying(t *testing.T, base *plan.Base, p orb.Point) (ids []string) {
	for _, role := range domain.BaseRoles() {
		if !base.Has(role) {
			continue
		}
		all, err := base.Near(t.Context(), role, geo.CRS{Kind: geo.Geographic}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range all {
			if geo.Locate(p, all[i].Geometry) != geo.Outside {
				ids = append(ids, string(role)+" "+all[i].ID)
			}
		}
	}
	return ids
}
