package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// Clusters parts boxes into those that hang together, directly or by way of
// others: what lies in two clusters cannot touch. It gives their places,
// ascending in a cluster; clusters come by their first. An empty box is a
// cluster of its own.
func Clusters(boxes []orb.Bound) [][]int {
	index := NewIndex(boxes)
	seen := make([]bool, len(boxes))
	var all [][]int
	for first := range boxes {
		if seen[first] {
			continue
		}
		seen[first] = true
		queue := []int{first}
		for k := 0; k < len(queue); k++ {
			index.Search(boxes[queue[k]], func(i int) bool {
				if !seen[i] {
					seen[i] = true
					queue = append(queue, i)
				}
				return true
			})
		}
		slices.Sort(queue)
		all = append(all, queue)
	}
	return all
}
