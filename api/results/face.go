package results

import (
	"landcheck/api/problem"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// Face is a row of the ledger 台账: changed land of one state before and one
// after. Areas are m²; geometry is in degrees (CGCS2000).
type Face struct {
	ID        int               `json:"id"`
	Area      float64           `json:"area_m2"`
	Width     float64           `json:"width_m"`
	Sliver    bool              `json:"sliver"`
	County    string            `json:"county"`
	Township  string            `json:"township"`
	Village   string            `json:"village"`
	InProject bool              `json:"in_project"`
	Before    state             `json:"before"`
	After     state             `json:"after"`
	Changes   map[string]string `json:"changes"` // role → feature
	Features  []featureRef      `json:"features"`
	BBox      []float64         `json:"bbox"`
	Geometry  result.Geometry   `json:"geometry"`
}

// state of a face, before or after.
type state struct {
	Class        string   `json:"class"`
	ClassTitle   geo.Text `json:"class_title"` // its name; empty where the code is unknown
	Slope        int      `json:"slope,omitempty"`
	Grade        int      `json:"grade,omitempty"`
	Cropland     bool     `json:"cropland"`
	Construction bool     `json:"construction"`
	PBF          bool     `json:"pbf"`
	RedLine      bool     `json:"red_line"`
	Urban        bool     `json:"urban"`
	PBFNet       float64  `json:"pbf_net_m2"`
	CroplandNet  float64  `json:"cropland_net_m2"`
}

type featureRef struct {
	Role string `json:"role"`
	ID   string `json:"id"`
}

func viewState(s ledger.State) state {
	class, _ := domain.Lookup(s.Class)
	return state{Class: s.Class, ClassTitle: geo.Text{ZH: class.NameZH, EN: class.NameEN}, Slope: s.Slope, Grade: s.Grade, Cropland: s.Cropland, Construction: s.Construction,
		PBF: s.PBF, RedLine: s.RedLine, Urban: s.Urban, PBFNet: Cents(s.PBFNet), CroplandNet: Cents(s.CroplandNet)}
}

// viewFace shows a face; its geometry is the caller's, in degrees.
func viewFace(f *ledger.Face, degrees orb.Polygon) Face {
	b := degrees.Bound()
	v := Face{ID: f.ID, Area: Cents(f.Area), Width: Cents(f.Width), Sliver: f.Sliver, County: f.County, Township: f.Township,
		Village: f.Village, InProject: f.InProject, Before: viewState(f.Before), After: viewState(f.After),
		Changes: map[string]string{}, Features: []featureRef{}, BBox: []float64{Decimals(b.Min[0]), Decimals(b.Min[1]), Decimals(b.Max[0]), Decimals(b.Max[1])},
		Geometry: result.Geometry{Polygons: orb.MultiPolygon{degrees}}}
	for _, c := range []*plan.Change{f.Out, f.In, f.Use, f.Urban, f.Line} {
		if c != nil && c != plan.NoChange && c.Role != "" {
			v.Changes[string(c.Role)] = c.ID
		}
	}
	for _, r := range f.Refs {
		v.Features = append(v.Features, featureRef{string(r.Role), r.ID})
	}
	return v
}

// Behind is the faces behind a finding.
func (r Reader) Behind(finding string) (map[int]bool, error) {
	if finding == "" {
		return nil, nil
	}
	all, err := r.Found()
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID != finding {
			continue
		}
		ids := map[int]bool{}
		for _, f := range all[i].Faces {
			ids[f] = true
		}
		return ids, nil
	}
	return nil, problem.BadParameter("finding", geo.Textf("没有问题 %q", "there is no finding %q", finding),
		geo.Text{ZH: "请用 findings 列表中的编号", EN: "Use an id out of the list of findings"})
}

// Faces is the ledger with geometry in degrees.
func (r *Result) Faces() ([]Face, error) {
	return r.faces.Get(func() ([]Face, error) {
		l, err := r.Ledger()
		if err != nil {
			return nil, err
		}
		degrees, err := geo.NewTransform(l.CRS, geo.CRS{Kind: geo.Geographic})
		if err != nil {
			return nil, err
		}
		out := make([]Face, 0, len(l.Faces))
		for i := range l.Faces {
			mp, err := degrees.MultiPolygon(orb.MultiPolygon{l.Faces[i].Geometry})
			if err != nil {
				return nil, err
			}
			out = append(out, viewFace(&l.Faces[i], mp[0]))
		}
		return out, nil
	})
}
