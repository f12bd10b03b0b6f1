package api_test

import (
	"fmt"
	"math"
	"net/http"
	"strings"

	"landcheck/api/tile"
	"landcheck/rules/deliver"
	"landcheck/rules/mapsheet"
	"landcheck/rules/report"
)

// subject is what a caller knows of by whom he asks: ids of his own and, as if
// somebody had told him, of others'.
type subject struct {
	plans    []string // his own first
	checks   []string // his own first
	findings []string // of his own check
	counties []string // all
	tiles    []tile.Address
}

// visit is one request.
type visit struct {
	method, path string
	calls        []call
}

// visits are the requests by which a caller tries a route: with everything that
// its parameters could stand for.
type visits func(s *subject) []visit

func gets(paths ...string) (all []visit) {
	for _, p := range paths {
		all = append(all, visit{method: http.MethodGet, path: p})
	}
	return all
}

// each fills %s of addresses with every value.
func each(values []string, forms ...string) (all []visit) {
	for _, v := range values {
		for _, f := range forms {
			all = append(all, gets(strings.Replace(f, "%s", v, 1))...)
		}
	}
	return all
}

// still is for routes that read nothing of anybody's.
func still(path string) visits { return func(*subject) []visit { return gets(path) } }

func ofPlans(forms ...string) visits {
	return func(s *subject) []visit { return each(s.plans, forms...) }
}

func ofChecks(forms ...string) visits {
	return func(s *subject) []visit { return each(s.checks, forms...) }
}

func ofCounties(forms ...string) visits {
	return func(s *subject) []visit { return each(s.counties, forms...) }
}

// inTiles is a visit of every tile for every value.
func (s *subject) inTiles(values, layers []string, form string) (all []visit) {
	for _, v := range values {
		for _, l := range layers {
			for _, a := range s.tiles {
				all = append(all, gets(fmt.Sprintf(form, v, l, a.Z, a.X, a.Y))...)
			}
		}
	}
	return all
}

var (
	baseParts  = []string{"townships", "villages", "land_use", "pbf", "red_line"}
	checkParts = []string{"findings", "faces", "changes", "project_area"}
	formats    = report.Names(false)
	sheets     = []string{string(mapsheet.LandUseBefore), string(mapsheet.PBFAfter), string(mapsheet.SubProjects)}
)

// collections are the ids of all collections.
func (s *subject) collections() (all []string) {
	for _, c := range s.counties {
		for _, p := range baseParts {
			all = append(all, c+"."+p)
		}
	}
	for _, k := range s.checks {
		for _, p := range checkParts {
			all = append(all, "check."+k+"."+p)
		}
	}
	return all
}

func ofCollections(forms ...string) visits {
	return func(s *subject) []visit { return each(s.collections(), forms...) }
}

