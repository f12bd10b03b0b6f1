package deliver

import (
	"cmp"
	"slices"
)

// shareOut shares a figure of whole 0.01 m² out by weights, each share rounded, the
// residual on the largest: how the areas of a parcel that is cut become those of its
// pieces (图斑面积按面积比例分摊，余差归最大块). Without weights the first has it all.
func shareOut(total int64, weights []float64) []int64 {
	if len(weights) == 0 {
		return nil
	}
	sum, largest := 0.0, 0
	for i, w := range weights {
		sum += w
		if w > weights[largest] {
			largest = i
		}
	}
	shares, left := make([]int64, len(weights)), total
	for i, w := range weights {
		if sum > 0 {
			shares[i] = centi(float64(total) / 100 * w / sum)
			left -= shares[i]
		}
	}
	shares[largest] += left
	return shares
}

// balance rounds figures, m², so that they add up to their sum's rounding: the
// residual goes in steps of 0.01 m² to the largest of them (平差, the largest
// first), so that each is within 0.01 m² of itself.
func balance(figures []float64) []int64 {
	rounded, sum, left := make([]int64, len(figures)), 0.0, int64(0)
	order := make([]int, len(figures))
	for i, f := range figures {
		rounded[i], order[i] = centi(f), i
		sum += f
		left -= rounded[i]
	}
	left += centi(sum)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(figures[b], figures[a]) })
	for k := 0; left != 0 && len(order) > 0; k++ {
		step := int64(1)
		if left < 0 {
			step = -1
		}
		rounded[order[k%len(order)]] += step
		left -= step
	}
	return rounded
}
