package oracle

import (
	"slices"
	"strings"

	"github.com/twpayne/go-geos"

	"landcheck/rules/proving/kit"
)

// state is what rules/ledger/README.md, Faces, says of a piece before or after.
type state struct {
	class                             string
	crop, build, eco, pbf, red, urban bool
	pbfNet, cropNet                   float64
	grade                             int // 0: unknown
}

func (s *state) setClass(class string) {
	s.class = class
	s.crop, s.build, s.eco = slices.Contains(cropland, class), slices.Contains(construction, class), slices.Contains(ecological, class)
}

// states works out before and after of a piece.
func (w *world) states(p *piece) {
	b := &p.before
	var ground parcel
	if p.land >= 0 {
		ground = w.land[p.land]
	}
	b.setClass(ground.class)
	ridge := value(ground.ridge)
	b.grade = grade(ground.grade)
	b.red, b.urban = p.red, p.urban
	if b.crop {
		b.cropNet = p.area * (1 - ridge)
	}
	if p.pbf >= 0 {
		f := w.pbf[p.pbf]
		b.pbf = true
		if f.grade != nil {
			b.grade = *f.grade
		}
		b.pbfNet = p.area * (1 - *f.ridge)
		if f.declared != nil {
			b.pbfNet = *f.declared * p.area / kit.Area(f.shape)
		}
	}
	w.after(p, ridge)
}

// after: a claim of the ridge coefficient counts on new cropland, else with a
// survey in the same record (or where it claims nothing new); the land that enters goes before the change of
// class.
func (w *world) after(p *piece, base float64) {
	a := &p.after
	*a = p.before
	var claims []change
	if p.in >= 0 {
		claims = append(claims, w.changes[p.in])
	}
	if p.use >= 0 {
		claims = append(claims, w.changes[p.use])
		a.setClass(w.changes[p.use].class)
	}
	stays := p.before.crop && a.crop
	ridge, surveyed, known := base, false, base
	if p.pbf >= 0 {
		known = *w.pbf[p.pbf].ridge
	}
	for _, c := range claims {
		if c.grade != nil {
			a.grade = *c.grade
			break
		}
	}
	for _, c := range claims {
		if c.ridge == nil || stays && !c.surveyed && *c.ridge != known {
			continue
		}
		if !stays || c.surveyed {
			ridge, surveyed = *c.ridge, c.surveyed
		}
		break
	}
	for _, c := range claims { // a survey that says the same serves
		surveyed = surveyed || c.surveyed && c.ridge != nil && *c.ridge == ridge && (ridge != base || !stays)
	}
	a.pbf = p.before.pbf && p.out < 0 || p.in >= 0
	a.cropNet = 0
	if a.crop {
		a.cropNet = p.area * (1 - ridge)
	}
	switch {
	case !a.pbf:
		a.pbfNet = 0
	case !p.before.pbf, surveyed: // PBF that stays keeps its share of what was declared, but for a survey
		a.pbfNet = p.area * (1 - ridge)
	}
	a.red = (p.before.red || p.lineAdded) && !p.lineRemoved
	a.urban = (p.before.urban || p.added) && !p.removed
}

