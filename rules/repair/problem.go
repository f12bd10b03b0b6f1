package repair

import (
	"slices"
)

// problem is to choose moves so that every limit holds, at the least cost.
type problem struct {
	limits []*limit
	now    []sums // of the limits before any move
	moves  []move // deltas by limit
}

// answer is a choice of moves.
type answer struct {
	chosen []int // ascending places in moves
	price  price
	// least is a cost that no choice goes below; that of the answer where it is
	// the least.
	least int64
	ok    bool // false: no choice was found
}

// price is what is made small: land in 0.01 m², then the number of parcels.
type price struct {
	cost    int64
	parcels int
}

func (p price) less(q price) bool {
	return p.cost < q.cost || p.cost == q.cost && p.parcels < q.parcels
}

func (p price) plus(q price) price { return price{p.cost + q.cost, p.parcels + q.parcels} }

func (m *move) price() price { return price{m.cost, m.parcels} }

// gain is by how much a move brings a limit nearer to holding, in its own unit.
func (p *problem) gain(k int, m *move) float64 {
	d, l := m.deltas[k], p.limits[k]
	if l.means != nil {
		return l.margin(p.now[k].plus(d)) - l.margin(p.now[k])
	}
	return (float64(float64(l.inequality.HaveWeight)*float64(d.have)) - float64(float64(l.inequality.NeedWeight)*float64(d.need))) / microPerCenti
}

const microPerCenti = 10_000

// holds tells whether every limit holds with sums.
func (p *problem) holds(s []sums) bool {
	for k, l := range p.limits {
		if l.margin(s[k]) < 0 {
			return false
		}
	}
	return true
}

// with are the sums after moves.
func (p *problem) with(chosen []int) []sums {
	s := slices.Clone(p.now)
	for _, i := range chosen {
		for k := range s {
			s[k] = s[k].plus(p.moves[i].deltas[k])
		}
	}
	return s
}

// lowest is a cost that no choice goes below: for each limit that does not hold,
// what its gains cost at least if moves could be made in part.
func (p *problem) lowest() int64 {
	most := int64(0)
	for k := range p.limits {
		_, least := p.inPart(k)
		most = max(most, least)
	}
	return most
}

// rate is what a unit of the only limit's gain costs at the edge, and the lowest
// cost of all.
func (p *problem) rate() (rate float64, least int64) { return p.inPart(0) }

func (p *problem) inPart(k int) (rate float64, least int64) {
	l := p.limits[k]
	short := -l.margin(p.now[k]) - p.slack(k)
	if short <= 0 || l.means != nil {
		return 0, 0
	}
	var order []int
	for i := range p.moves {
		if p.gain(k, &p.moves[i]) > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return p.cheaper(k, a, b) })
	cost := 0.0
	for _, i := range order {
		g := p.gain(k, &p.moves[i])
		rate = float64(p.moves[i].cost) / g
		cost += float64(min(1, short/g) * float64(p.moves[i].cost))
		if short -= g; short <= 0 {
			break
		}
	}
	return rate, int64(cost)
}

// cheaper orders moves by what a gain costs.
func (p *problem) cheaper(k, a, b int) int {
	x := float64(p.moves[a].cost) * p.gain(k, &p.moves[b])
	y := float64(p.moves[b].cost) * p.gain(k, &p.moves[a])
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return a - b
}

// slack is what rounding two sums to 0.01 m² may be worth.
func (p *problem) slack(k int) float64 {
	if p.limits[k].means != nil {
		return 0
	}
	q := p.limits[k].inequality
	return float64(q.HaveWeight + q.NeedWeight)
}
