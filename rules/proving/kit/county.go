package kit

import "fmt"

// County is 六位代码 of the made-up county, Towns its townships (west, east),
// Villages the villages: south and north of each township.
const County = "150123"

// Towns are the townships, west (columns 0-7) and east (8-15).
var Towns = []string{"150123101", "150123102"}

// Villages are the villages: rows 0-4 and 5-9 of the western, then of the
// eastern township.
var Villages = []string{"150123101201", "150123101202", "150123102201", "150123102202"}

// Ridge is the ridge coefficient of all cropland of the county.
const Ridge = 0.02

// class is what lies in a cell:
//
//	row 9  town 0-3 · river 4-7 · forest in the red line 8-11 · shelterbelt 12-13 · old village, heritage 14-15
//	row 8  village 0-3 · basic grassland 4-7 · forest in the red line 8-11 · village 12-15
//	row 7  bare land 0-7 · other grassland 8-15
//	row 6  cropland, not PBF
//	0-5    PBF; the urban boundary encloses columns 0-2 of rows 0-2 with a window in
//	       the middle, the red line columns 12-15 of rows 0-3 likewise
func class(col, row int) string {
	switch {
	case row <= 6:
		return "0103"
	case row == 7:
		return []string{"1206", "0404"}[col/8]
	case row == 8:
		return []string{"0702", "0401", "0301", "0702"}[col/4]
	case col < 4:
		return "0701"
	case col < 8:
		return "1101"
	case col < 12:
		return "0301"
	case col < 14:
		return "0305"
	}
	return "0702"
}

// Village is the code of the village that a cell lies in.
func Village(col, row int) string { return Villages[col/8*2+row/5] }

// Base is the county's base data with every role that a rule may ask for.
func Base() *Package {
	b := &Package{}
	towns, villages := b.New("XZQ"), b.New("CJDCQ")
	for i, code := range Towns {
		towns.Add(Box(float64(8*i), 0, float64(8*i+8), 10), F{"XZQDM": code, "XZQMC": []string{"西镇", "东镇"}[i]})
	}
	for i, code := range Villages {
		c, r := float64(i/2*8), float64(i%2*5)
		villages.Add(Box(c, r, c+8, r+5), F{"ZLDWDM": code + "0000000", "ZLDWMC": fmt.Sprintf("第%d村", i+1)})
	}
	land, pbf := b.New("DLTB"), b.New("YJJBNTTB")
	for row := range 10 {
		for col := range 16 {
			s := Box(float64(col), float64(row), float64(col+1), float64(row+1))
			area := Area(s)
			f := F{"BSM": fmt.Sprintf("D%02d%02d", row, col), "DLBM": class(col, row), "ZLDWDM": Village(col, row) + "0000000",
				"TBMJ": area, "KCXS": 0.0, "KCMJ": 0.0, "TBDLMJ": area, "GDPDJB": nil, "GDDB": nil, "TBXHDM": ""}
			if row <= 6 {
				f["KCXS"], f["KCMJ"], f["TBDLMJ"] = Ridge, area*Ridge, area*(1-Ridge)
				f["GDPDJB"], f["GDDB"] = 2, 9
			}
			land.Add(s, f)
			if row <= 5 {
				pbf.Add(s, F{"BSM": fmt.Sprintf("Y%02d%02d", row, col), "DLBM": "0103", "ZLDWDM": Village(col, row) + "0000000",
					"YJJBNTTBMJ": area, "YJJBNTMJ": area * (1 - Ridge), "KCXS": Ridge, "GDPDJB": 2, "ZLDB": 9})
			}
		}
	}
	b.New("STBHHX").Add(Box(8, 8, 12, 10), F{"BSM": "H1"}).Add(Minus(Box(12, 0, 16, 4), Box(13, 1, 15, 3)), F{"BSM": "H2"})
	b.New("CZKFBJ").Add(Box(0, 9, 4, 10), F{"BSM": "C1", "GHFQMC": "集中建设区"}).
		Add(Minus(Box(0, 0, 3, 3), Box(1, 1, 2, 2)), F{"BSM": "C2", "GHFQMC": "集中建设区"})
	b.New("JBCY").Add(Box(4, 8, 8, 9), F{"BSM": "G1"})
	b.New("LSWHBHX").Add(Box(14, 9, 16, 10), F{"BSM": "W1"})
	b.New("FHLD").Add(Box(12, 9, 14, 10), F{"BSM": "L1"})
	b.New("YJJBNTCBQ").Add(Box(0, 6, 8, 7), F{"BSM": "B1"})
	b.New("HHGLFW").Add(Box(4, 9, 8, 10), F{"BSM": "S1"})
	return b
}