func value(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

func grade(v *int) int {
	if v == nil {
		return 0
	}
	return *v
}

// balance is two sums; slivers is what of minus lies in pieces that count as
// slivers.
type balance struct{ plus, minus, slivers float64 }

// forbidden is land that must not be, of it what counts as slivers.
type forbidden struct{ area, slivers float64 }

// capped is one township's 5 %.
type capped struct {
	code                            string
	out, prior, designated, slivers float64
}

// judged is the oracle's answer.
type judged struct {
	caps     []capped
	balances map[string]balance
	forbids  map[string]forbidden
	means    map[string][]float64 // after, before, areas, and the area without grade on either side
	changed  float64
}

func judge(w *world) judged {
	pieces, g := w.pieces()
	j := judged{balances: map[string]balance{}, forbids: map[string]forbidden{}, means: map[string][]float64{}}
	for _, p := range pieces {
		w.states(p)
		j.changed += p.area
	}
	leaves := func(p *piece) bool { return p.before.pbf && !p.after.pbf }
	enters := func(p *piece) bool { return !p.before.pbf && p.after.pbf }
	for i, t := range w.towns {
		c := capped{code: t.code, prior: w.prior[t.code]}
		here := func(p *piece) bool { return leaves(p) && p.town == i }
		c.out = total(pieces, func(p *piece) float64 { return p.before.pbfNet }, here)
		c.slivers = g.forbid(pieces, here).slivers
		for _, f := range w.pbf {
			if strings.HasPrefix(f.code, t.code) {
				net := kit.Area(f.shape) * (1 - *f.ridge)
				if f.declared != nil {
					net = *f.declared
				}
				c.designated += net
			}
		}
		j.caps = append(j.caps, c)
	}
	j.sums(pieces, g, leaves, enters)
	j.lands(pieces, g, leaves, enters)
	return j
}

func total(pieces []*piece, of func(*piece) float64, where func(*piece) bool) float64 {
	sum := 0.0
	for _, p := range pieces {
		if where(p) {
			sum += of(p)
		}
	}
	return sum
}

type test = func(*piece) bool

func (j *judged) sums(pieces []*piece, g geometer, leaves, enters test) {
	gross := func(p *piece) float64 { return p.area }
	was := func(p *piece) float64 { return p.before.pbfNet }
	is := func(p *piece) float64 { return p.after.pbfNet }
	inside := func(t test) test { return func(p *piece) bool { return p.project && t(p) } }
	add := func(id string, plus func(*piece) float64, where test, minus func(*piece) float64, against test) {
		j.balances[id] = balance{total(pieces, plus, where), total(pieces, minus, against), g.forbid(pieces, against).slivers}
	}
	add("pbf-area-kept", is, enters, was, leaves)
	add("pbf-compensation-in-project", is, inside(enters), was, leaves)
	gain := func(p *piece) float64 { return p.after.cropNet - p.before.cropNet }
	loss := func(p *piece) float64 { return -gain(p) }
	gains := func(p *piece) bool { return gain(p) > 0 }
	loses := func(p *piece) bool { return gain(p) < 0 }
	add("cropland-area-kept", gain, inside(gains), loss, inside(loses))
	add("cropland-area-kept/all", gain, gains, loss, loses)
	released := func(p *piece) bool { return p.before.build && !p.after.build && p.after.class != "" }
	built := func(p *piece) bool { return !p.before.build && p.after.build }
	add("construction-not-grown", gross, inside(released), gross, inside(built))
	add("demolition-covers-building", gross, released, gross, built)
	add("urban-boundary-scale", gross, func(p *piece) bool { return p.before.urban && !p.after.urban },
		gross, func(p *piece) bool { return !p.before.urban && p.after.urban })
}

func (j *judged) lands(pieces []*piece, g geometer, leaves, enters test) {
	add := func(id string, where test) { j.forbids[id] = g.forbid(pieces, where) }
	add("pbf-urban-kept", func(p *piece) bool { return leaves(p) && p.enclosed })
	add("pbf-in-is-new", func(p *piece) bool { return p.in >= 0 && p.before.pbf })
	add("pbf-undeclared-loss", func(p *piece) bool {
		return p.before.pbf && p.after.pbf && p.use >= 0 && p.after.class != "" && p.after.class != p.before.class && !p.after.crop
	})
	add("red-line-not-occupied", func(p *piece) bool {
		return (p.before.red || p.after.red) && (p.before.eco && !p.after.eco || !p.before.build && p.after.build || enters(p))
	})
	add("changes-in-project", func(p *piece) bool {
		return !p.project && (p.in < 0 || p.out >= 0 || p.added || p.removed || p.lineAdded || p.lineRemoved)
	})
	j.mean("pbf-quality-kept", pieces, enters, leaves, func(p *piece, after bool) float64 { return pick2(after, p.after.pbfNet, p.before.pbfNet) })
	stays := func(p *piece) bool { return p.before.pbf && p.after.pbf }
	j.mean("pbf-quality-kept/stays", pieces, stays, stays, func(p *piece, after bool) float64 { return pick2(after, p.after.pbfNet, p.before.pbfNet) })
	j.mean("cropland-quality-kept", pieces, func(p *piece) bool { return p.after.crop }, func(p *piece) bool { return p.before.crop },
		func(p *piece, after bool) float64 { return pick2(after, p.after.cropNet, p.before.cropNet) })
}

func pick2(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

// mean weighs grades after over one set against grades before over another.
func (j *judged) mean(id string, pieces []*piece, after, before test, weight func(*piece, bool) float64) {
	var sum, area, ungraded [2]float64
	for _, p := range pieces {
		for k, t := range []test{after, before} {
			if !t(p) {
				continue
			}
			a, grade := weight(p, k == 0), p.after.grade
			if k == 1 {
				grade = p.before.grade
			}
			if grade == 0 {
				ungraded[k] += a
				continue
			}
			area[k] += a
			sum[k] += a * float64(grade)
		}
	}
	if area[0] > 0 && area[1] > 0 {
		j.means[id] = []float64{sum[0] / area[0], sum[1] / area[1], min(area[0], area[1]), max(ungraded[0]/area[0], ungraded[1]/area[1])}
	}
}

// forbid joins the land that a rule is about and tells slivers from pieces: less
// than 1 m², or less than 0.05 m wide on average (2A/P).
func (g geometer) forbid(pieces []*piece, where test) forbidden {
	var f forbidden
	var geoms []*geos.Geom
	for _, p := range pieces {
		if where(p) {
			f.area += p.area
			geoms = append(geoms, p.geom)
		}
	}
	if len(geoms) == 0 {
		return f
	}
	for _, p := range polygons(g.union(geoms)) {
		if a := area(p); a < 1.01 || 2*a/p.Length() < 0.051 {
			f.slivers += a
		}
	}
	return f
}
