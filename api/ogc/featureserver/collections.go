package featureserver

import (
	"net/http"
	"slices"
	"strings"

	"landcheck/api/access"
	"landcheck/api/ogc"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// collection is what OGC API - Features calls one: a base layer of a county
// (150123.pbf), or a part of what came of a check (check.ID.findings).
type collection struct {
	id      string
	county  string
	check   string // "" of base layers
	part    string // role, or part of a check
	title   geo.Text
	bound   []float64    // degrees
	systems []ogc.System // CRS84 first
	storage ogc.System   // zero where it has no code
	fields  []field
}

// field is a property. Those that can be asked for are queryables.
type field struct {
	name, kind string // kind: string, integer, number, boolean
	queryable  bool
}

func askable(kind string, names ...string) []field {
	var all []field
	for _, n := range names {
		all = append(all, field{n, kind, true})
	}
	return all
}

func measured(names ...string) []field {
	var all []field
	for _, n := range names {
		all = append(all, field{n, "number", false})
	}
	return all
}

// baseColumns are the properties of base features.
func baseColumns(r domain.Role) []field {
	all := askable("string", "bsm")
	switch r {
	case domain.Townships, domain.Villages:
		all = append(all, askable("string", "code", "name")...)
	case domain.UrbanBoundary:
		all = append(all, askable("string", "name")...)
	case domain.LandUse, domain.PBF:
		all = append(all, askable("string", "class", "unit", "refinement")...)
		all = append(all, askable("integer", "slope", "grade")...)
		all = append(all, measured("ridge")...)
	}
	if r == domain.PBF {
		all = append(all, measured("net_area_m2")...)
	}
	return append(all, measured("area_m2")...)
}

// checkParts are the collections of a check.
func checkParts() []string { return []string{"findings", "faces", "changes", "project_area"} }

func partColumns(part string) []field {
	switch part {
	case "findings":
		return slices.Concat(askable("string", "rule", "level", "status", "township"), askable("integer", "number"),
			measured("area_m2"), []field{{"title", "string", false}, {"message", "string", false}, {"remedy", "string", false}})
	case "faces":
		return slices.Concat(askable("string", "township", "village", "class_before", "class_after"),
			askable("boolean", "in_project", "sliver", "pbf_before", "pbf_after"), measured("area_m2", "width_m", "pbf_net_before_m2", "pbf_net_after_m2"))
	case "changes":
		return slices.Concat(askable("string", "role", "bsm", "class"), askable("integer", "year"))
	}
	return askable("string", "bsm")
}

// partTitle names layers for people.
func partTitle(part string) geo.Text {
	switch part {
	case "findings":
		return geo.Text{ZH: "问题", EN: "findings"}
	case "faces":
		return geo.Text{ZH: "台账的面", EN: "faces of the ledger"}
	case "changes":
		return geo.Text{ZH: "变更图斑", EN: "changes"}
	}
	return domain.Role(part).Title()
}

// baseCollection describes a layer of a county.
func baseCollection(county string, role domain.Role, e plan.Extent) *collection {
	title := partTitle(string(role))
	k := &collection{id: county + "." + string(role), county: county, part: string(role), fields: baseColumns(role),
		title: geo.Text{ZH: county + " " + title.ZH, EN: county + " " + title.EN}}
	near := orb.Point{}
	if !e.Bound.IsEmpty() {
		k.bound = []float64{e.Bound.Min[0], e.Bound.Min[1], e.Bound.Max[0], e.Bound.Max[1]}
		near = e.Bound.Center()
	}
	k.systems = ogc.Systems(e.CRS, near)
	if own, err := ogc.EPSG(e.CRS.EPSG()); err == nil {
		k.storage = own
	}
	return k
}

// checkCollection describes a part of a check. What a check gives is kept in
// degrees; county tells where.
func checkCollection(k store.Check, part string, county store.County, name string) *collection {
	title := partTitle(part)
	near := orb.Point{}
	if len(county.Bound) == 4 {
		near = orb.Point{(county.Bound[0] + county.Bound[2]) / 2, (county.Bound[1] + county.Bound[3]) / 2}
	}
	degrees := geo.CRS{Kind: geo.Geographic}
	out := &collection{id: "check." + k.ID + "." + part, county: k.County, check: k.ID, part: part, fields: partColumns(part),
		bound: county.Bound, systems: ogc.Systems(degrees, near),
		title: geo.Text{ZH: name + "：" + title.ZH, EN: name + ": " + title.EN}}
	out.storage, _ = ogc.Find(out.systems, "http://www.opengis.net/def/crs/EPSG/0/4490")
	return out
}

var (
	baseID  = request.Pattern(`^([0-9]{6})\.([a-z_]{1,40})$`)
	checkID = request.Pattern(`^check\.([0-9a-f-]{36})\.([a-z_]{1,40})$`)
)

// listedChecks is how many checks the list of collections shows, the latest
// first; older ones are there by their ids.
const listedChecks = 25

// Collections lists what the caller may see.
func (s *Handlers) Collections(c echo.Context) error {
	q := request.Parameters(c, "f")
	if q.Word("f", "json"); q.Err != nil {
		return q.Err
	}
	ctx := c.Request().Context()
	counties, err := s.store.Counties(ctx, access.Who(c).Prefix)
	if err != nil {
		return err
	}
	all := []collectionView{}
	byCode := map[string]store.County{}
	for _, county := range counties {
		byCode[county.Code] = county
		if !access.Has(c, s.baseLayers) {
			continue
		}
		layers, err := s.countyCollections(c, county)
		if err != nil {
			return err
		}
		for _, k := range layers {
			all = append(all, s.viewCollection(c, k))
		}
	}
	checks, err := s.store.ListChecks(ctx, store.Query{Prefix: access.Who(c).Prefix, State: store.Done, Limit: listedChecks})
	if err != nil {
		return err
	}
	for _, k := range checks {
		name, err := s.checkName(c, k)
		if err != nil {
			return err
		}
		for _, part := range checkParts() {
			all = append(all, s.viewCollection(c, checkCollection(k, part, byCode[k.County], name)))
		}
	}
	return c.JSON(http.StatusOK, map[string]any{
		"links":       []ogc.Link{{Href: s.ogcRoot(c) + "/collections", Rel: "self", Type: echo.MIMEApplicationJSON}},
		"collections": all,
	})
}

func (s *Handlers) countyCollections(c echo.Context, county store.County) (all []*collection, err error) {
	base, _, back, err := s.bases.OpenFor(c, county.Code, county.Version)
	if err != nil {
		return nil, err
	}
	defer func() { back(err) }()
	for _, role := range domain.BaseRoles() {
		if !base.Has(role) {
			continue
		}
		e, err := base.Extent(role)
		if err != nil {
			return nil, err
		}
		all = append(all, baseCollection(county.Code, role, e))
	}
	return all, nil
}

// checkName is the name of the checked plan, and when it was checked.
func (s *Handlers) checkName(c echo.Context, k store.Check) (string, error) {
	p, err := s.store.Plan(c.Request().Context(), k.Plan)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(p.Name+" "+k.Created.Format("2006-01-02 15:04")) + "Z", nil
}
