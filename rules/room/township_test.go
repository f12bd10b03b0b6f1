package room_test

import (
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/room"
	"landcheck/rules/sample"
)

// TestRoomIsWhatTheRuleLeaves: taken together with what was moved, the room is the
// most that 20 · out ≤ designated allows, in whole 0.01 m².
func TestRoomIsWhatTheRuleLeaves(t *testing.T) {
	dir := t.TempDir()
	c := drawCounty(rand.New(rand.NewPCG(8, 8)))
	if err := c.write(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	base := openBase(t, dir)
	for _, moved := range []float64{0, 0.01, 1234.56, 99999.995} {
		r := survey(t, room.Request{Base: base, Prior: []plan.Prior{{Township: "150123101", PBFOut: moved / 2}, {Township: "150123101", PBFOut: moved / 2, PBFIn: 7}}})
		for _, s := range r.Townships {
			holds := func(more int64) bool {
				out := new(big.Int).SetInt64(geo.Centi(s.Moved) + geo.Centi(s.Room) + more)
				return out.Mul(out, big.NewInt(20)).Cmp(big.NewInt(geo.Centi(s.Designated))) <= 0
			}
			if !s.Known || !holds(0) || holds(1) {
				t.Errorf("moved %v: %+v", moved, s)
			}
			if want := geo.RoundArea(moved); s.Code == "150123101" && s.Moved != want || s.Code != "150123101" && s.Moved != 0 {
				t.Errorf("%s moved %v, want %v", s.Code, s.Moved, want)
			}
		}
	}
}

// TestRoomAtTheCap holds the room against plans that take out exactly 5 % of a
// township, and 0.25 m² more.
func TestRoomAtTheCap(t *testing.T) {
	dir := t.TempDir()
	c, err := sample.New(sample.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.WriteBase(t.Context(), filepath.Join(dir, "base")); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteVariants(t.Context(), filepath.Join(dir, "plans")); err != nil {
		t.Fatal(err)
	}
	base := openBase(t, filepath.Join(dir, "base"))
	r := survey(t, room.Request{Base: base})
	for name, within := range map[string]bool{sample.AtCap: true, sample.OverCap: false} {
		report := judge(t, filepath.Join(dir, "plans", name), base)
		checked := 0
		for _, rule := range report.Rules {
			for _, m := range rule.Measures {
				if rule.ID != "pbf-township-cap" || m.Scope.Kind != "township" {
					continue
				}
				for _, s := range r.Townships {
					if s.Code != m.Scope.Code {
						continue
					}
					checked++
					out := m.Terms["out_net_m2"]
					if (out <= s.Room) != within || (m.Status == domain.Pass) != within || s.Designated != m.Terms["designated_m2"] {
						t.Errorf("%s: %v out of %v: %s; the room is %+v", name, out, m.Terms["designated_m2"], m.Status, s)
					}
				}
			}
		}
		if checked == 0 {
			t.Errorf("%s: no township was checked", name)
		}
	}
}

// TestTotalTakesNothingFromOthers: a township that has moved too much has less than
// nothing left, and the others what they have.
func TestTotalTakesNothingFromOthers(t *testing.T) {
	dir := t.TempDir()
	c := drawCounty(rand.New(rand.NewPCG(9, 9)))
	if err := c.write(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	r := survey(t, room.Request{Base: openBase(t, dir), PriorFile: "earlier.yaml",
		Prior: []plan.Prior{{Township: "150123101", PBFOut: 1e6}, {Township: "150123120", PBFOut: 5, Line: 3}}})
	total, sum := r.Total(), 0.0
	for _, s := range r.Townships {
		sum += max(s.Room, 0)
	}
	if r.Townships[0].Room >= 0 || total.Room != sum || total.Moved != 1e6 {
		t.Errorf("%+v of %+v", total, r.Townships)
	}
	told := false
	for _, n := range r.Notices {
		told = told || n.File == "earlier.yaml" && n.Record == 3 && strings.Contains(n.Message.EN, "150123120")
	}
	if !told {
		t.Errorf("a township that is not there passes in silence: %v", r.Notices)
	}
}
