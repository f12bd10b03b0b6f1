package oracle

import (
	"fmt"
	"strings"

	"landcheck/rules/proving/kit"
)

// makePlan draws a plan: some features follow parcels, others lie anyhow;
// some overlap each other or what leaves.
func (w *world) makePlan() {
	w.project = []kit.Shape{{{w.rect(0.1, 0.12, 0.75, 0.85)}}}
	switch {
	case w.chance(0.25):
		hole := w.star(w.at(0.4, 0.4), 120)
		hole.Reverse()
		w.project[0][0] = append(w.project[0][0], hole)
	case w.chance(0.25):
		w.project = append(w.project, kit.Shape{{w.rect(0.78, 0.3, 0.95, 0.8)}})
	case w.chance(0.3):
		w.project = []kit.Shape{{{w.rect(0.01, 0.01, 0.99, 0.99)}}}
	}
	for range w.r.IntN(4) {
		w.add("out", w.near(w.pbf, 0.75, 50))
	}
	for range w.r.IntN(5) {
		w.add("in", w.near(w.land, 0.7, 60))
	}
	for range 1 + w.r.IntN(6) {
		w.add("use", w.near(w.land, 0.6, 60))
	}
	for i := range w.r.IntN(3) {
		w.add("urban", w.figure(40))
		c := &w.changes[len(w.changes)-1]
		if c.added = i%2 == 0; !c.added { // only what lies in the boundary can leave it
			c.shape = kit.Shape{{w.star(w.urban[0].shape.Bound().Center(), 30+60*w.r.Float64())}}
		}
	}
	if w.chance(0.3) {
		w.add("line", w.figure(60))
		w.changes[len(w.changes)-1].added = w.chance(0.5)
	}
	if w.chance(0.2) && len(w.changes) > 1 { // the same land twice, in another role
		w.add(pick(w, "in", "out", "use"), w.changes[0].shape)
	}
	if w.chance(0.3) {
		w.prior[pick(w, w.towns...).code] = float64(w.r.IntN(20_000))
	}
	w.tune()
}

// near is a parcel or a part of it, else any figure.
func (w *world) near(from []parcel, share, radius float64) kit.Shape {
	if len(from) > 0 && w.chance(share) {
		return w.part(pick(w, from...))
	}
	return w.figure(radius)
}

func (w *world) add(role string, s kit.Shape) {
	c := change{role: role, shape: s}
	if role == "use" {
		c.class = pick(w, pick(w, cropland...), pick(w, cropland...), pick(w, construction...), pick(w, ecological...), pick(w, others...))
	}
	if role == "use" || role == "in" {
		if w.chance(0.7) {
			c.grade = some(4 + w.r.IntN(9))
		}
		if w.chance(0.5) {
			c.ridge = some(pick(w, 0, 0.01, 0.06, 0.12))
		}
		c.surveyed = w.chance(0.4)
	}
	w.changes = append(w.changes, c)
}

// tune brings the township of the first land out near to the limit of 5 %: its
// prior moves are what is left to it, give or take some m².
func (w *world) tune() {
	if !w.chance(0.35) {
		return
	}
	j := judge(w)
	for _, c := range j.caps {
		if c.out > 0 && c.designated > 0 && 0.05*c.designated > c.out+10 {
			w.prior = map[string]float64{c.code: 0.05*c.designated - c.out + pick(w, -3, -1, 1, 3, 0.5, -0.5)}
			return
		}
	}
}

// plan is the plan as files.
func (w *world) plan() *kit.Package {
	p := &kit.Package{Manifest: kit.NewManifest()}
	names := map[string]string{"out": "YJJBNTTC", "in": "YJJBNTBH", "use": "DLBG", "urban": "CZKFBJTZ", "line": "STBHHXTZ"}
	area := p.New("ZZQY")
	for i, s := range w.project {
		area.Add(s, kit.F{"BSM": fmt.Sprint(i + 1)})
	}
	layers := map[string]*kit.Layer{}
	for i, c := range w.changes {
		l := layers[c.role]
		if l == nil {
			l = p.New(names[c.role])
			layers[c.role] = l
		}
		f := kit.F{"BSM": fmt.Sprintf("%s%d", strings.ToUpper(c.role[:1]), i), "NF": 2026}
		switch c.role {
		case "use":
			f["BGHDLBM"] = c.class
			fallthrough
		case "in":
			put(f, "KCXS", c.ridge)
			putInt(f, "ZLDB", c.grade)
			if c.surveyed {
				f = survey(c.shape, f)
			}
		case "urban", "line":
			f["TZLX"] = map[bool]string{true: "1", false: "2"}[c.added]
		}
		l.Add(c.shape, f)
	}
	if len(w.prior) > 0 {
		p.Manifest.More = "prior:\n"
		for code, out := range w.prior {
			p.Manifest.More += fmt.Sprintf("  - {project: \"150123-2024-02\", township: %q, pbf_out_m2: %.2f, pbf_in_m2: 0}\n", code, out)
		}
	}
	return p
}

func survey(s kit.Shape, f kit.F) kit.F {
	f["SCMJ"], f["SCFF"], f["SCRQ"] = kit.Area(s), "RTK", "20260420"
	return f
}
