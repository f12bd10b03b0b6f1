package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
)

// answers are the five questions that everyone is asked, m².
type answers struct {
	Designated map[string]float64 `json:"designated"` // 1. PBF of each township that gives some
	Out        map[string]float64 `json:"out"`        // 1. net area out of each
	InProject  float64            `json:"in_project"` // 2. net compensation in the project area
	InAbroad   float64            `json:"in_abroad"`  // 2. compensation outside the county
	Lost       float64            `json:"lost"`       // 3. construction land given up in the project area
	Gained     float64            `json:"gained"`     // 3. and built
	RedLine    float64            `json:"red_line"`   // 4. red line occupied
	Urban      float64            `json:"urban"`      // 5. PBF out inside the urban boundary
}

func readAnswers(path string) (a answers, err error) {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	return a, err
}

// reportAnswers takes them from a report of landcheck.
func reportAnswers(path string) (answers, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return answers{}, err
	}
	var report struct {
		Rules []struct {
			ID       string
			Measures []struct {
				Scope struct{ Kind, Code string }
				Value float64
				Terms map[string]float64
			}
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return answers{}, err
	}
	a := answers{Designated: map[string]float64{}, Out: map[string]float64{}}
	met := 0
	for _, r := range report.Rules {
		for i, m := range r.Measures {
			if r.ID == "pbf-township-cap" && m.Scope.Kind == "township" {
				a.Designated[m.Scope.Code], a.Out[m.Scope.Code] = m.Terms["designated_m2"], m.Terms["out_net_m2"]
			}
			if i > 0 {
				continue
			}
			met++
			switch r.ID {
			case "pbf-compensation-in-project":
				a.InProject = m.Terms["plus_m2"]
			case "pbf-compensation-in-county":
				a.InAbroad = m.Value
			case "construction-not-grown":
				a.Lost, a.Gained = m.Terms["plus_m2"], m.Terms["minus_m2"]
			case "red-line-not-occupied":
				a.RedLine = m.Value
			case "pbf-urban-kept":
				a.Urban = m.Value
			default:
				met--
			}
		}
	}
	if met != 5 || len(a.Out) == 0 {
		return answers{}, fmt.Errorf("%s: the report does not answer all questions (%d)", path, met)
	}
	return a, nil
}

// Two programs agree when their figures differ by no more than what rounding
// to 0.01 m² and two ways of measuring on the ellipsoid explain.
const (
	tolerance      = 0.05 // m²
	toleranceShare = 2e-8
)

// differ says where b is not a.
func (a answers) differ(b answers) error {
	var errs []error
	same := func(what string, x, y float64) {
		if math.Abs(x-y) > tolerance+toleranceShare*math.Abs(x) {
			errs = append(errs, fmt.Errorf("%s: %.4f and %.4f m²", what, x, y))
		}
	}
	for _, pair := range []struct {
		what string
		x, y map[string]float64
	}{{"designated", a.Designated, b.Designated}, {"out", a.Out, b.Out}} {
		var codes []string
		for code := range pair.x {
			codes = append(codes, code)
		}
		for code := range pair.y {
			codes = append(codes, code)
		}
		slices.Sort(codes)
		for _, code := range slices.Compact(codes) {
			same(pair.what+" in "+code, pair.x[code], pair.y[code])
		}
	}
	same("compensation in the project", a.InProject, b.InProject)
	same("compensation abroad", a.InAbroad, b.InAbroad)
	same("construction lost", a.Lost, b.Lost)
	same("construction gained", a.Gained, b.Gained)
	same("red line occupied", a.RedLine, b.RedLine)
	same("PBF out in the urban boundary", a.Urban, b.Urban)
	return errors.Join(errs...)
}
