package roomreport

import (
	"context"
	"io"

	"landcheck/geo"
	"landcheck/geo/symbol"
	"landcheck/rules/domain"
	"landcheck/rules/report"

	"github.com/paulmach/orb"
)

// layers are both lists of candidates and the townships in the working system, and
// a table of what was not checked.
func layers(in Input) ([]*geo.Table, error) {
	d, err := DocumentOf(in)
	if err != nil {
		return nil, err
	}
	names := namesOf(d)
	return []*geo.Table{
		candidateLayer(in, "candidates_out", geo.Text{ZH: "调出候选", EN: "Candidates out"}, domain.PBFOut, d.Out, names),
		candidateLayer(in, "candidates_in", geo.Text{ZH: "补划候选", EN: "Candidates in"}, domain.PBFIn, d.In, names),
		townshipLayer(in, d), reservationLayer(in, d),
	}, nil
}

// candidateLayer draws candidates as a plan's layer of that role is drawn.
func candidateLayer(in Input, name string, title geo.Text, as domain.Role, all []Candidate, names map[string]string) *geo.Table {
	columns := candidateColumns(in.Lang, names)
	t := &geo.Table{Name: name, Title: title.In(in.Lang), CRS: in.Room.CRS, Styles: styled(title, as, in.Lang), Fields: fieldsOf(columns, in.Lang), Rows: make([]geo.Feature, len(all))}
	for i, c := range all {
		t.Rows[i] = geo.Feature{Record: i + 1, Geometry: orb.MultiPolygon{c.place.Geometry}, Values: valuesOf(columns, c)}
	}
	return t
}

func townshipLayer(in Input, d *Document) *geo.Table {
	columns := townshipColumns()
	title := domain.Townships.Title()
	t := &geo.Table{Name: "townships", Title: title.In(in.Lang), CRS: in.Room.CRS, Styles: styled(title, domain.Townships, in.Lang), Fields: fieldsOf(columns, in.Lang)}
	for i, one := range d.Townships {
		t.Rows = append(t.Rows, geo.Feature{Record: i + 1, Geometry: in.Room.Townships[i].Geometry, Values: valuesOf(columns, one)})
	}
	return t
}

func reservationLayer(in Input, d *Document) *geo.Table {
	t := &geo.Table{Name: "reservations", CRS: in.Room.CRS, Fields: []geo.Field{{Name: "check", Type: geo.TextField}, {Name: "text", Type: geo.TextField}}}
	for i, v := range d.Reservations {
		t.Rows = append(t.Rows, geo.Feature{Record: i + 1, Values: []string{string(v.Check), v.Message.In(in.Lang)}})
	}
	return t
}

func styled(title geo.Text, as domain.Role, lang string) []symbol.Style {
	return []symbol.Style{symbol.Single(title.In(lang), domain.LookOf(string(as)))}
}

func fieldsOf[T any](columns []column[T], lang string) []geo.Field {
	var fields []geo.Field
	for _, c := range columns {
		fields = append(fields, geo.Field{Name: c.name, Alias: c.title.In(lang), Type: c.kind})
	}
	return fields
}

func valuesOf[T any](columns []column[T], row T) []string {
	values := make([]string, len(columns))
	for i, c := range columns {
		values[i] = figure(c.of(row))
	}
	return values
}

// feature is a candidate as GeoJSON has it.
type feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	BBox       [4]float64 `json:"bbox"`
	Properties properties `json:"properties"`
	Geometry   geometry   `json:"geometry"`
}

type properties struct {
	Direction string `json:"direction"` // out or in
	Candidate
}

type geometry struct {
	Type        string         `json:"type"`
	Coordinates [][][2]float64 `json:"coordinates"`
}

// writeGeoJSON writes the candidates in degrees, out before in.
func writeGeoJSON(_ context.Context, w io.Writer, in Input) error {
	d, err := DocumentOf(in)
	if err != nil {
		return err
	}
	all := struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}{"FeatureCollection", []feature{}}
	for _, part := range []struct {
		direction string
		list      []Candidate
	}{{"out", d.Out}, {"in", d.In}} {
		for _, c := range part.list {
			f := feature{"Feature", part.direction + "/" + c.ID, c.BBox, properties{part.direction, c}, geometry{Type: "Polygon"}}
			for _, ring := range c.shape {
				var points [][2]float64
				for _, p := range ring {
					points = append(points, [2]float64{degree(p[0]), degree(p[1])})
				}
				f.Geometry.Coordinates = append(f.Geometry.Coordinates, points)
			}
			all.Features = append(all.Features, f)
		}
	}
	return report.EncodeJSON(w, all)
}
