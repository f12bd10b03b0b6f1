package evaluation

import (
	"fmt"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"pgregory.net/rapid"
)

const (
	keptRule = `balance: {plus: {of: after.pbf_net, where: "!before.pbf && after.pbf"}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}}`
	pilot    = `balance: {plus: {of: after.pbf_net, where: "!before.pbf && after.pbf"}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}, factor: 1.05}`
	first    = `balance: {plus: {of: after.pbf_net, where: "!before.pbf && after.pbf"}, minus: {of: before.pbf_net, where: before.pbf && !after.pbf}, scope: date, plus_when: pbf_in, minus_when: pbf_out}`
)

func TestBalanceIsExactAtTheLimit(t *testing.T) {
	for _, c := range []struct {
		rule    string
		in, out float64
		want    domain.Status
	}{
		{keptRule, 100, 100, domain.Pass}, {keptRule, 99.99, 100, domain.Fail}, {keptRule, 100.004, 100, domain.Pass}, {keptRule, 99.995, 100, domain.Pass},
		{pilot, 105, 100, domain.Pass}, {pilot, 104.99, 100, domain.Fail}, {pilot, 105.01, 100.01, domain.Fail}, {pilot, 105.02, 100.01, domain.Pass},
	} {
		s := newScene()
		s.in(c.in, nil)
		s.out(c.out, nil)
		if got := s.status(t, book(t, "mandatory", c.rule)); got != c.want {
			t.Errorf("in %v out %v: %s, want %s", c.in, c.out, got, c.want)
		}
	}
	if got := newScene().status(t, book(t, "mandatory", keptRule)); got != domain.NotApplicable {
		t.Errorf("nothing moves: %s", got)
	}
}

func TestBalanceSurplusAndProject(t *testing.T) {
	rule := `balance: {plus: {of: after.cropland_net, where: after.cropland}, minus: {of: before.cropland_net, where: before.cropland}, scope: project, surplus: {share: 0.05, of: project_cropland}}`
	for _, c := range []struct {
		gained float64
		want   domain.Status
	}{{50, domain.Pass}, {49.99, domain.Fail}} {
		s := newScene()
		s.l.ProjectCropland = 1000
		s.face(ledger.Face{Area: c.gained, InProject: true, After: ledger.State{Cropland: true, CroplandNet: c.gained}})
		s.face(ledger.Face{Area: 999, After: ledger.State{Cropland: true, CroplandNet: 999}}) // outside
		if got := s.status(t, book(t, "mandatory", rule)); got != c.want {
			t.Errorf("%v: %s", c.gained, got)
		}
	}
}

func TestCompensateFirst(t *testing.T) {
	type move struct {
		in   bool
		when string // YYYYMMDD, YYYY or ""
		area float64
	}
	in, out := true, false
	for name, c := range map[string]struct {
		moves []move
		want  domain.Status
	}{
		"in before out":                          {[]move{{in, "20250101", 10}, {out, "20250102", 10}}, domain.Pass},
		"out before in":                          {[]move{{in, "20250102", 10}, {out, "20250101", 10}}, domain.Fail},
		"same day, in first":                     {[]move{{out, "20250101", 10}, {in, "20250101", 10}}, domain.Pass},
		"same undated year, in first":            {[]move{{out, "2025", 10}, {in, "2025", 10}}, domain.Pass},
		"undated in a later year":                {[]move{{out, "2025", 10}, {in, "2026", 10}}, domain.Fail},
		"year in, day out: depends":              {[]move{{out, "20250601", 10}, {in, "2025", 10}}, domain.NotChecked},
		"day in, year out":                       {[]move{{in, "20250601", 10}, {out, "2025", 10}}, domain.NotChecked},
		"day in, year out, with stock":           {[]move{{in, "20240601", 10}, {in, "20250601", 10}, {out, "2025", 10}}, domain.Pass},
		"year in of an earlier year":             {[]move{{in, "2024", 10}, {out, "20250101", 10}}, domain.Pass},
		"no order helps":                         {[]move{{out, "20250101", 10}, {in, "2025", 5}}, domain.Fail},
		"year short at its end":                  {[]move{{in, "20250101", 10}, {out, "2025", 11}}, domain.Fail},
		"neither date nor year":                  {[]move{{in, "20250101", 10}, {out, "", 10}}, domain.NotChecked},
		"short by a cent":                        {[]move{{in, "20250101", 9.99}, {out, "20250102", 10}}, domain.Fail},
		"helps only if early":                    {[]move{{in, "20240101", 5}, {out, "20250201", 8}, {in, "20250301", 20}, {in, "2025", 4}, {out, "2025", 1}}, domain.NotChecked},
		"loose year net out must be after a day": {[]move{{out, "20250101", 1}, {in, "2025", 4}, {out, "2025", 9}, {in, "20250601", 20}}, domain.Fail},
	} {
		s := newScene()
		for i, m := range c.moves {
			ch := plan.Change{Feature: plan.Feature{ID: fmt.Sprint("f", i), Role: domain.PBFOut}}
			if len(m.when) == 8 {
				ch.Date = m.when
			} else {
				fmt.Sscan(m.when, &ch.Year)
			}
			if m.in {
				ch.Role = domain.PBFIn
				s.in(m.area, s.change(ch))
			} else {
				s.out(m.area, s.change(ch))
			}
		}
		r := s.check(t, book(t, "mandatory", first))
		if got := r.Rules[0].Status; got != c.want {
			t.Errorf("%s: %s, want %s (%+v)", name, got, c.want, r.Rules[0].Measures)
		}
		if c.want == domain.NotChecked && (r.Verdict != domain.Incomplete || r.Rules[0].Note == nil) {
			t.Errorf("%s: verdict %s, note %v", name, r.Verdict, r.Rules[0].Note)
		}
	}
}

