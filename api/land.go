package api

import (
	"slices"

	"landcheck/api/results"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// land is a feature as people look it up: a parcel of a base layer, or what a
// plan says of land. What a record does not say is not there. Areas are m²,
// geometry is in degrees.
type land struct {
	Role   domain.Role `json:"role"`
	ID     string      `json:"id"`
	Record int         `json:"record"`
	Edge   bool        `json:"edge"` // the point lies on its outline

	Number      string    `json:"number,omitempty"` // TBBH, YJJBNTTBBH
	Name        string    `json:"name,omitempty"`
	Code        string    `json:"code,omitempty"` // of a township or village
	Class       string    `json:"class,omitempty"`
	ClassTitle  *geo.Text `json:"class_title,omitempty"`
	Refinement  string    `json:"refinement,omitempty"`
	Refined     *geo.Text `json:"refinement_title,omitempty"`
	Owner       string    `json:"owner,omitempty"`     // QSDWMC
	Ownership   string    `json:"ownership,omitempty"` // QSXZ
	OwnedAs     *geo.Text `json:"ownership_title,omitempty"`
	Unit        string    `json:"unit,omitempty"` // ZLDWDM
	UnitName    string    `json:"unit_name,omitempty"`
	Slope       int       `json:"slope,omitempty"`
	Grade       int       `json:"grade,omitempty"`
	Ridge       *float64  `json:"ridge,omitempty"`
	Gross       *float64  `json:"declared_m2,omitempty"` // TBMJ; MJ of a change
	Net         *float64  `json:"net_area_m2,omitempty"` // YJJBNTMJ
	ClassBefore string    `json:"class_before,omitempty"`
	Year        int       `json:"year,omitempty"`
	Purpose     string    `json:"purpose,omitempty"`
	PurposeFor  *geo.Text `json:"purpose_title,omitempty"`
	SubProject  string    `json:"sub_project,omitempty"`

	Area     float64          `json:"area_m2"` // ellipsoidal, of the outline
	BBox     []float64        `json:"bbox"`
	Geometry *result.Geometry `json:"geometry,omitempty"` // not of very long outlines at a point
}

// mostVertices is how long an outline may be that comes along with what lies at
// a point: a township's would be most of the answer.
const mostVertices = 1000

// landColumns are columns that people ask for and rules do not.
func landColumns() []string { return append(plan.LandColumns(), "YJJBNTTBBH") }

// viewParcel shows a parcel that was read with landColumns.
func viewParcel(h *plan.Held) land {
	column := func(name string) string { return h.Values[slices.Index(landColumns(), name)] }
	v := land{Role: h.Role, ID: h.ID, Record: h.Record.Record, Edge: h.Edge, Name: h.Name, Code: h.Code, Slope: h.Traits.Slope, Grade: h.Traits.Grade,
		Number: column("YJJBNTTBBH"), Owner: column("QSDWMC"), Unit: h.Unit, UnitName: column("ZLDWMC"),
		Ridge: figure(h.Traits.Ridge), Gross: figure(h.Gross), Net: figure(h.Net)}
	if v.Number == "" {
		v.Number = column("TBBH")
	}
	v.Class, v.ClassTitle = h.Traits.Class, classTitle(h.Traits.Class)
	v.Refinement, v.Refined = titled(h.Traits.Refinement, domain.RefinementTitle)
	v.Ownership, v.OwnedAs = titled(column("QSXZ"), domain.OwnershipTitle)
	v.place(h.Area, h.Box, h.Geometry)
	return v
}

// viewPlanLand shows a feature of a plan.
func viewPlanLand(f *results.PlanLand) land {
	v := land{Role: f.Role, ID: f.ID, Record: f.Record, Edge: f.Edge}
	if c := f.Change; c != nil {
		v.Class, v.ClassTitle = c.Traits.Class, classTitle(c.Traits.Class)
		v.Purpose, v.PurposeFor = titled(c.Purpose, domain.PurposeTitle)
		v.ClassBefore, v.Year, v.SubProject = c.ClassBefore, c.Year, c.SubProject
		v.Slope, v.Grade, v.Ridge, v.Gross = c.Traits.Slope, c.Traits.Grade, figure(c.Traits.Ridge), figure(c.Declared)
	}
	v.place(f.Area, f.Box, f.Shape)
	return v
}

func (v *land) place(area float64, b orb.Bound, shape orb.MultiPolygon) {
	d := results.Decimals
	v.Area, v.Geometry = results.Cents(area), &result.Geometry{Polygons: shape}
	v.BBox = []float64{d(b.Min[0]), d(b.Min[1]), d(b.Max[0]), d(b.Max[1])}
}

// short leaves a very long outline out.
func (v land) short() land {
	n := 0
	for _, p := range v.Geometry.Polygons {
		for _, r := range p {
			n += len(r)
		}
	}
	if n > mostVertices {
		v.Geometry = nil
	}
	return v
}

// figure is a figure that is there.
func figure(n plan.Number) *float64 {
	if !n.Known {
		return nil
	}
	return &n.Value
}

func classTitle(code string) *geo.Text {
	if c, ok := domain.Lookup(code); ok {
		title := c.Title()
		return &title
	}
	return nil
}

func titled(code string, title func(string) geo.Text) (string, *geo.Text) {
	if code == "" {
		return "", nil
	}
	t := title(code)
	return code, &t
}
