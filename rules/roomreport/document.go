package roomreport

import (
	"math"

	"landcheck/geo"
	"landcheck/rules/result"
	"landcheck/rules/room"
	"landcheck/rules/wording"

	"github.com/paulmach/orb"
)

// Schema is the format of Document.
const Schema = "landcheck-room/1"

// Input is what a writer shows.
type Input struct {
	Room   *room.Room
	Base   result.BaseInfo
	Book   result.BookInfo
	Engine result.EngineInfo
	Lang   string // "zh" (also when empty) or "en"
}

// Document is a Room in JSON. Areas are m² to 0.01, hm² to four digits and mu to
// two; field names are stable, and new ones may be added.
type Document struct {
	Schema       string            `json:"schema"`
	Base         result.BaseInfo   `json:"base"`
	Rulebook     result.BookInfo   `json:"rulebook"`
	Engine       result.EngineInfo `json:"engine"`
	CRS          string            `json:"crs"`   // in which candidates were cut
	Proj         string            `json:"proj"`  // the same for PROJ
	Limit        *float64          `json:"limit"` // share of the designated PBF that may leave a township; null: the rulebook sets none
	Total        Township          `json:"total"`
	Townships    []Township        `json:"townships"`
	Out          []Candidate       `json:"candidates_out"`
	In           []Candidate       `json:"candidates_in"`
	LeftOut      LeftOut           `json:"left_out"` // pieces too small or thin to be candidates
	Reservations []Reservation     `json:"reservations"`
	Inputs       []geo.Notice      `json:"inputs"`
}

// Township is what one township has left, and the sum of all where Code is "".
type Township struct {
	Code       string   `json:"code,omitempty"`
	Name       string   `json:"name,omitempty"`
	Designated float64  `json:"designated_m2"`
	Summed     *float64 `json:"summed_m2,omitempty"` // of the layer, where base.yaml states what is designated
	Moved      float64  `json:"moved_m2"`
	MovedIn    float64  `json:"moved_in_m2"`
	// Left is null where it cannot be said; Note says why.
	LeftM2  *float64  `json:"left_m2"`
	LeftHM2 *float64  `json:"left_hm2"`
	LeftMu  *float64  `json:"left_mu"`
	Note    *geo.Text `json:"note,omitempty"`
	Out     Sum       `json:"out"`
	In      Sum       `json:"in"`
}

// Sum is candidates added up.
type Sum struct {
	Count int     `json:"count"`
	Area  float64 `json:"area_m2"`
	Net   float64 `json:"net_m2"`
}

// Candidate is land that could be moved.
type Candidate struct {
	Rank       int            `json:"rank"`
	ID         string         `json:"id"`
	Parcel     Parcel         `json:"parcel"`
	Township   string         `json:"township"`
	Village    string         `json:"village"`
	Area       float64        `json:"area_m2"`
	Net        float64        `json:"net_m2"`
	AreaHM2    float64        `json:"area_hm2"`
	AreaMu     float64        `json:"area_mu"`
	Class      string         `json:"class"`
	Slope      int            `json:"slope,omitempty"`
	Grade      int            `json:"grade,omitempty"`
	Refinement string         `json:"refinement,omitempty"`
	Patch      *Patch         `json:"patch,omitempty"`
	Reasons    []Reason       `json:"reasons"`
	Unchecked  []room.Check   `json:"unchecked"`
	BBox       [4]float64     `json:"bbox"` // degrees
	shape      orb.Polygon    // degrees
	place      room.Candidate // in the working system
}

// Parcel is the base feature that a candidate is part of.
type Parcel struct {
	Role   string `json:"role"`
	File   string `json:"file"`
	Record int    `json:"record"`
	ID     string `json:"id"`
}

// Patch is the patch that a scattered candidate is part of.
type Patch struct {
	Number int     `json:"number"`
	Area   float64 `json:"area_m2"`
	Mu     float64 `json:"area_mu"`
}

// Reason is why land is a candidate, with its figure.
type Reason struct {
	Kind  room.Kind `json:"kind"`
	Area  float64   `json:"area_m2"`
	Value *float64  `json:"value,omitempty"`
	Unit  string    `json:"unit,omitempty"`
	Limit *float64  `json:"limit,omitempty"`
	Refs  []string  `json:"refs,omitempty"`
	Text  geo.Text  `json:"text"`
}

// LeftOut counts pieces.
type LeftOut struct {
	Pieces int     `json:"pieces"`
	Area   float64 `json:"area_m2"`
}

