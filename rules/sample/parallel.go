package sample

import (
	"runtime"
	"sync"
)

// inParallel calls work for 0 to n-1, in stretches, on every core. The calls
// must not depend on each other.
func inParallel(n int, work func(k int)) {
	const stretch = 256
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for from := range next {
				for k := from; k < min(from+stretch, n); k++ {
					work(k)
				}
			}
		})
	}
	for from := 0; from < n; from += stretch {
		next <- from
	}
	close(next)
	wg.Wait()
}
