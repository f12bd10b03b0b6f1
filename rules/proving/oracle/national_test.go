package oracle

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"

	"landcheck/rules/convert"
	"landcheck/rules/ledger"
	plans "landcheck/rules/plan"
	"landcheck/rules/proving/kit"
)

// national says a plan in the layers of the national pilot: what leaves and
// enters PBF in one layer, and the whole land use of the project area after it,
// cut by GEOS. A change is one parcel of it, or where pieces is set one for each
// parcel of the base under it, which states its own areas.
func national(p, base *kit.Package, pieces bool) *kit.Package {
	g := geometer{geos.NewContext()}
	out := *p
	out.Layers = nil
	after, adjusted := &kit.Layer{Name: "SDQYZZHDLTB"}, &kit.Layer{Name: "YJJBNTTZTB"}
	var area, changed []*geos.Geom
	var rows []*kit.Row
	for _, l := range p.Layers {
		for _, r := range l.Rows {
			switch l.Name {
			case "ZZQY":
				area = append(area, g.polygon(r.Shape))
			case "DLBG":
				changed, rows = append(changed, g.polygon(r.Shape)), append(rows, r)
			case "YJJBNTTC":
				adjusted.Add(r.Shape, with(r.F, kit.F{"TZLX": "调出"}))
			case "YJJBNTBH":
				adjusted.Add(r.Shape, with(r.F, kit.F{"TZLX": pickKind(len(adjusted.Rows))}))
			}
		}
		if !slices.Contains([]string{"DLBG", "YJJBNTTC", "YJJBNTBH"}, l.Name) {
			out.Layers = append(out.Layers, l)
		}
	}
	about := g.union(slices.Concat(area, changed))
	add := func(x *geos.Geom, f kit.F) {
		s := shapeOf(g.areal(x))
		if len(s) == 0 {
			return
		}
		f["BSM"] = fmt.Sprint("H", len(after.Rows)+1)
		if _, ok := f["SCMJ"]; ok {
			f["SCMJ"] = kit.Area(s)
		}
		if _, ok := f["TBMJ"]; ok {
			f["TBMJ"] = kit.Area(s)
		}
		after.Add(s, f)
	}
	whole := func(f kit.F) kit.F {
		return renamed(f, map[string]string{"BGHDLBM": "DLBM", "ZLDB": "XZGDDB", "MJ": "TBMJ"})
	}
	for i, r := range rows {
		if !pieces {
			add(changed[i], whole(r.F))
		}
	}
	for _, r := range base.Layer("DLTB").Rows {
		rest := g.areal(g.polygon(r.Shape).IntersectionPrec(about, grid))
		for i, c := range changed {
			if pieces {
				add(rest.IntersectionPrec(c, grid), whole(rows[i].F))
			}
			rest = g.areal(rest.DifferencePrec(c, grid))
		}
		add(rest, with(r.F, nil))
	}
	out.Layers = append(out.Layers, adjusted, after)
	return &out
}

func pickKind(n int) string { return []string{"调入", "补划"}[n%2] }

func with(f, more kit.F) kit.F {
	out := kit.F{}
	for _, from := range []kit.F{f, more} {
		for k, v := range from {
			out[k] = v
		}
	}
	return out
}

func renamed(f kit.F, to map[string]string) kit.F {
	out := kit.F{}
	for k, v := range f {
		if n, ok := to[k]; ok {
			k = n
		}
		out[k] = v
	}
	return out
}

func shapeOf(x *geos.Geom) (s kit.Shape) {
	ring := func(r *geos.Geom) (out orb.Ring) {
		for _, c := range r.CoordSeq().ToCoords() {
			out = append(out, orb.Point{c[0], c[1]})
		}
		return out
	}
	for _, p := range polygons(x) {
		poly := orb.Polygon{ring(p.ExteriorRing())}
		for i := range p.NumInteriorRings() {
			poly = append(poly, ring(p.InteriorRing(i)))
		}
		s = append(s, poly)
	}
	return s
}

// differing gives every land-use change a class that none of the land under it
// has: what keeps its class is no change in a plan that states the land use after.
func (w *world) differing() {
	g := geometer{geos.NewContext()}
	for i := range w.changes {
		c := &w.changes[i]
		if c.role != "use" {
			continue
		}
		own := g.polygon(c.shape)
		met := map[string]bool{}
		for _, p := range w.land {
			if area(own.IntersectionPrec(g.polygon(p.shape), grid)) > 0 {
				met[p.class] = true
			}
		}
		for _, class := range slices.Concat([]string{c.class}, cropland, construction, ecological, others) {
			if !met[class] {
				c.class = class
				break
			}
		}
	}
}

