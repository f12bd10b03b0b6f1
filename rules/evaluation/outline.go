package evaluation

import (
	"landcheck/geo/overlay"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// outline is where findings lie: those about the same faces share it.
type outline struct {
	findings []*result.Finding
	cells    []orb.Polygon
	faces    []int   // the ledger row of each cell; nil for what is no face
	clusters [][]int // cells that lie together
	patches  []*patch
}

// patch is cells that lie together, united. Outlines that hold it share it.
type patch struct {
	cells []orb.Polygon
	parts []overlay.UnionPolygon // their polygons on longitude and latitude
}

// outlines gathers the findings by what they are about.
func (b *evaluation) outlines(results []result.RuleResult) []*outline {
	var all []*outline
	byFaces := map[string]*outline{}
	var key []byte
	for i := range results {
		for k := range results[i].Findings {
			f := &results[i].Findings[k]
			switch {
			case f.Geometry != nil: // on the ledger's system, united
				o := &outline{findings: []*result.Finding{f}, cells: f.Geometry.Polygons}
				for c := range o.cells {
					o.clusters = append(o.clusters, []int{c})
				}
				all = append(all, o)
			case len(f.Faces) > 0:
				key = appendKey(key[:0], f.Faces)
				o := byFaces[string(key)]
				if o == nil {
					o = b.outline(f.Faces)
					byFaces[string(key)] = o
					all = append(all, o)
				}
				o.findings = append(o.findings, f)
			}
		}
	}
	return all
}

func (b *evaluation) outline(faces []int) *outline {
	o := &outline{faces: []int{}}
	for _, id := range faces {
		if p := b.face(id); len(p) > 0 {
			o.cells, o.faces = append(o.cells, p), append(o.faces, id)
		}
	}
	return o
}
