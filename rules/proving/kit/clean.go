package kit

// Project is the project area of the clean plan: columns 1-9, rows 4-8.
var Project = Box(1, 4, 10, 9)

// Survey gives a row the fields of a field survey of its own area.
func Survey(s Shape, f F) F {
	f["SCMJ"], f["SCFF"], f["SCRQ"] = Area(s), "RTK", "20260420"
	return f
}

// change is a row's common fields.
func change(id string, s Shape, f F) F {
	f["BSM"], f["MJ"], f["NF"], f["XMBH"] = id, Area(s), 2026, "ZXM-01"
	return f
}

// Out is a row of land that leaves PBF.
func Out(id string, s Shape) (Shape, F) { return s, change(id, s, F{"DCRQ": "20260901"}) }

// In is a row of land that enters PBF.
func In(id string, s Shape) (Shape, F) {
	return s, change(id, s, F{"YSRQ": "20260501", "ZLDB": 9, "GDPDJB": 2})
}

// To is a change of land class.
func To(id, class string, s Shape) (Shape, F) {
	return s, change(id, s, F{"BGHDLBM": class, "YT": nil})
}

// Tilled is new cropland with its survey, grade, slope and ridges.
func Tilled(id string, s Shape) (Shape, F) {
	f := Survey(s, change(id, s, F{"BGHDLBM": "0103", "YSRQ": "20260428"}))
	f["ZLDB"], f["GDPDJB"], f["KCXS"] = 9, 1, Ridge
	return s, f
}

// Clean is a complete plan that complies with every clause and has every
// paper: 1.5 hm² of PBF leave for yards (1202), 1.8 hm² of cropland enter, 1.6
// hm² of bare land and 0.5 hm² of a pulled down village become cropland, 0.3 hm²
// become houses.
func Clean() *Package {
	p := &Package{Manifest: NewManifest()}
	p.New("ZZQY").Add(Project, F{"BSM": "1"})
	p.New("YJJBNTTC").Add(Out("O1", Box(2, 5, 3, 6))).Add(Out("O2", Box(8, 5, 8.5, 6)))
	p.New("YJJBNTBH").Add(In("I1", Box(2, 6, 3.2, 7))).Add(In("I2", Box(8, 6, 8.6, 7)))
	p.New("DLBG").
		Add(To("U1", "1202", Box(2, 5, 3, 6))).
		Add(To("U2", "1202", Box(8, 5, 8.5, 6))).
		Add(Tilled("N1", Box(2, 7, 3.6, 8))).
		Add(Tilled("N2", Box(2, 8, 2.5, 9))).
		Add(To("B1", "0702", Box(5, 7, 5.3, 8)))
	return p
}