// Reservation is what candidates were not held against.
type Reservation struct {
	Check   room.Check `json:"check"`
	Role    string     `json:"role"`
	Message geo.Text   `json:"message"`
}

// DocumentOf is the JSON form of a room.
func DocumentOf(in Input) (*Document, error) {
	r := in.Room
	d := &Document{Schema: Schema, Base: in.Base, Rulebook: in.Book, Engine: in.Engine, CRS: r.CRS.String(), Proj: r.CRS.Proj(),
		Total: townshipOf(r.Total()), Townships: []Township{}, Reservations: []Reservation{}, Inputs: []geo.Notice{},
		LeftOut: LeftOut{r.LeftOut.Pieces, geo.RoundArea(r.LeftOut.Area)}}
	if r.Limit != nil {
		share, _ := r.Limit.Float64()
		d.Limit = &share
	}
	for _, t := range r.Townships {
		d.Townships = append(d.Townships, townshipOf(t))
	}
	for _, v := range r.Reservations {
		d.Reservations = append(d.Reservations, Reservation{v.Check, string(v.Role), v.Message})
	}
	d.Inputs = append(d.Inputs, r.Notices...)
	degrees, err := geo.NewTransform(r.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return nil, err
	}
	if d.Out, err = candidatesOf(r.Out, degrees); err != nil {
		return nil, err
	}
	d.In, err = candidatesOf(r.In, degrees)
	return d, err
}

func townshipOf(t room.Township) Township {
	out := Township{Code: t.Code, Name: t.Name, Designated: geo.RoundArea(t.Designated), Moved: geo.RoundArea(t.Moved), MovedIn: geo.RoundArea(t.MovedIn),
		Out: sumOf(t.Out), In: sumOf(t.In)}
	if t.Decreed {
		out.Summed = &t.Summed
	}
	if t.Known {
		left, hm2, mu := geo.RoundArea(t.Room), hectares(t.Room), mus(t.Room)
		out.LeftM2, out.LeftHM2, out.LeftMu = &left, &hm2, &mu
	} else if !t.Why.IsZero() {
		out.Note = &t.Why
	}
	return out
}

func sumOf(s room.Sum) Sum { return Sum{s.Count, geo.RoundArea(s.Area), geo.RoundArea(s.Net)} }

func candidatesOf(all []room.Candidate, degrees *geo.Transform) ([]Candidate, error) {
	out := make([]Candidate, len(all))
	for i, c := range all {
		shape, err := degrees.MultiPolygon(orb.MultiPolygon{c.Geometry})
		if err != nil {
			return nil, err
		}
		box := geo.Bound(shape)
		out[i] = Candidate{Rank: c.Rank, ID: c.ID, Parcel: Parcel{string(c.Parcel.Role), c.Parcel.File, c.Parcel.Record, c.Parcel.ID},
			Township: c.Township, Village: c.Village, Area: geo.RoundArea(c.Area), Net: geo.RoundArea(c.Net), AreaHM2: hectares(c.Area), AreaMu: mus(c.Area),
			Class: c.Class, Slope: c.Slope, Grade: c.Grade, Refinement: c.Refinement, Reasons: []Reason{}, Unchecked: append([]room.Check{}, c.Unchecked...),
			BBox: [4]float64{degree(box.Min[0]), degree(box.Min[1]), degree(box.Max[0]), degree(box.Max[1])}, shape: shape[0], place: c}
		if c.Patch.Number > 0 {
			out[i].Patch = &Patch{c.Patch.Number, geo.RoundArea(c.Patch.Area), mus(c.Patch.Area)}
		}
		for _, r := range c.Reasons {
			one := Reason{Kind: r.Kind, Area: geo.RoundArea(r.Area), Unit: r.Unit, Refs: r.Refs, Text: r.Text}
			if r.Unit != "" {
				value := math.Round(r.Value*100) / 100
				one.Value = &value
			}
			if r.Limit > 0 {
				one.Limit = &r.Limit
			}
			out[i].Reasons = append(out[i].Reasons, one)
		}
	}
	return out, nil
}

func hectares(m2 float64) float64 { return math.Round(geo.RoundArea(m2)) / 1e4 }

func mus(m2 float64) float64 { return math.Round(geo.RoundArea(m2)/wording.Mu*100) / 100 }

// degree is a coordinate as reports have it, to nine digits.
func degree(x float64) float64 { return math.Round(x*1e9) / 1e9 }
