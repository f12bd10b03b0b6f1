package store

// Places is how many checks a process of n workers makes at one time: n, and one
// more. The last free place is for a county of which no check is running, so
// that the long checks of one county never have another's wait for their end.
func Places(n int) int {
	if n < 1 {
		return 0
	}
	return n + 1
}
