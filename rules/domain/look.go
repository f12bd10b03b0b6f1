package domain

import "landcheck/geo/symbol"

// Look is how a layer is drawn wherever land is shown on a screen: on the page
// (api/web/src/facts.ts), in GeoPackages, in QGIS projects. Layer is a role, or
// what the page has beside roles.
type Look struct {
	Layer string
	symbol.Symbol
}

// The layers that are shown and are no roles.
const (
	FacesLook    = "faces"
	FindingsLook = "findings"
)

var looks = []Look{
	{string(LandUse), symbol.Symbol{Line: symbol.Colour{RGB: 0x5a5446, Opacity: .45}, Width: .6}}, // filled by its class
	{string(PBF), symbol.Symbol{Line: symbol.Colour{RGB: 0x967800, Opacity: .35}, Width: .5, Fill: symbol.Colour{RGB: 0xf5d76e, Opacity: .38}}},
	{string(Villages), symbol.Symbol{Line: symbol.Solid(0xa39c8c), Width: .8, Dash: []float64{3, 3}}},
	{string(Townships), symbol.Symbol{Line: symbol.Solid(0x6f6857), Width: 1.2, Dash: []float64{9, 4, 2, 4}}},
	{string(UrbanBoundary), symbol.Symbol{Line: symbol.Solid(0x6d43a3), Width: 1.8, Fill: symbol.Colour{RGB: 0x8a5fbf, Opacity: .09}, Dash: []float64{8, 3}}},
	{string(RedLine), symbol.Symbol{Line: symbol.Solid(0xc2181f), Width: 1.8, Fill: symbol.Colour{RGB: 0xd9343c, Opacity: .07}}},
	{string(BasicGrassland), symbol.Symbol{Line: symbol.Solid(0x5f7f22), Width: 1.2, Fill: symbol.Colour{RGB: 0x96be50, Opacity: .12}, Dash: []float64{5, 3}}},
	{string(Heritage), symbol.Symbol{Line: symbol.Solid(0x8a4b12), Width: 1.4, Fill: symbol.Colour{RGB: 0xb46e28, Opacity: .14}}},
	{string(Shelterbelt), symbol.Symbol{Line: symbol.Solid(0x2c6b3c), Width: 1.2, Fill: symbol.Colour{RGB: 0x3c8c50, Opacity: .16}}},
	{string(PBFReserve), symbol.Symbol{Line: symbol.Solid(0x98791a), Width: 1.2, Dash: []float64{4, 3}}},
	{string(WaterManagement), symbol.Symbol{Line: symbol.Solid(0x2a6f97), Width: 1.2, Fill: symbol.Colour{RGB: 0x5096c8, Opacity: .12}, Dash: []float64{6, 3}}},
	{string(ProjectArea), symbol.Symbol{Line: symbol.Solid(0x16202c), Width: 2.4}},
	{string(LandUseChange), symbol.Symbol{Line: symbol.Solid(0x7d5f34), Width: .8, Fill: symbol.Solid(0xe2cfae)}},
	{string(PBFOut), symbol.Symbol{Line: symbol.Solid(0xb5480f), Width: 1.4, Hatch: symbol.Falling}},
	{string(PBFIn), symbol.Symbol{Line: symbol.Solid(0x14713a), Width: 1.4, Hatch: symbol.Rising}},
	{string(UrbanAdded), symbol.Symbol{Line: symbol.Solid(0x2d53ad), Width: 1.6, Fill: symbol.Colour{RGB: 0x5a7fd6, Opacity: .3}}},
	{string(UrbanRemoved), symbol.Symbol{Line: symbol.Solid(0x2d53ad), Width: 1.6, Fill: symbol.Colour{RGB: 0xffffff, Opacity: .5}, Dash: []float64{4, 3}}},
	{string(RedAdded), symbol.Symbol{Line: symbol.Solid(0x8a1f5c), Width: 1.6, Fill: symbol.Colour{RGB: 0xbe5096, Opacity: .25}}},
	{string(RedRemoved), symbol.Symbol{Line: symbol.Solid(0x8a1f5c), Width: 1.6, Fill: symbol.Colour{RGB: 0xffffff, Opacity: .5}, Dash: []float64{4, 3}}},
	{FacesLook, symbol.Symbol{Line: symbol.Solid(0x33475b), Width: .6}},
	{FindingsLook, symbol.Symbol{Line: symbol.Solid(0xd4001a), Width: 2.2, Fill: symbol.Colour{RGB: 0xd4001a, Opacity: .14}}},
}

// Looks are the looks of all layers, from the ground up.
func Looks() []Look { return append([]Look(nil), looks...) }

// LookOf is the look of a layer; one that has none of its own looks like a face.
func LookOf(layer string) symbol.Symbol {
	for _, l := range looks {
		if l.Layer == layer {
			return l.Symbol
		}
	}
	return LookOf(FacesLook)
}

// classGroupLooks are the fill and outline of a group of land classes.
var classGroupLooks = map[string][2]uint32{
	"cropland": {0xf2dc8d, 0x8a6d00}, "construction": {0xe3a7b6, 0xa94b66}, "forest": {0x9cc99a, 0x3f7a3d},
	"grassland": {0xcfe3a2, 0x5f7f22}, "wetland": {0xa6d5dc, 0x2f7580}, "ecological": {0xb5d8e8, 0x356f8a},
	"agricultural": {0xe2cfae, 0x7d5f34}, "unused": {0xd8d6d0, 0x6e6a60}, "other": {0xcfd4da, 0x5b6470},
}

// ClassGroupLook is how land of a group of classes is drawn where it changes;
// elsewhere its fill fades.
func ClassGroupLook(group string) symbol.Symbol {
	pair, ok := classGroupLooks[group]
	if !ok {
		pair = classGroupLooks["other"]
	}
	return symbol.Symbol{Fill: symbol.Solid(pair[0]).Fade(.85), Line: symbol.Solid(pair[1]), Width: LookOf(string(LandUseChange)).Width}
}

// statusLooks are the colours of findings. What passes only shows where something
// lies: it is not drawn.
var statusLooks = []struct {
	status Status
	rgb    uint32
}{{Fail, 0xd4001a}, {Warn, 0xa86500}, {Justified, 0x6a48ad}, {NotChecked, 0x3d4e63}}

// DrawnStatuses are the statuses whose findings are drawn, worst first.
func DrawnStatuses() []Status {
	var all []Status
	for _, l := range statusLooks {
		all = append(all, l.status)
	}
	return all
}

// StatusLook is how findings of a status are drawn; a status that is not drawn
// has no look.
func StatusLook(s Status) symbol.Symbol {
	for _, l := range statusLooks {
		if l.status == s {
			whole := LookOf(FindingsLook)
			return symbol.Symbol{Line: symbol.Solid(l.rgb), Width: whole.Width, Fill: symbol.Solid(l.rgb).Fade(whole.Fill.Opacity)}
		}
	}
	return symbol.Symbol{}
}