// Against every placement of the loose changes of one year, tried one by one.
func TestCompensateFirstAgainstEveryOrder(t *testing.T) {
	b := book(t, "mandatory", first)
	rapid.Check(t, func(t *rapid.T) {
		s := newScene()
		days := rapid.IntRange(1, 4).Draw(t, "days")
		var net []int
		for d := range days {
			i, o := rapid.IntRange(0, 4).Draw(t, "in"), rapid.IntRange(0, 4).Draw(t, "out")
			date := fmt.Sprintf("2025%02d01", d+1)
			s.in(float64(i), s.change(plan.Change{Date: date}))
			s.out(float64(o), s.change(plan.Change{Date: date}))
			net = append(net, i-o)
		}
		li, lo := rapid.IntRange(1, 6).Draw(t, "loose in"), rapid.IntRange(1, 6).Draw(t, "loose out")
		s.in(float64(li), s.change(plan.Change{Year: 2025}))
		s.out(float64(lo), s.change(plan.Change{Year: 2025}))
		holds, breaks := 0, 0
		for before := 0; before <= days; before++ {
			ok, sum := true, 0
			for d := 0; d <= days; d++ {
				if d == before {
					sum += li - lo
					ok = ok && sum >= 0
				}
				if d < days {
					sum += net[d]
					ok = ok && sum >= 0
				}
			}
			if ok {
				holds++
			} else {
				breaks++
			}
		}
		want := domain.NotChecked
		if breaks == 0 {
			want = domain.Pass
		} else if holds == 0 {
			want = domain.Fail
		}
		r, err := Evaluate(t.Context(), b, s.l, Options{NoGeometry: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Rules[0].Status; got != want {
			t.Fatalf("%s, want %s: days %v loose %d-%d: %+v", got, want, net, li, lo, r.Rules[0].Measures)
		}
	})
}

func TestYearlyBalance(t *testing.T) {
	rule := `balance: {plus: {of: after.cropland_net, where: after.cropland}, minus: {of: before.cropland_net, where: before.cropland}, yearly: {stages: [annual], when: use}}`
	s := newScene()
	lose := s.change(plan.Change{Year: 2025})
	gain := s.change(plan.Change{Year: 2026})
	s.face(ledger.Face{Area: 10, Use: lose, Before: ledger.State{Cropland: true, CroplandNet: 10}})
	s.face(ledger.Face{Area: 10, Use: gain, After: ledger.State{Cropland: true, CroplandNet: 10}})
	b := book(t, "mandatory", rule)
	if got := s.status(t, b); got != domain.Pass {
		t.Errorf("proposal: %s", got)
	}
	s.l.Plan.Stage = domain.Annual
	r := s.check(t, b)
	if r.Rules[0].Status != domain.Fail || len(r.Rules[0].Measures) != 3 || r.Rules[0].Findings[0].Scope.Code != "2025" {
		t.Errorf("annual: %+v", r.Rules[0])
	}
	if len(r.Years) != 2 || *r.Years[0].Year != 2025 || r.Years[0].CroplandLost != 10 || r.Years[1].CroplandGained != 10 {
		t.Errorf("years %+v", r.Years)
	}
	gain.Year = 0
	s.l.Faces[0].Use = s.change(plan.Change{Year: 2027})
	if r = s.check(t, b); r.Rules[0].Status != domain.NotChecked {
		t.Errorf("without a year: %s", r.Rules[0].Status)
	}
	if last := r.Years[len(r.Years)-1]; last.Year != nil || last.CroplandGained != 10 {
		t.Errorf("null year %+v", last)
	}
}
