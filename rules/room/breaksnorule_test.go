package room_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/zipped"
	"landcheck/rules/check"
	"landcheck/rules/convert"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/room"
	"landcheck/rules/sample"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// planOf writes a package that brings in the given candidates, whole, and does
// nothing else.
func planOf(t testing.TB, path string, r *room.Room, project orb.MultiPolygon, in []room.Candidate, villages []string) {
	t.Helper()
	area := &geo.Table{Name: "ZZQY", CRS: r.CRS, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 18}},
		Rows: []geo.Feature{{Record: 1, Geometry: project, Values: []string{"1"}}}}
	layer := &geo.Table{Name: "YJJBNTBH", CRS: r.CRS, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField, Width: 30}, {Name: "MJ", Type: geo.NumberField, Width: 18, Decimals: 2}}}
	for i, c := range in {
		layer.Rows = append(layer.Rows, geo.Feature{Record: i + 1, Geometry: orb.MultiPolygon{c.Geometry},
			Values: []string{c.ID, strconv.FormatFloat(c.Area, 'f', 2, 64)}})
	}
	var papers strings.Builder
	fmt.Fprintf(&papers, "format: 1\nproject: {code: \"150123-2026-99\", name: 补划, county: %q, stage: proposal, year: 2026}\ndocuments:\n", in[0].Township[:6])
	for _, v := range villages {
		fmt.Fprintf(&papers, "  - {kinds: [village-consent, plan-consent, villager-support], village: %q, file: papers.txt}\n", v)
	}
	for _, d := range []string{"发展改革", "财政", "自然资源", "住建", "水利", "农牧", "文旅", "林草"} {
		fmt.Fprintf(&papers, "  - {kind: opinion, from: %s, file: papers.txt}\n", d)
	}
	papers.WriteString("  - {kinds: [league-opinion, pbf-plan], file: papers.txt}\n")
	err := convert.Write(t.Context(), path, []*geo.Table{area, layer},
		[]zipped.File{{Name: "plan.yaml", Data: []byte(papers.String())}, {Name: "papers.txt", Data: []byte("材料")}})
	if err != nil {
		t.Fatal(err)
	}
}

// judge checks a package.
func judge(t testing.TB, path string, base *plan.Base) *result.Report {
	t.Helper()
	p, err := plan.Open(t.Context(), path, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := check.Run(t.Context(), check.Request{Plan: p, Base: base, Book: defaultBook(t), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return res.Report
}

// mustBreakNothing says which rules a report breaks or could not check, and which
// warn of the land itself.
func mustBreakNothing(t interface {
	Helper()
	Errorf(format string, args ...any)
}, r *result.Report) {
	t.Helper()
	for _, rule := range r.Rules {
		switch {
		case rule.Status == domain.Fail:
			t.Errorf("rule %s fails: %s", rule.ID, rule.Findings[0].Message.EN)
		case rule.Status == domain.Warn && (strings.HasPrefix(rule.ID, "pbf-in") || rule.ID == "pbf-red-line-window" || strings.HasPrefix(rule.ID, "data-")):
			t.Errorf("rule %s warns: %+v", rule.ID, rule.Findings)
		}
	}
}

// TestFirstCandidatesBreakNoRule builds plans of the first n candidates in of
// counties in which all layers cross, and of sample counties, and checks them.
func TestFirstCandidatesBreakNoRule(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		c := drawCounty(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1)))
		if err := c.write(t.Context(), dir); err != nil {
			rt.Fatal(err)
		}
		base := openBase(t, dir)
		r := survey(t, room.Request{Base: base})
		if len(r.In) == 0 {
			rt.Skip()
		}
		n := rapid.IntRange(1, len(r.In)).Draw(rt, "n")
		path := filepath.Join(dir, "plan.zip")
		planOf(t, path, r, box(west+100, south+100, west+500, south+500), r.In[:n], []string{"150123101201"})
		mustBreakNothing(rt, judge(t, path, base))
	})
}

func TestFirstCandidatesOfSampleCounties(t *testing.T) {
	for _, o := range []sample.Options{{}, {Seed: 7, Parcels: 2000, VerticesPerParcel: 12}, {Seed: 99, Parcels: 9000, CurveVertices: 300, County: "150221"}} {
		c, err := sample.New(o)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := c.WriteBase(t.Context(), filepath.Join(dir, "base")); err != nil {
			t.Fatal(err)
		}
		base := openBase(t, filepath.Join(dir, "base"))
		r := survey(t, room.Request{Base: base})
		town, err := base.Near(t.Context(), domain.Townships, r.CRS, nil)
		if err != nil {
			t.Fatal(err)
		}
		villages, err := base.Units(t.Context(), domain.Villages)
		if err != nil {
			t.Fatal(err)
		}
		var touched []string
		for code := range villages {
			touched = append(touched, code)
		}
		for _, n := range []int{1, 2, 17, len(r.In) / 2, len(r.In)} {
			path := filepath.Join(dir, fmt.Sprintf("plan-%d.zip", n))
			planOf(t, path, r, town[0].Geometry, r.In[:n], touched)
			rep := judge(t, path, base)
			mustBreakNothing(t, rep)
			if rep.Verdict != domain.Compliant {
				t.Errorf("%+v, first %d: %s", o, n, rep.Verdict)
			}
		}
	}
}
