package geo

import "github.com/paulmach/orb"

const (
	// manyRings is from where on looking for soundness costs less than asking
	// GEOS (BenchmarkValidate).
	manyRings = 64
	// maxHoleVertices bounds holes times vertices of their shell, which GEOS
	// holds against each other: two seconds.
	maxHoleVertices = 1 << 31
	// maxNested bounds the pairs of rings of which one's box lies in the
	// other's, which it holds against each other as well: two seconds.
	maxNested = 1 << 21
)

// validRings tells that a shape of many rings is surely valid: they are apart
// and lie in each other as its polygons say. Where that is not certain GEOS is
// to be asked, unless it could not answer in seconds: then it is a *InputError.
func validRings(mp orb.MultiPolygon) (valid bool, err error) {
	rings := ringsOf(mp)
	if len(rings) < manyRings {
		return false, nil
	}
	if parents, ok := Nesting(rings); ok {
		return nestedAsDeclared(mp, parents), nil
	}
	work := 0
	for _, p := range mp {
		if work += len(p) * len(p[0]); work > maxHoleVertices {
			return false, ringsInputError(len(rings))
		}
	}
	boxes := make([]orb.Bound, len(rings))
	for i, r := range rings {
		boxes[i] = r.Bound()
	}
	index, nested := NewIndex(boxes), 0
	for i := range boxes {
		index.Search(boxes[i], func(j int) bool {
			if i != j && boxes[j].Contains(boxes[i].Min) && boxes[j].Contains(boxes[i].Max) {
				nested++
			}
			return nested <= maxNested
		})
	}
	if nested > maxNested {
		return false, ringsInputError(len(rings))
	}
	return false, nil
}

// nestedAsDeclared tells that every hole lies in its own outer ring and no ring in one
// where it may not.
func nestedAsDeclared(mp orb.MultiPolygon, parents []int) bool {
	var holes []bool
	for _, p := range mp {
		for k := range p {
			holes = append(holes, k > 0)
		}
	}
	at := 0
	for _, p := range mp {
		shell := at
		for k := range p {
			parent := parents[at]
			if k > 0 && parent != shell || k == 0 && parent >= 0 && !holes[parent] {
				return false
			}
			at++
		}
	}
	return true
}

func ringsInputError(rings int) *InputError {
	return &InputError{
		Message: Textf("图形有 %d 个互相套叠或相接的环，无法判断是否有效", "the shape has %d rings that lie in each other or touch, too many to tell whether it is valid", rings),
		Advice:  Text{ZH: "请将该图形拆分为多个图斑", EN: "Split the shape into several parcels"}}
}