// TestNationalLayersGiveTheSameFigures holds the same scheme as changes and as the
// national pilot's layers against each other.
func TestNationalLayersGiveTheSameFigures(t *testing.T) {
	seed := setting("ORACLE_SEED", 4_100)
	plans := 0
	for s := seed; plans < setting("ORACLE_PLANS", 12) && s < seed+200; s++ {
		w := newWorld(uint64(s))
		if !w.apart() {
			continue
		}
		plans++
		w.differing()
		t.Run(fmt.Sprint("ORACLE_SEED=", s), func(t *testing.T) {
			p, b := w.plan(), w.base()
			pieces := s%2 == 0
			first := (&kit.Case{Plan: p, Base: b}).Judge(t)
			second := (&kit.Case{Plan: national(p, b, pieces), Base: b}).Judge(t)
			if first.Fault != nil || second.Fault != nil {
				t.Fatal(first.Fault, second.Fault)
			}
			if pieces { // some of them are as small as slivers
				second.Rule("data-slivers").Status = first.Rule("data-slivers").Status
			}
			same(t, first.Report, second.Report, 0.15) // on the grid of GEOS
		})
	}
}

func TestNationalLayersOfTheCleanPlan(t *testing.T) {
	c := kit.NewCase()
	first := c.Judge(t)
	c = kit.NewCase()
	c.Plan = national(c.Plan, c.Base, true)
	second := c.Judge(t)
	if second.Fault != nil {
		t.Fatal(second.Fault)
	}
	same(t, first.Report, second.Report, 0.15)
	if n := second.Report.Ledger.Faces; n != first.Report.Ledger.Faces {
		t.Errorf("%d faces, was %d", n, first.Report.Ledger.Faces)
	}
}

// redrawn moves every vertex of a layer by up to so many metres, alike where
// two parcels share it.
func redrawn(l *kit.Layer, by float64) {
	moved := map[orb.Point]orb.Point{}
	r := rand.New(rand.NewPCG(1, 2))
	for _, row := range l.Rows {
		row.Shape = kit.Map(row.Shape, func(p orb.Point) orb.Point {
			if _, ok := moved[p]; !ok {
				moved[p] = orb.Point{p[0] + (2*r.Float64()-1)*by, p[1] + (2*r.Float64()-1)*by}
			}
			return moved[p]
		})
	}
}

// combed makes strips of a cell: of 4 cm in one class, of 6 cm in another.
func combed(l *kit.Layer, col, row float64, class, between string) {
	middle := kit.At(col+0.5, row+0.5)
	l.Rows = slices.DeleteFunc(l.Rows, func(r *kit.Row) bool { return r.Shape.Bound().Contains(middle) })
	for i := range 1000 {
		x := col + float64(i)/1000
		l.Add(kit.Box(x, row, x+0.0004, row+1), kit.F{"BSM": fmt.Sprint("X", i), "DLBM": class})
		l.Add(kit.Box(x+0.0004, row, x+0.001, row+1), kit.F{"BSM": fmt.Sprint("Y", i), "DLBM": between})
	}
}

func TestNationalLayersGoneWrong(t *testing.T) {
	box := kit.Box
	after := func(c *kit.Case) *kit.Layer { return c.Plan.Layer("SDQYZZHDLTB") }
	for _, x := range []struct {
		name  string
		do    func(c *kit.Case)
		fails string // rules, or the verdict
		says  string // of the text
	}{
		{"边线重绘", func(c *kit.Case) { redrawn(after(c), 0.02) }, "compliant", "边线重绘"},
		{"边线移动半米", func(c *kit.Case) { redrawn(after(c), 0.8) }, "data-cover", ""},
		{"缺一块", func(c *kit.Case) {
			l := after(c)
			l.Rows = slices.DeleteFunc(l.Rows, func(r *kit.Row) bool { return r.Shape.Bound().Contains(kit.At(6.5, 6.5)) })
		}, "data-cover", "没有整治后地类图斑"},
		{"重叠", func(c *kit.Case) { after(c).Add(box(6, 6, 7, 6.5), kit.F{"BSM": "X", "DLBM": "0103"}) }, "data-overlap", ""},
		{"越出整治区域而不变", func(c *kit.Case) { after(c).Add(box(11, 5, 12, 6), kit.F{"BSM": "X", "DLBM": "0103"}) }, "compliant", "在整治区域之外"},
		{"越出整治区域并变更", func(c *kit.Case) { after(c).Add(box(11, 6, 12, 7), kit.F{"BSM": "X", "DLBM": "0102"}) }, "changes-in-project", ""},
		{"画成细梳", func(c *kit.Case) { combed(after(c), 6, 6, "0601", "0103") }, "construction-not-grown", ""},
		{"画成接在村庄边上的细梳", func(c *kit.Case) { combed(after(c), 1, 7, "0702", "1206") }, "construction-not-grown", ""},
		{"地类编码为空", func(c *kit.Case) { after(c).Rows[0].F["DLBM"] = "" }, "data-fields", ""},
		{"没有的地类", func(c *kit.Case) { after(c).Rows[0].F["DLBM"] = "0199" }, "data-codes", ""},
		{"又有地类变更", func(c *kit.Case) { c.Plan.New("DLBG").Add(kit.To("U", "1202", box(2, 5, 3, 6))) }, "refused", "DLBG"},
		{"底图没有地类图斑", func(c *kit.Case) { c.Base.Drop("DLTB") }, "refused", "DLTB"},
		{"写错调整前地类", func(c *kit.Case) { c.Plan.Layer("YJJBNTTZTB").Rows[0].F["TZQDLBM"] = "0301" }, "compliant", "（TZQDLBM）"},
		{"写对调整前地类", func(c *kit.Case) {
			for _, r := range c.Plan.Layer("YJJBNTTZTB").Rows {
				r.F["TZQDLBM"] = "0103"
			}
		}, "compliant", ""},
		{"写错调整后地类", func(c *kit.Case) { c.Plan.Layer("YJJBNTTZTB").Rows[0].F["TZHDLBM"] = "0301" }, "compliant", "（TZHDLBM）"},
		{"不认识的调整类型", func(c *kit.Case) { c.Plan.Layer("YJJBNTTZTB").Rows[0].F["TZLX"] = "1" }, "data-codes", "调出、调入"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := kit.NewCase()
			c.Plan = national(c.Plan, c.Base, true)
			x.do(c)
			a := c.Judge(t)
			text := a.Text
			if a.Fault != nil {
				text = a.Fault.Error()
			}
			if a.Verdict() != x.fails && !slices.Contains(a.Fails(), x.fails) || !strings.Contains(text, x.says) {
				t.Errorf("%s %v, want %s and %q\n%s", a.Verdict(), a.Fails(), x.fails, x.says, text[:min(len(text), 3000)])
			}
		})
	}
}

