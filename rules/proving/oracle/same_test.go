package oracle

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/rules/domain"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// variation is the same plan said otherwise; figures may differ by m².
type variation struct {
	name string
	do   func(c *kit.Case, r *rand.Rand)
	by   float64
}

// exact is for what changes no coordinate, cutting for what adds points on
// edges, moving for coordinates that go to another system and come back.
const (
	exact   = 0.01
	cutting = 0.02
	moving  = 0.1
)

func plan(do func(l *kit.Layer, r *rand.Rand)) func(*kit.Case, *rand.Rand) {
	return func(c *kit.Case, r *rand.Rand) {
		for _, l := range c.Plan.Layers {
			do(l, r)
		}
	}
}

func base(do func(l *kit.Layer, r *rand.Rand)) func(*kit.Case, *rand.Rand) {
	return func(c *kit.Case, r *rand.Rand) {
		for _, l := range c.Base.Layers {
			do(l, r)
		}
	}
}

func in(epsg int) func(l *kit.Layer, _ *rand.Rand) {
	return func(l *kit.Layer, _ *rand.Rand) { l.EPSG = epsg }
}

func shuffled(l *kit.Layer, r *rand.Rand) {
	r.Shuffle(len(l.Rows), func(i, k int) { l.Rows[i], l.Rows[k] = l.Rows[k], l.Rows[i] })
}

// turned begins every ring elsewhere, and runs it the other way round.
func turned(l *kit.Layer, r *rand.Rand) {
	for _, row := range l.Rows {
		row.Shape = kit.Reversed(row.Shape)
		for _, p := range row.Shape {
			for i, ring := range p {
				k := r.IntN(len(ring) - 1)
				open := slices.Concat(ring[k:len(ring)-1], ring[:k])
				p[i] = append(open, open[0])
			}
		}
	}
}

// halved cuts every convex feature without holes in two.
func halved(l *kit.Layer, _ *rand.Rand) {
	var rows []*kit.Row
	for _, row := range l.Rows {
		if len(row.Shape) != 1 || len(row.Shape[0]) != 1 || len(row.Shape[0][0]) != 5 {
			rows = append(rows, row)
			continue
		}
		left, right := cutRing(row.Shape[0][0], row.Shape[0][0].Bound().Center(), orb.Point{0.3, 1}, func(p orb.Point) orb.Point { return p })
		for i, ring := range []orb.Ring{left, right} {
			half := &kit.Row{Shape: kit.Shape{{ring}}, F: kit.F{}}
			for k, v := range row.F {
				half.F[k] = v
			}
			half.F["BSM"] = fmt.Sprint(row.F["BSM"], "-", i)
			for _, k := range []string{"MJ", "SCMJ"} {
				if _, ok := half.F[k].(float64); ok {
					half.F[k] = kit.Area(half.Shape)
				}
			}
			rows = append(rows, half)
		}
	}
	l.Rows = rows
}

// divided spreads each layer over two files.
func divided(p *kit.Package) {
	for _, l := range slices.Clone(p.Layers) {
		if n := len(l.Rows); n > 1 {
			p.New(l.Name + "_2").Rows = l.Rows[n/2:]
			l.Rows = l.Rows[:n/2]
			l.Name += "_1"
		}
	}
}

func variations() []variation {
	form := func(name string) func(*kit.Case, *rand.Rand) {
		return func(c *kit.Case, _ *rand.Rand) { c.Plan.Form = name }
	}
	return []variation{
		{"图斑换次序", plan(shuffled), exact},
		{"底图图斑换次序", base(shuffled), moving},
		{"图层换次序", func(c *kit.Case, _ *rand.Rand) { slices.Reverse(c.Plan.Layers) }, exact},
		{"环换起点和方向", plan(turned), exact},
		{"底图的环换起点和方向", base(turned), exact},
		{"图斑一分为二", plan(halved), cutting},
		{"图层分成两个文件", func(c *kit.Case, _ *rand.Rand) { divided(c.Plan) }, exact},
		{"底图的图层分成两个文件", func(c *kit.Case, _ *rand.Rand) { divided(c.Base) }, exact},
		{"经纬度", plan(in(4490)), moving},
		{"6° 带", plan(in(4497)), moving},
		{"没有带号", plan(in(4546)), moving},
		{"邻带", plan(in(4526)), moving},
		{"底图经纬度", base(in(4490)), moving},
		{"压缩包", form("zip"), exact},
		{"压缩包套文件夹", form("wrapped"), exact},
		{"一个 gpkg", form("gpkg"), exact},
		{"GeoJSON", plan(func(l *kit.Layer, _ *rand.Rand) { l.Format = "geojson" }), exact},
		{"底图 GeoJSON", base(func(l *kit.Layer, _ *rand.Rand) { l.Format = "geojson" }), exact},
		{"整治区域是坐标 TXT", func(c *kit.Case, _ *rand.Rand) {
			c.Plan.Layer("ZZQY").Set("MJ", 1.0).Set("MC", "整治区域").Format = "txt"
		}, moving},
		{"换标识码", plan(func(l *kit.Layer, _ *rand.Rand) {
			for i, row := range l.Rows {
				row.F["BSM"] = fmt.Sprintf("改%04d", 9999-i)
			}
		}), exact},
		{"不相干的文件", func(c *kit.Case, _ *rand.Rand) {
			c.Plan.File("Thumbs.db", "x").File("说明.pdf", "%PDF").File("照片/1.jpg", "x")
			c.Plan.Manifest.Paper(kit.Doc{Kind: "felling-permit"})
		}, exact},
		{"GBK", plan(func(l *kit.Layer, _ *rand.Rand) { l.Code = "GBK" }), exact},
	}
}

