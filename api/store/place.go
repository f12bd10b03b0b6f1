package store

// additional is how many more checks a process makes than it has workers.
const additional = 3

// Places is how many checks a process of n workers makes at one time: n, and
// three more, so that the long checks of some counties never have another's wait
// for their end.
func Places(n int) int {
	if n < 1 {
		return 0
	}
	return n + additional
}

// Place says which counties may have a free place.
type Place int

// The places of a process, in the order in which they are taken.
const (
	AnyPlace  Place = iota // of a county whose turn it is
	IdlePlace              // of one of which no check is running
	LonePlace              // of one of which none is running and just one waits: none that floods
)

// PlaceOf is what the next place of a process of n workers is that makes busy
// checks: the last one of all is never held by those who have more waiting.
func PlaceOf(busy, n int) Place {
	switch {
	case busy < n:
		return AnyPlace
	case busy < n+additional-1:
		return IdlePlace
	default:
		return LonePlace
	}
}
