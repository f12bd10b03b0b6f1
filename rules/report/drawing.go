package report

import (
	"cmp"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// Drawing is the map of the HTML report: layers of outlines on one plane, in
// metres, drawn in order.
type Drawing struct {
	Layers []DrawLayer
}

// DrawLayer is one entry of the legend. Role decides how it looks: a role of
// the plan or base (townships, red_line, pbf_out, …), "use:" and a land-class
// group for land-use changes, or "finding".
type DrawLayer struct {
	Role     string
	Title    geo.Text
	Features []DrawFeature
}

// DrawFeature is one outline. Label is written on townships; ID is the finding
// of a "finding".
type DrawFeature struct {
	ID, Label string
	Geometry  orb.MultiPolygon // working CRS, m
}

// findingRole marks the layer of findings.
const findingRole = "finding"

// NewDrawing draws a ledger's plan and a report's findings over base outlines
// (townships, red line, urban boundary), which the caller has because it read
// the base data. Findings are drawn by their faces, else by their own geometry.
func NewDrawing(r *result.Report, l *ledger.Ledger, base ...DrawLayer) (*Drawing, error) {
	d := &Drawing{Layers: slices.Clone(base)}
	if l == nil || l.Plan == nil {
		return nil, fmt.Errorf("report: a drawing needs a ledger with its plan")
	}
	d.add("project_area", domain.Role("project_area").Title(), featuresOf(l.Plan.Project))
	d.Layers = append(d.Layers, changeLayers(l.Plan.Changes)...)
	found, err := findingFeatures(r, l)
	if err != nil {
		return nil, err
	}
	d.add(findingRole, geo.Text{ZH: "问题（编号见“问题”一节）", EN: "Findings (numbers as in section Findings)"}, found)
	d.cutBase()
	return d, nil
}

// cutBase leaves of base outlines only what the map will show: a county's red
// line has 50 000 vertices, and every check that is kept keeps its drawing.
func (d *Drawing) cutBase() {
	c, ok := newViewport(d)
	if !ok {
		return
	}
	for i, l := range d.Layers {
		if !baseOutline(l.Role) {
			continue
		}
		d.Layers[i].Features = slices.Clone(l.Features)
		for k, f := range l.Features {
			d.Layers[i].Features[k].Geometry = c.Coarse(c.InFrame(f.Geometry))
		}
	}
}

func (d *Drawing) add(role string, title geo.Text, fs []DrawFeature) {
	if len(fs) > 0 {
		d.Layers = append(d.Layers, DrawLayer{role, title, fs})
	}
}

// BaseLayer is a base layer of outlines, by role; townships and villages carry
// their names.
func BaseLayer(role domain.Role, parcels []plan.Parcel) DrawLayer {
	l := DrawLayer{Role: string(role), Title: role.Title()}
	for i := range parcels {
		p := &parcels[i]
		l.Features = append(l.Features, DrawFeature{ID: p.ID, Label: p.Name, Geometry: p.Geometry})
	}
	return l
}

func featuresOf(in []plan.Feature) []DrawFeature {
	var out []DrawFeature
	for _, f := range in {
		out = append(out, DrawFeature{ID: f.ID, Geometry: f.Geometry})
	}
	return out
}

// changeLayers sorts changes into layers: land-use changes by the group of
// their class first, the others by role on top.
func changeLayers(changes []plan.Change) []DrawLayer {
	type key struct{ role, group string }
	at := map[key]*DrawLayer{}
	var order []key
	for i := range changes {
		c := &changes[i]
		k := key{role: string(c.Role)}
		if c.Role == domain.LandUseChange {
			k.group = "other"
			if class, ok := domain.Lookup(c.Traits.Class); ok {
				k.group = class.Group
			}
			k.role = "use:" + k.group
		}
		if at[k] == nil {
			title := domain.Role(k.role).Title()
			if k.group != "" {
				w := domain.ClassGroupTitle(k.group)
				title = geo.Textf("变更为%[1]s", "changed to %[2]s", w.ZH, w.EN)
			}
			at[k] = &DrawLayer{Role: k.role, Title: title}
			order = append(order, k)
		}
		at[k].Features = append(at[k].Features, DrawFeature{ID: c.ID, Geometry: c.Geometry})
	}
	slices.SortStableFunc(order, func(a, b key) int {
		return cmp.Or(cmp.Compare(b2i(a.group == ""), b2i(b.group == "")), cmp.Compare(a.group, b.group))
	})
	var out []DrawLayer
	for _, k := range order {
		out = append(out, *at[k])
	}
	return out
}

// findingFeatures are the places of the findings, worst first.
func findingFeatures(r *result.Report, l *ledger.Ledger) ([]DrawFeature, error) {
	var toPlane *geo.Transform
	var out []DrawFeature
	for _, f := range problems(r) {
		d := DrawFeature{ID: f.Finding.ID}
		for _, id := range f.Finding.Faces {
			if id >= 1 && id <= len(l.Faces) {
				d.Geometry = append(d.Geometry, l.Faces[id-1].Geometry)
			}
		}
		if g := f.Finding.Geometry; d.Geometry == nil && g != nil {
			if toPlane == nil {
				t, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, l.CRS)
				if err != nil {
					return nil, fmt.Errorf("report: draw findings: %w", err)
				}
				toPlane = t
			}
			mp, err := toPlane.MultiPolygon(g.Polygons)
			if err != nil {
				return nil, fmt.Errorf("report: draw finding %s: %w", d.ID, err)
			}
			d.Geometry = mp
		}
		if d.Geometry != nil {
			out = append(out, d)
		}
	}
	return out, nil
}
