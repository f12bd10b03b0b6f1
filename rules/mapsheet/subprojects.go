package mapsheet

import (
	"fmt"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// subProject is a sub-project with its land.
type subProject struct {
	code    string
	changes int
	out, in float64 // PBF, net m²
	shapes  []orb.MultiPolygon
}

// subProjectsOf are those that the report's table has, by number.
func subProjectsOf(in Input) []subProject {
	shapes := map[string][]orb.MultiPolygon{}
	for i := range in.Ledger.Plan.Changes {
		c := &in.Ledger.Plan.Changes[i]
		shapes[c.SubProject] = append(shapes[c.SubProject], c.Geometry)
	}
	var all []subProject
	for _, r := range in.Report.SubProjects {
		if r.Code != "" {
			all = append(all, subProject{r.Code, r.Changes, r.PBFOut, r.PBFIn, shapes[r.Code]})
		}
	}
	return all
}

// subProjectFills tell sub-projects apart; with more of them they come again,
// and the numbers on the map tell which.
var subProjectFills = []uint32{0x66c2a5, 0xfc8d62, 0x8da0cb, 0xe78ac3, 0xa6d854, 0xffd92f, 0xe5c494, 0xb3b3b3, 0x80b1d3, 0xfb8072}

// subProjects draws the changes of each sub-project in its colour, with its
// number; the figures are the report's.
func (s *sheet) subProjects() legend {
	all := subProjectsOf(s.in)
	s.beginMap()
	s.b.WriteString(`<g class="land">` + "\n")
	for i, p := range all {
		s.fill(subProjectLook(i), p.shapes)
	}
	s.b.WriteString("</g>\n")
	s.boundaries()
	s.endMap()
	l := legend{heads: []geo.Text{{ZH: "图斑数", EN: "parcels"}, {ZH: "调出（公顷）", EN: "PBF out (hm²)"}, {ZH: "补划（公顷）", EN: "PBF in (hm²)"}}}
	for i, p := range all {
		l.rows = append(l.rows, legendRow{look: subProjectLook(i), title: p.code, figures: []string{fmt.Sprint(p.changes), hectares(p.out), hectares(p.in)}})
	}
	return l
}

func subProjectLook(i int) string {
	return fmt.Sprintf(`fill="#%06x"`, subProjectFills[i%len(subProjectFills)])
}