func TestSamePlanSaidOtherwise(t *testing.T) {
	seed := setting("ORACLE_SEED", 7)
	makers := []func() *kit.Case{kit.NewCase}
	for s := seed; len(makers) < 5 && s < seed+60; s++ {
		w := newWorld(uint64(s))
		if w.apart() {
			t.Log("seed", s)
			makers = append(makers, func() *kit.Case { return &kit.Case{Plan: w.plan(), Base: w.base()} })
		}
	}
	for i, maker := range makers {
		first := maker().Judge(t)
		if first.Fault != nil {
			t.Fatal(first.Fault)
		}
		for _, v := range variations() {
			t.Run(fmt.Sprint(i, v.name), func(t *testing.T) {
				c := maker()
				v.do(c, rand.New(rand.NewPCG(uint64(seed), 1)))
				a := c.Judge(t)
				if a.Fault != nil {
					t.Fatal(a.Fault)
				}
				same(t, first.Report, a.Report, v.by)
			})
		}
	}
}

// apart tells that no two features of one plan layer overlap: where they do,
// the first counts, so that their order matters.
func (w *world) apart() bool {
	pieces, g := w.pieces()
	for i, a := range w.changes {
		for _, b := range w.changes[:i] {
			if a.role == b.role && area(g.polygon(a.shape).Intersection(g.polygon(b.shape))) > 0 {
				return false
			}
		}
	}
	return len(pieces) > 20
}

// same compares statuses and figures of two reports.
func same(t *testing.T, a, b *result.Report, by float64) {
	if a.Verdict != b.Verdict {
		t.Errorf("verdict %s, was %s", b.Verdict, a.Verdict)
	}
	for i := range a.Rules {
		x, y := &a.Rules[i], &b.Rules[i]
		if x.ID == "base-data" && by == moving {
			continue // gaps and overlaps of tenths of millimetres come and go
		}
		if x.Status != y.Status && !(by == moving && dust(x) && dust(y)) {
			t.Errorf("%s: %s, was %s", x.ID, y.Status, x.Status)
		}
		if len(x.Measures) != len(y.Measures) && by != moving {
			t.Errorf("%s: %d measures, was %d", x.ID, len(y.Measures), len(x.Measures))
			continue
		}
		for k := range min(len(x.Measures), len(y.Measures)) {
			m, n := &x.Measures[k], &y.Measures[k]
			tol := map[string]float64{"m2": by, "ratio": by * 1e-4, "grade": by * 1e-4, "slope_class": by * 1e-4, "count": math.Inf(1)}[m.Unit]
			if m.Unit == "m2" && by == moving { // a straight edge of one zone is none in the next
				tol += 2e-6 * m.Value
			}
			if (m.Unit == "grade" || m.Unit == "slope_class") && by == moving {
				tol = 1e-4
			}
			if m.Scope != n.Scope || math.Abs(m.Value-n.Value) > tol || math.Abs(m.Limit-n.Limit) > tol {
				t.Errorf("%s: %v %v / %v, was %v %v / %v", x.ID, n.Scope, n.Value, n.Limit, m.Scope, m.Value, m.Limit)
			}
		}
		if p, q := found(x), found(y); math.Abs(p-q) > 3*by {
			t.Errorf("%s: %.2f m² of findings, was %.2f", x.ID, q, p)
		}
	}
}

// dust tells a rule that may be about dust only, or about nothing: where land
// comes back from another system, a sliver beside a limit makes the one of the
// other.
func dust(r *result.RuleResult) bool {
	return r.Status == domain.Pass || r.Status == domain.NotApplicable
}

func found(r *result.RuleResult) float64 {
	sum := 0.0
	for _, f := range r.Findings {
		sum += f.Area
	}
	return sum
}