// routeVisits has every route of the service; one that is missing fails
// TestIsolation.
func routeVisits() map[string]visits {
	deletes := func(form string, ids func(s *subject) []string) visits {
		return func(s *subject) []visit {
			all := each(ids(s)[1:], form) // his own is still needed
			for i := range all {
				all[i].method = http.MethodDelete
			}
			return all
		}
	}
	return map[string]visits{
		"GET /healthz":               still("/healthz"),
		"GET /readyz":                still("/readyz"),
		"GET /metrics":               func(*subject) []visit { return nil }, // the operator's, at an address of its own
		"GET /openapi.json":          still("/openapi.json"),
		"GET /docs":                  still("/docs"),
		"GET /docs/manual.css":       still("/docs/manual.css"),
		"GET /docs/pictures/:file":   still("/docs/pictures/zh-package.svg"),
		"GET /docs/:language":        still("/docs/zh"),
		"GET /docs/:language/:topic": still("/docs/en/service"),
		"GET /schemas/:file":         still("/schemas/plan.json"),
		"GET /sign-in/ways":          still("/sign-in/ways"),
		"GET /sign-in":               still("/sign-in"),
		"GET /sign-in/return":        still("/sign-in/return?state=x&code=y"),

		"GET /v1/me": still("/v1/me"),
		"POST /v1/plans": func(s *subject) (all []visit) {
			for _, c := range s.counties { // no package at all
				all = append(all, visit{http.MethodPost, "/v1/plans?county=" + c, []call{sending("application/zip", []byte("x"))}})
			}
			return all
		},
		"GET /v1/plans": func(s *subject) []visit {
			return append(gets("/v1/plans"), append(each(s.counties, "/v1/plans?county=%s"), each(s.plans, "/v1/plans?after=%s")...)...)
		},
		"GET /v1/projects": func(s *subject) []visit {
			return append(gets("/v1/projects", "/v1/projects?sort=open&limit=1", "/v1/projects?q=2024", "/v1/projects?decision=awaited"),
				each(s.counties, "/v1/projects?county=%s", "/v1/projects?q=%s&sort=verdict")...)
		},
		"GET /v1/projects/:project": func(s *subject) []visit {
			all := each(s.plans, "/v1/projects/%s")
			for _, c := range s.counties { // as plans of this world are called
				code := c + "-2026-01"
				all = append(all, gets("/v1/projects/"+code, "/v1/projects/"+code+"?county="+c)...)
			}
			return all
		},
		"GET /v1/plans/:id":          ofPlans("/v1/plans/%s"),
		"DELETE /v1/plans/:id":       deletes("/v1/plans/%s?reason=x", func(s *subject) []string { return s.plans }),
		"DELETE /v1/plans/:id/block": deletes("/v1/plans/%s/block", func(s *subject) []string { return s.plans }),
		"GET /v1/plans/:id/package":  ofPlans("/v1/plans/%s/package"),
		"POST /v1/plans/:id/checks": func(s *subject) (all []visit) {
			for _, p := range s.plans {
				for _, body := range []string{`{"base_version":99}`, `{"rulebook":"nobody"}`, `{"subprojects":[" "]}`} {
					all = append(all, visit{http.MethodPost, "/v1/plans/" + p + "/checks", []call{sendingJSON(body)}})
				}
			}
			return all
		},
		"GET /v1/plans/:id/checks": ofPlans("/v1/plans/%s/checks"),
		"GET /v1/checks": func(s *subject) []visit {
			return append(gets("/v1/checks"), append(each(s.counties, "/v1/checks?county=%s"), each(s.checks, "/v1/checks?after=%s")...)...)
		},
		"GET /v1/checks/:id":        ofChecks("/v1/checks/%s"),
		"DELETE /v1/checks/:id":     deletes("/v1/checks/%s", func(s *subject) []string { return s.checks }),
		"GET /v1/checks/:id/events": ofChecks("/v1/checks/%s/events"),
		"GET /v1/checks/:id/report": func(s *subject) []visit { return each(s.checks, prefixed("/v1/checks/%s/report?f=", formats)...) },
		"GET /v1/checks/:id/exports/:kind": func(s *subject) []visit {
			return each(s.checks, prefixed("/v1/checks/%s/exports/", deliver.KindNames())...)
		},
		"GET /v1/checks/:id/maps/:sheet":        func(s *subject) []visit { return each(s.checks, prefixed("/v1/checks/%s/maps/", sheets)...) },
		"GET /v1/checks/:id/suggestion":         ofChecks("/v1/checks/%s/suggestion", "/v1/checks/%s/suggestion?f=gpkg"),
		"GET /v1/checks/:id/suggestion/package": ofChecks("/v1/checks/%s/suggestion/package", "/v1/checks/%s/suggestion/package?add=true"),
		"GET /v1/checks/:id/passport":           ofChecks("/v1/checks/%s/passport"),
		"GET /v1/passport-key":                  still("/v1/passport-key"),
		"POST /v1/verify": func(s *subject) (all []visit) {
			for _, p := range s.plans {
				body := "--x\r\nContent-Disposition: form-data; name=plan\r\n\r\n" + p + "\r\n--x\r\nContent-Disposition: form-data; name=code\r\n\r\n7K3M-Q2XA-9F4D\r\n" +
					"--x\r\nContent-Disposition: form-data; name=report\r\n\r\n{}\r\n--x--\r\n"
				all = append(all, visit{http.MethodPost, "/v1/verify", []call{sending("multipart/form-data; boundary=x", []byte(body))}})
			}
			return all
		},
		"GET /v1/checks/:id/overview":          ofChecks("/v1/checks/%s/overview"),
		"GET /v1/checks/:id/findings":          ofChecks("/v1/checks/%s/findings?limit=1000", "/v1/checks/%s/findings?detail=list&bbox=100,30,130,50"),
		"GET /v1/checks/:id/findings/:finding": func(s *subject) []visit { return each(s.checks, prefixed("/v1/checks/%s/findings/", s.findings)...) },
		"GET /v1/checks/:id/decision":          ofChecks("/v1/checks/%s/decision", "/v1/checks/%s/decision?f=docx"),
		"POST /v1/checks/:id/decision": func(s *subject) (all []visit) {
			for _, k := range s.checks { // nothing that would be decided
				all = append(all, visit{http.MethodPost, "/v1/checks/" + k + "/decision", []call{sendingJSON(`{"decision":"return","opinion":" "}`)}})
			}
			return all
		},
		"DELETE /v1/checks/:id/decision":     deletes("/v1/checks/%s/decision?reason=x", func(s *subject) []string { return s.checks }),
		"GET /v1/findings/:project":          ofPlans("/v1/findings/%s?limit=1000", "/v1/findings/kit?limit=1000"),
		"GET /v1/findings/:project/:finding": func(s *subject) []visit { return each(s.plans, prefixed("/v1/findings/%s/", s.findings)...) },
		"PATCH /v1/findings/:project/:finding": func(s *subject) (all []visit) {
			for _, p := range s.plans {
				for _, f := range s.findings {
					all = append(all, visit{http.MethodPatch, "/v1/findings/" + p + "/" + f, []call{sendingJSON(`{"version":0,"state":"false_alarm","reason":"x"}`)}})
				}
			}
			return all
		},
		"POST /v1/findings/:project/:finding/comments": func(s *subject) (all []visit) {
			for _, p := range s.plans {
				for _, f := range s.findings {
					all = append(all, visit{http.MethodPost, "/v1/findings/" + p + "/" + f + "/comments", []call{sendingJSON(`{"comment":"x"}`)}})
				}
			}
			return all
		},
		"GET /v1/checks/:id/ledger": ofChecks("/v1/checks/%s/ledger?limit=1000", "/v1/checks/%s/ledger?township=157124101"),
		"GET /v1/checks/:id/at":     atPlaces("/v1/checks/%s/at?lon=LON&lat=41.205", func(s *subject) []string { return s.checks }),
		"GET /v1/checks/:id/features": func(s *subject) []visit {
			return each(s.checks, "/v1/checks/%s/features?role=townships&feature=1", "/v1/checks/%s/features?role=pbf_out&feature=1", "/v1/checks/%s/features?role=land_use&feature=1&bbox=100,30,130,50")
		},
		"GET /v1/checks/:id/diff/:other": func(s *subject) []visit { return each(s.checks, prefixed("/v1/checks/%s/diff/", s.checks)...) },

		"POST /v1/together": func(s *subject) (all []visit) {
			for _, k := range s.checks {
				for _, body := range []string{fmt.Sprintf(`{"checks":[%q]}`, k), fmt.Sprintf(`{"checks":[%q,%q]}`, s.checks[0], k)} {
					all = append(all, visit{http.MethodPost, "/v1/together", []call{sendingJSON(body)}})
				}
			}
			return all
		},
		"GET /v1/rulebooks":                 still("/v1/rulebooks"),
		"GET /v1/rulebooks/:id":             still("/v1/rulebooks/nmg-2025"),
		"GET /v1/rulebooks/:id/rules/:rule": still("/v1/rulebooks/nmg-2025/rules/one-county"),

		"GET /v1/counties":                still("/v1/counties"),
		"GET /v1/counties/:code/datasets": ofCounties("/v1/counties/%s/datasets"),
		"GET /v1/counties/:code/at":       atPlaces("/v1/counties/%s/at?lon=LON&lat=41.205", func(s *subject) []string { return s.counties }),
		"GET /v1/counties/:code/room":     ofCounties("/v1/counties/%s/room", "/v1/counties/%s/room?f=geojson"),
		"GET /v1/counties/:code/ledger":   ofCounties("/v1/counties/%s/ledger"),
		"POST /v1/counties/:code/datasets": func(s *subject) (all []visit) {
			for _, c := range s.counties { // whatever he sends is none that would be kept
				all = append(all, visit{http.MethodPost, "/v1/counties/" + c + "/datasets", []call{sending("text/plain", []byte("x"))}})
			}
			return all
		},
		"PUT /v1/counties/:code/current": func(s *subject) (all []visit) {
			for _, c := range s.counties {
				all = append(all, visit{http.MethodPut, "/v1/counties/" + c + "/current", []call{sendingJSON(`{"version":9}`)}})
			}
			return all
		},
		"GET /v1/counties/:code/loads": ofCounties("/v1/counties/%s/loads"),
		"GET /v1/loads/:id":            still("/v1/loads/0197f6a0-0000-7000-8000-000000000000"),
		"DELETE /v1/loads/:id": func(*subject) []visit {
			return []visit{{method: http.MethodDelete, path: "/v1/loads/0197f6a0-0000-7000-8000-000000000000"}}
		},
		"POST /v1/counties/:code/ledger": func(s *subject) (all []visit) {
			for _, c := range s.counties { // whatever he knows of, and nothing that would be entered
				bodies := []string{`{"project":"x"}`, fmt.Sprintf(`{"project":"x","moves":[{"township":"%s10","pbf_out_m2":1,"pbf_in_m2":1}]}`, c)}
				for _, k := range s.checks[1:] {
					bodies = append(bodies, fmt.Sprintf(`{"check":%q}`, k))
				}
				for _, body := range bodies {
					all = append(all, visit{http.MethodPost, "/v1/counties/" + c + "/ledger", []call{sendingJSON(body)}})
				}
			}
			return all
		},
		"DELETE /v1/counties/:code/ledger/:project": func(s *subject) (all []visit) {
			for _, c := range s.counties {
				all = append(all, visit{method: http.MethodDelete, path: "/v1/counties/" + c + "/ledger/nobody"})
			}
			return all
		},
		"GET /v1/tiles/:county":                ofCounties("/v1/tiles/%s", "/v1/tiles/%s?version=1"),
		"GET /v1/tiles/:county/:role/:z/:x/:y": func(s *subject) []visit { return s.inTiles(s.counties, baseParts, "/v1/tiles/%s/%s/%d/%d/%d.mvt") },
		"GET /v1/checks/:id/tiles":             ofChecks("/v1/checks/%s/tiles"),
		"GET /v1/checks/:id/tiles/:layer/:z/:x/:y": func(s *subject) []visit {
			return s.inTiles(s.checks, checkParts, "/v1/checks/%s/tiles/%s/%d/%d/%d.mvt")
		},
		"GET /v1/ogc":                                        still("/v1/ogc"),
		"GET /v1/ogc/conformance":                            still("/v1/ogc/conformance"),
		"GET /v1/ogc/collections":                            still("/v1/ogc/collections"),
		"GET /v1/ogc/collections/:collection":                ofCollections("/v1/ogc/collections/%s"),
		"GET /v1/ogc/collections/:collection/queryables":     ofCollections("/v1/ogc/collections/%s/queryables"),
		"GET /v1/ogc/collections/:collection/items":          ofCollections("/v1/ogc/collections/%s/items?limit=1000", "/v1/ogc/collections/%s/items?bbox=100,30,130,50&crs=http://www.opengis.net/def/crs/EPSG/0/4490"),
		"GET /v1/ogc/collections/:collection/items/:feature": ofCollections("/v1/ogc/collections/%s/items/1"),

		"GET /v1/tokens": still("/v1/tokens"),
		"POST /v1/tokens": func(s *subject) (all []visit) {
			for _, c := range s.counties {
				all = append(all, visit{http.MethodPost, "/v1/tokens", []call{sendingJSON(fmt.Sprintf(`{"name":"x","role":"king","prefix":%q}`, c))}})
			}
			return all
		},
		"DELETE /v1/tokens/:id": func(*subject) []visit { return []visit{{method: http.MethodDelete, path: "/v1/tokens/nobody"}} },
		"GET /v1/audit":         func(s *subject) []visit { return append(gets("/v1/audit"), each(s.counties, "/v1/audit?county=%s")...) },
	}
}

func prefixed(prefix string, values []string) (all []string) {
	for _, v := range values {
		all = append(all, prefix+v)
	}
	return all
}

// atPlaces asks for what lies in the middle of every county.
func atPlaces(form string, ids func(s *subject) []string) visits {
	return func(s *subject) (all []visit) {
		for i := range s.counties {
			lon := fmt.Sprintf("%.5f", 111.477+(east(i)+800)/83_800)
			all = append(all, each(ids(s), strings.Replace(form, "LON", lon, 1))...)
		}
		return all
	}
}

// placeTile is the web mercator tile in the middle of a county. The kit lies at
// 111.5 degrees east, 41.2 north, where a degree of longitude has 83.8 km.
func placeTile(i int) tile.Address {
	const z, lat = 14, 41.205 * math.Pi / 180
	lon := 111.477 + (east(i)+800)/83_800
	return tile.Address{Z: z, X: int((lon + 180) / 360 * (1 << z)), Y: int((1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * (1 << z))}
}
