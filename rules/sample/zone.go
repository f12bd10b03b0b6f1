package sample

// use is what a part of a village is set aside for.
type use byte

const (
	open          use = iota // fields or hills, whatever the height says
	countySeat               // the county town
	settlement               // the village's houses
	hollowVillage            // a hollow village 空心村, mostly empty: to be pulled down
	mine                     // a worked-out mine in the hills
	meadow                   // one cell of grass among fields
	reserve                  // good irrigated fields that are not yet PBF
	clearing                 // a field in the middle of the hills
)

type zone struct {
	rect
	use use
}

// zonesIn lists what a block of cells between two lanes is set aside for. The
// pattern repeats every three blocks, so that a large village has more of each.
func (c *County) zonesIn(v int, column, row int, block rect) []zone {
	at := func(u use, x, y, w, h int) zone {
		r := rect{span{block.x.from + x, block.x.from + x + w}, span{block.y.from + y, block.y.from + y + h}}
		return zone{rect{r.x.clip(block.x), r.y.clip(block.y)}, u}
	}
	hilly := v/c.side == c.side-1
	var zones []zone
	switch [2]int{column % 3, row % 3} {
	case [2]int{1, 0}:
		if hilly {
			return []zone{at(settlement, 2, 2, 6, 6)}
		}
		zones = []zone{at(meadow, 2, 3, 1, 1), at(meadow, 7, 6, 1, 1), at(meadow, 4, 9, 1, 1)}
	case [2]int{1, 1}:
		if v == c.seat() && column == 1 && row == 1 {
			return []zone{at(countySeat, 1, 1, 9, 9)}
		}
		if !hilly {
			zones = []zone{at(settlement, 2, 2, 6, 6)}
		}
	case [2]int{0, 1}:
		if !hilly {
			zones = []zone{at(hollowVillage, 4, 4, 3, 3)}
		}
	case [2]int{2, 0}:
		zones = []zone{at(reserve, 1, 1, 9, 8)}
	case [2]int{0, 2}:
		if hilly {
			zones = []zone{at(mine, 4, 2, 3, 2)}
		}
	case [2]int{2, 2}:
		if hilly {
			zones = []zone{at(clearing, 4, 2, 2, 2)}
		}
	case [2]int{0, 0}:
		if !hilly {
			zones = []zone{at(meadow, 5, 5, 1, 1)}
		}
	case [2]int{2, 1}:
		if !hilly {
			zones = []zone{at(meadow, 4, 2, 1, 1), at(meadow, 8, 8, 1, 1)}
		}
	}
	kept := zones[:0]
	for _, z := range zones {
		if z.x.len() > 0 && z.y.len() > 0 {
			kept = append(kept, z)
		}
	}
	return kept
}

// seat is the village that is the county town.
func (c *County) seat() int { return c.village(1, c.side/2-1) }
