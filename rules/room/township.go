package room

import (
	"context"
	"maps"
	"math/big"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/spelling"
	"landcheck/rules/wording"

	"github.com/paulmach/orb"
)

// Township is what one township has left. Areas are net of ridges, m².
type Township struct {
	Code, Name string
	Designated float64
	Decreed    bool    // base.yaml states Designated; Summed is what the layer adds up to
	Summed     float64 // m², where decreed
	Moved      float64 // PBF that earlier projects took out
	MovedIn    float64 // PBF that they brought in
	// Room is what the limit leaves, in whole 0.01 m², below 0 where more than it
	// has left already; Known tells whether it can be said.
	Room  float64
	Known bool
	Why   geo.Text // why it cannot
	// Out and In are its candidates.
	Out, In  Sum
	Geometry orb.MultiPolygon // in Room.CRS; nil where the base data does not draw it
}

// Sum is a number of candidates with their areas, m².
type Sum struct {
	Count     int
	Area, Net float64
}

// Total adds townships up. Its Room is what those that are known leave: what one
// has moved too much takes nothing from another.
func (r *Room) Total() Township {
	t := Township{Known: true}
	for _, s := range r.Townships {
		t.Designated += s.Designated
		t.Moved += s.Moved
		t.MovedIn += s.MovedIn
		if s.Known {
			t.Room += max(s.Room, 0)
		} else {
			t.Known = false
		}
		t.Out.add(s.Out)
		t.In.add(s.In)
	}
	return t
}

func (s *Sum) add(o Sum) {
	s.Count += o.Count
	s.Area += o.Area
	s.Net += o.Net
}

// townships are all that the base data knows, by code.
func (s *survey) townships(ctx context.Context, l *ledger.Ledger) ([]Township, error) {
	drawn, err := s.Base.Near(ctx, domain.Townships, s.room.CRS, nil)
	if err != nil {
		return nil, err
	}
	shapes := map[string]orb.MultiPolygon{}
	for i := range drawn {
		shapes[drawn[i].Code] = append(shapes[drawn[i].Code], drawn[i].Geometry...)
	}
	all := s.left(l)
	for i := range all {
		all[i].Geometry = shapes[all[i].Code]
	}
	return all, nil
}

// left is what each township has left, without its shape.
func (s *survey) left(l *ledger.Ledger) []Township {
	moved, movedIn := movedBy(s.Prior, func(p plan.Prior) float64 { return p.PBFOut }), movedBy(s.Prior, func(p plan.Prior) float64 { return p.PBFIn })
	codes := map[string]bool{}
	for code := range l.Townships {
		codes[code] = true
	}
	for code := range l.Designated {
		codes[code] = true
	}
	var all []Township
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if !s.wants(code) {
			continue
		}
		d := l.Designated[code]
		t := Township{Code: code, Name: l.Townships[code], Designated: geo.RoundArea(d.Area), Decreed: d.Decreed, Summed: geo.RoundArea(d.Summed), Moved: moved[code], MovedIn: movedIn[code]}
		t.settle(d, s.room.Limit)
		all = append(all, t)
	}
	for _, p := range s.Prior {
		if _, known := l.Townships[p.Township]; !known {
			s.room.Notices = append(s.room.Notices, s.strayPrior(p, l.Townships))
		}
	}
	return all
}

// settle says what the limit leaves: the most that, with what was moved before,
// still keeps it, compared as the rule does in whole 0.01 m².
func (t *Township) settle(d ledger.Designation, limit *big.Rat) {
	switch {
	case limit == nil:
		t.Why = geo.Text{ZH: "规则册未设调整上限", EN: "the rulebook sets no limit"}
	case d.Doubtful > 0 && !d.Decreed:
		t.Why = geo.Textf("有 %[1]d 个永久基本农田图斑填报的净面积与图斑面积不符，划定面积不可靠；请更正，或在 base.yaml 的 designated: 中写明",
			"%[1]d PBF records declare a net area that their gross area cannot bear, so the designated area cannot be relied on; correct them, or state it under designated: in base.yaml", d.Doubtful)
	default:
		most := new(big.Int).Mul(big.NewInt(geo.Centi(d.Area)), limit.Num())
		most.Div(most, limit.Denom()) // rounds down: neither is below 0
		t.Known, t.Room = true, float64(most.Int64()-geo.Centi(t.Moved))/100
	}
}

// movedBy sums a figure of earlier projects by township, exactly, m².
func movedBy(prior []plan.Prior, figure func(plan.Prior) float64) map[string]float64 {
	sums := map[string]*big.Rat{}
	for _, p := range prior {
		if sums[p.Township] == nil {
			sums[p.Township] = new(big.Rat)
		}
		if f := new(big.Rat).SetFloat64(figure(p)); f != nil {
			sums[p.Township].Add(sums[p.Township], f)
		}
	}
	out := map[string]float64{}
	for code, sum := range sums {
		m2, _ := sum.Float64()
		out[code] = geo.RoundArea(m2)
	}
	return out
}

// strayPrior tells of a township under prior that the base data does not have: a
// digit amiss would pass in silence.
func (s *survey) strayPrior(p plan.Prior, townships map[string]string) geo.Notice {
	message := geo.Textf("prior 的乡镇 %[1]s 不在底图的乡镇（XZQ）中，所列调出 %[2]s 没有计入任何乡镇",
		"township %[1]s under prior is not among the townships (XZQ) of the base data; the %[2]s taken out count towards none", p.Township, wording.Area(p.PBFOut))
	if near := spelling.Nearest(p.Township, slices.Sorted(maps.Keys(townships))); near != "" {
		message = geo.Textf("%[1]s；是否应为 %[2]s？", "%[1]s; did you mean %[2]s?", message, near)
	}
	return geo.Notice{Severity: geo.Warning, File: s.PriorFile, Record: p.Line, Message: message}
}