// TestNationalClassAfter has TZHDLBM change the class where no layer of the land
// use after does.
func TestNationalClassAfter(t *testing.T) {
	c := kit.NewCase()
	first := c.Judge(t)
	c = kit.NewCase()
	out := c.Plan.Layer("YJJBNTTC")
	for _, r := range out.Rows { // O1, O2 are what U1, U2 make yards of
		r.F["TZLX"], r.F["TZHDLBM"], r.F["TZYNDKMJ"], r.F["MJ"] = "TC", "1202", r.F["MJ"], nil
	}
	out.Name = "YJJBNTTZTB"
	c.Plan.Layer("DLBG").DropRow("U1").DropRow("U2")
	c.Plan.Manifest.More = "layers: {YJJBNTTZTB: {values: {TZLX: {TC: out, BH: in}}}}\n"
	second := c.Judge(t)
	if second.Fault != nil {
		t.Fatal(second.Fault)
	}
	same(t, first.Report, second.Report, exact)
	if math.Abs(second.Report.Ledger.Changed-first.Report.Ledger.Changed) > exact {
		t.Errorf("changed %v, was %v", second.Report.Ledger.Changed, first.Report.Ledger.Changed)
	}
}

// TestConvertedPlansGiveTheSameFigures has the program convert random plans, there
// and back.
func TestConvertedPlansGiveTheSameFigures(t *testing.T) {
	seed := setting("ORACLE_SEED", 4_300)
	tried := 0
	for s := seed; tried < setting("ORACLE_PLANS", 6) && s < seed+200; s++ {
		w := newWorld(uint64(s))
		if !w.apart() {
			continue
		}
		tried++
		w.differing()
		t.Run(fmt.Sprint("ORACLE_SEED=", s), func(t *testing.T) {
			c := &kit.Case{Plan: w.plan(), Base: w.base()}
			dir := t.TempDir()
			first := c.JudgeIn(t, dir)
			if first.Fault != nil {
				t.Fatal(first.Fault)
			}
			from, base := c.Laid()
			for _, to := range []string{"national.zip", "back"} {
				to := filepath.Join(dir, to)
				converted(t, from, base, to)
				second := c.JudgePlan(t, to)
				*second.Rule("data-declared-area") = *first.Rule("data-declared-area") // a parcel of land use always states an area
				second.Rule("data-slivers").Status = first.Rule("data-slivers").Status // pieces may be as small as slivers
				same(t, first.Report, second.Report, 0.15)
				from = to
			}
		})
	}
}

func converted(t *testing.T, from, base, to string) {
	t.Helper()
	p, err := plans.Open(t.Context(), from, plans.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := plans.OpenBase(t.Context(), []string{base}, plans.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	made, err := convert.Layers(t.Context(), p, convert.Options{Base: b, Sliver: ledger.SliverLimits{Area: 1, Width: 0.05}})
	if err != nil {
		t.Fatal(err)
	}
	papers, err := convert.Papers(t.Context(), from, p)
	if err == nil {
		err = convert.Write(t.Context(), to, made.Tables, papers)
	}
	if err != nil {
		t.Fatal(err)
	}
}
