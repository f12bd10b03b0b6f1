package mapsheet

import (
	"math"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// The looks of permanent basic farmland: as it is, going, and coming.
const (
	pbfLook    = `fill="#f5d76e"`
	pbfOutLook = `fill="url(#out)"`
	pbfInLook  = `fill="url(#in)"`
)

// pbf draws permanent basic farmland: before, or after with what went and came.
// Its areas are net, as the rules count them.
func (s *sheet) pbf() legend {
	var out, in []orb.MultiPolygon
	outNet, outHere, inNet := 0.0, 0.0, 0.0
	for i := range s.in.Ledger.Faces {
		switch f := &s.in.Ledger.Faces[i]; {
		case f.Before.PBF && !f.After.PBF:
			out, outNet = append(out, orb.MultiPolygon{f.Geometry}), outNet+f.Before.PBFNet
			if f.InProject {
				outHere += f.Before.PBFNet
			}
		case !f.Before.PBF && f.After.PBF:
			in, inNet = append(in, orb.MultiPolygon{f.Geometry}), inNet+f.After.PBFNet
		}
	}
	s.beginMap()
	s.b.WriteString(`<g class="land"><g clip-path="url(#project)">` + "\n")
	s.fill(pbfLook, shapesOf(s.in.Land.PBF))
	s.b.WriteString("</g>\n")
	if s.kind == PBFAfter {
		s.fill(pbfOutLook, out)
		s.fill(pbfInLook, in)
	}
	s.b.WriteString("</g>\n")
	s.boundaries()
	s.endMap()
	say := func(t geo.Text) string { return t.In(s.in.Lang) }
	whole := s.in.Ledger.ProjectPBF
	l := legend{heads: areaHeads()}
	if s.kind == PBFBefore {
		l.rows = []legendRow{areaRow(pbfLook, say(geo.Text{ZH: "永久基本农田", EN: "permanent basic farmland"}), cents(whole))}
		return l
	}
	kept := cents(whole - outHere)
	l.rows = []legendRow{
		areaRow(pbfLook, say(geo.Text{ZH: "保留", EN: "kept"}), kept),
		areaRow(pbfOutLook, say(domain.PBFOut.Title()), cents(outNet)),
		areaRow(pbfInLook, say(domain.PBFIn.Title()), cents(inNet)),
		areaRow("", say(geo.Text{ZH: "整治后（保留＋补划）", EN: "after (kept and in)"}), kept+cents(inNet)),
	}
	l.rows[3].strong = true
	return l
}

// cents is an area to 0.01 m², as reports have it.
func cents(m2 float64) float64 { return math.Round(m2*100) / 100 }
