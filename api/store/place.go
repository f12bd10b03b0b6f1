package store

// additional is how many more checks a process makes than it has workers.
const additional = 2

// Places is how many checks a process of n workers makes at one time: n, and two
// more. The last free places are each for a county of which no check is running,
// so that the long checks of one county, or of two, never have another's wait for
// their end.
func Places(n int) int {
	if n < 1 {
		return 0
	}
	return n + additional
}
