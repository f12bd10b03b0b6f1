package oracle

import (
	"fmt"

	"landcheck/rules/proving/kit"
)

// groups are the classes that occur, by the groups of 1.3.
var (
	cropland     = []string{"0101", "0102", "0103"}
	construction = []string{"0702", "0602", "0701", "1003"}
	ecological   = []string{"0301", "0401", "0303", "1101"}
	others       = []string{"1206", "0201", "1202", "0201K", "1006"}
)

// makeBase fills the county: townships, villages and parcels each divide the
// one above by slanted lines; basic farmland is most of the cropland.
func (w *world) makeBase() {
	for i, t := range w.split(w.rect(0, 0, 1, 1), 3) {
		town := code(kit.County, 101+i)
		w.towns = append(w.towns, parcel{shape: kit.Shape{{t}}, code: town})
		for k, v := range w.split(t, 2) {
			village := code(town, 201+k)
			w.villages = append(w.villages, parcel{shape: kit.Shape{{v}}, code: village})
			for _, p := range w.split(v, 12) {
				w.addParcel(kit.Shape{{p}}, village)
			}
		}
	}
	for range 1 + w.r.IntN(2) {
		w.red = append(w.red, parcel{shape: w.figure(220)})
	}
	inner := w.figure(60)
	outer := w.figure(300)
	w.urban = []parcel{{shape: outer}, {shape: inner}}
}

func (w *world) addParcel(s kit.Shape, village string) {
	p := parcel{shape: s, code: village, ridge: some(0.0)}
	switch x := w.r.Float64(); {
	case x < 0.6:
		p.class, p.ridge, p.grade = pick(w, cropland...), some(pick(w, 0, 0.0213, 0.08, 0.1375)), some(5+w.r.IntN(8))
	case x < 0.75:
		p.class = pick(w, construction...)
	case x < 0.9:
		p.class = pick(w, ecological...)
	default:
		p.class = pick(w, others...)
	}
	w.land = append(w.land, p)
	if p.grade != nil && w.chance(0.65) {
		f := parcel{shape: s, code: village, ridge: p.ridge, grade: some(max(1, *p.grade+w.r.IntN(3)-1))}
		if w.chance(0.2) {
			f.ridge = some(0.05)
		}
		if w.chance(0.8) {
			f.declared = some(kit.Area(s) * (1 - *f.ridge) * (0.97 + 0.05*w.r.Float64()))
		}
		w.pbf = append(w.pbf, f)
	}
}

func put(f kit.F, name string, v *float64) {
	f[name] = nil
	if v != nil {
		f[name] = *v
	}
}

func putInt(f kit.F, name string, v *int) {
	f[name] = nil
	if v != nil {
		f[name] = *v
	}
}

// base is the county as files.
func (w *world) base() *kit.Package {
	b := &kit.Package{}
	towns, villages := b.New("XZQ"), b.New("CJDCQ")
	for _, p := range w.towns {
		towns.Add(p.shape, kit.F{"XZQDM": p.code, "XZQMC": "镇" + p.code})
	}
	for _, p := range w.villages {
		villages.Add(p.shape, kit.F{"ZLDWDM": p.code + "0000000", "ZLDWMC": "村" + p.code})
	}
	land, pbf := b.New("DLTB"), b.New("YJJBNTTB")
	for i, p := range w.land {
		f := kit.F{"BSM": fmt.Sprint("D", i), "DLBM": p.class, "ZLDWDM": p.code + "0000000", "TBMJ": kit.Area(p.shape), "TBXHDM": "", "GDPDJB": 1}
		put(f, "KCXS", p.ridge)
		putInt(f, "GDDB", p.grade)
		land.Add(p.shape, f)
	}
	for i, p := range w.pbf {
		f := kit.F{"BSM": fmt.Sprint("Y", i), "DLBM": "0103", "ZLDWDM": p.code + "0000000", "YJJBNTTBMJ": kit.Area(p.shape), "GDPDJB": 1}
		put(f, "KCXS", p.ridge)
		put(f, "YJJBNTMJ", p.declared)
		putInt(f, "ZLDB", p.grade)
		pbf.Add(p.shape, f)
	}
	red, urban := b.New("STBHHX"), b.New("CZKFBJ")
	for i, p := range w.red {
		red.Add(p.shape, kit.F{"BSM": fmt.Sprint("H", i)})
	}
	for i, p := range w.urban {
		urban.Add(p.shape, kit.F{"BSM": fmt.Sprint("C", i)})
	}
	for _, name := range []string{"JBCY", "LSWHBHX", "FHLD", "YJJBNTCBQ", "HHGLFW"} {
		b.New(name)
	}
	return b
}
