package featureserver

import (
	"context"
	"slices"
	"strconv"

	"landcheck/api/ogc"
	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/geo"
	"landcheck/rules/domain"
)

// checkRows are the features of a part of a check, in degrees.
type checkRows []ogc.Feature

func (r checkRows) system() geo.CRS { return geo.CRS{Kind: geo.Geographic} }

func (r checkRows) version() int { return 0 }

func (r checkRows) close(error) {}

func (r checkRows) page(_ context.Context, after string, most int, take *featureFilter) ([]ogc.Feature, string, error) {
	var failed error
	page, err := request.PageAfter(r, after, most, func(f *ogc.Feature) string { return f.ID }, func(f *ogc.Feature) bool {
		ok, err := take.takes(f)
		if err != nil {
			failed = err
		}
		return ok
	})
	if err == nil {
		err = failed
	}
	if err == nil && len(page) > most {
		return page[:most], page[most-1].ID, nil
	}
	return page, "", err
}

func (r checkRows) count(_ context.Context, take *featureFilter) (n int, ok bool, err error) {
	for i := range r {
		ok, err := take.takes(&r[i])
		if err != nil {
			return 0, false, err
		}
		if ok {
			n++
		}
	}
	return n, true, nil
}

func (r checkRows) one(_ context.Context, id string) (ogc.Feature, bool, error) {
	i := slices.IndexFunc(r, func(f ogc.Feature) bool { return f.ID == id })
	if i < 0 {
		return ogc.Feature{}, false, nil
	}
	return r[i], true, nil
}

// rows are the features of a part of a result, words in a language.
func rowsOf(r results.Reader, part, lang string) ([]ogc.Feature, error) {
	switch part {
	case "findings":
		found, err := r.Found()
		if err != nil {
			return nil, err
		}
		return findingRows(found, lang), nil
	case "faces":
		faces, err := r.Faces()
		if err != nil {
			return nil, err
		}
		return faceRows(faces), nil
	case "changes":
		var all []ogc.Feature
		for _, role := range domain.ChangeRoles() {
			some, err := drawnRows(r, string(role))
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	}
	return drawnRows(r, part)
}

func findingRows(found []results.Found, lang string) []ogc.Feature {
	all := make([]ogc.Feature, 0, len(found))
	for i := range found {
		d := &found[i]
		f := ogc.Feature{ID: d.ID}
		if d.Geometry != nil {
			f.Geometry = d.Geometry.Polygons
		}
		f.Set("number", d.Number)
		f.Set("rule", d.Rule)
		f.Set("level", string(d.Level))
		f.Set("status", string(d.Status))
		if len(d.Townships) > 0 {
			f.Set("township", d.Townships[0])
		}
		f.Set("area_m2", results.Cents(d.Area))
		f.Set("title", d.Title.In(lang))
		f.Set("message", d.Message.In(lang))
		f.Set("remedy", d.Remedy.In(lang))
		all = append(all, f)
	}
	return all
}

func faceRows(faces []results.Face) []ogc.Feature {
	all := make([]ogc.Feature, 0, len(faces))
	for i := range faces {
		d := &faces[i]
		f := ogc.Feature{ID: strconv.Itoa(d.ID), Geometry: d.Geometry.Polygons}
		f.Set("township", d.Township)
		f.Set("village", d.Village)
		f.Set("class_before", d.Before.Class)
		f.Set("class_after", d.After.Class)
		f.Set("in_project", d.InProject)
		f.Set("sliver", d.Sliver)
		f.Set("pbf_before", d.Before.PBF)
		f.Set("pbf_after", d.After.PBF)
		f.Set("area_m2", d.Area)
		f.Set("width_m", d.Width)
		f.Set("pbf_net_before_m2", d.Before.PBFNet)
		f.Set("pbf_net_after_m2", d.After.PBFNet)
		all = append(all, f)
	}
	return all
}

// drawnRows are the features of a layer of the plan, by their number in it:
// their own ids may come twice.
func drawnRows(r results.Reader, layer string) ([]ogc.Feature, error) {
	drawn, err := r.Draw(layer)
	if err != nil {
		return nil, err
	}
	all := make([]ogc.Feature, 0, len(drawn))
	for i := range drawn {
		d := &drawn[i]
		f := ogc.Feature{ID: strconv.FormatUint(d.ID, 10), Geometry: d.Geometry}
		if layer != string(domain.ProjectArea) {
			f.Set("role", layer)
		}
		for _, name := range [][2]string{{"id", "bsm"}, {"class", "class"}, {"year", "year"}} {
			if v, ok := d.Properties[name[0]]; ok {
				f.Set(name[1], v)
			}
		}
		all = append(all, f)
	}
	return all, nil
}
