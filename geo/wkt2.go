package geo

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// The keywords of version 1 and their names in version 2 (ISO 19162:2019, which
// allows longer ones too).

func projectedWords() []string { return []string{"PROJCS", "PROJCRS", "PROJECTEDCRS"} }

func geographicWords() []string {
	return []string{"GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS"}
}

func unitWords() []string { return []string{"UNIT", "LENGTHUNIT", "ANGLEUNIT"} }

func (n wktNode) isAny(keywords []string) bool {
	return slices.ContainsFunc(keywords, n.is)
}

// childAny is the first node of any of the keywords directly below.
func (n wktNode) childAny(keywords []string) (wktNode, bool) {
	for _, c := range n.nodes {
		if c.isAny(keywords) {
			return c, true
		}
	}
	return wktNode{}, false
}

// unit is the node's own, else that of its axes.
func (n wktNode) unit() (wktNode, bool) {
	if u, ok := n.childAny(unitWords()); ok {
		return u, true
	}
	for _, axis := range n.nodes {
		if axis.is("AXIS") {
			if u, ok := axis.childAny(unitWords()); ok {
				return u, true
			}
		}
	}
	return wktNode{}, false
}

// unwrapWKT takes off what stands round a horizontal system: a compound with
// heights, which are of no matter to areas, and a binding to another system,
// which must not shift anything.
func unwrapWKT(root wktNode) (wktNode, error) {
	for range wktMaxDepth {
		switch {
		case root.isAny([]string{"COMPD_CS", "COMPOUNDCRS"}):
			inner, ok := root.childAny(append(projectedWords(), append(geographicWords(), "BOUNDCRS")...))
			if !ok {
				return root, nil
			}
			root = inner
		case root.is("BOUNDCRS"):
			source, ok := root.child("SOURCECRS")
			if !ok || len(source.nodes) == 0 {
				return root, incomplete("SOURCECRS")
			}
			if t, ok := root.child("ABRIDGEDTRANSFORMATION"); ok && moves(t) {
				return root, notCGCS2000("坐标系附带了基准转换参数，不是 2000 国家大地坐标系本身",
					"the system comes with parameters of a datum shift and is not CGCS2000 itself")
			}
			root = source.nodes[0]
		default:
			return root, nil
		}
	}
	return root, nil
}

// moves reports a transformation of which any parameter does something: scales
// may be given as one or as zero parts per million.
func moves(t wktNode) bool {
	for _, p := range t.nodes {
		if v, ok := p.number(0); p.is("PARAMETER") && ok && v != 0 && !(v == 1 && strings.Contains(plainName(p.text()), "scale")) {
			return true
		}
	}
	return false
}

// parameters are those of a projection by their names of version 1, in degrees
// and metres.
func parameters(method wktNode) map[string]float64 {
	names := map[string]string{
		"latitudeofnaturalorigin": "latitudeoforigin", "longitudeofnaturalorigin": "centralmeridian", "longitudeoforigin": "centralmeridian",
		"scalefactoratnaturalorigin": "scalefactor",
	}
	p := map[string]float64{"scalefactor": 1, "latitudeoforigin": 0, "falsenorthing": 0}
	for _, n := range method.nodes {
		v, ok := n.number(0)
		if !n.is("PARAMETER") || !ok {
			continue
		}
		if u, ok := n.childAny(unitWords()); ok {
			if size, ok := u.number(0); ok {
				switch {
				case u.is("LENGTHUNIT"), u.is("UNIT") && strings.HasPrefix(plainName(n.text()), "false"):
					v *= size
				case !near(size, degreeRadians, degreeRadians*parameterSlack):
					v = math.Round(v*size/degreeRadians*1e9) / 1e9
				}
			}
		}
		name := plainName(n.text())
		if known, ok := names[name]; ok {
			name = known
		}
		p[name] = v
	}
	return p
}

// WKT2 is the system as version 2 writes it; "" for the zero CRS.
func (c CRS) WKT2() string {
	const base = `DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]`
	switch c.Kind {
	case Geographic:
		return `GEOGCRS["China Geodetic Coordinate System 2000",` + base +
			`,CS[ellipsoidal,2],AXIS["longitude",east],AXIS["latitude",north],ANGLEUNIT["degree",0.0174532925199433]]`
	case GaussKruger:
		return fmt.Sprintf(`PROJCRS["%s",BASEGEOGCRS["China Geodetic Coordinate System 2000",%s],CONVERSION["Gauss-Kruger",METHOD["Transverse Mercator",ID["EPSG",9807]],`+
			`PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",%s,ANGLEUNIT["degree",0.0174532925199433]],`+
			`PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1]],PARAMETER["False easting",%s,LENGTHUNIT["metre",1]],PARAMETER["False northing",%s,LENGTHUNIT["metre",1]]],`+
			`CS[Cartesian,2],AXIS["easting",east],AXIS["northing",north],LENGTHUNIT["metre",1]]`,
			c.esriName(), base, number(c.CentralMeridian), number(c.FalseEasting), number(c.FalseNorthing))
	}
	return ""
}
