package store

// additional is how many more checks a process makes than it has workers.
const additional = 3

// Slots is how many checks a process of n workers makes at one time: n, and
// three more, so that the long checks of some counties never have another's wait
// for their end.
func Slots(n int) int {
	if n < 1 {
		return 0
	}
	return n + additional
}

// Slot says which counties may have a free slot.
type Slot int

// The slots of a process, in the order in which they are taken.
const (
	AnySlot  Slot = iota // of a county whose turn it is
	IdleSlot             // of one of which no check is running
	LoneSlot             // of one of which none is running and just one waits: none that floods
)

// SlotOf is what the next slot of a process of n workers is that makes busy
// checks: the last one of all is never held by those who have more waiting.
func SlotOf(busy, n int) Slot {
	switch {
	case busy < n:
		return AnySlot
	case busy < n+additional-1:
		return IdleSlot
	default:
		return LoneSlot
	}
}
