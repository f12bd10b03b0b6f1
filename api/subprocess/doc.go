// Package subprocess runs one task in one process of its own, so that what a
// task does to its process it does to nobody else: memory, time, a fatal error,
// a loop that nothing interrupts.
//
//	Pool.Run     the parent's side: start, hand over, watch, end, tell how it ended
//	Serve        the child's side: take the task, work, answer
//	End          how a child ended, and whose doing that was
//
// Both talk by lines of JSON: the parent on the child's standard input, the
// child on its standard output. The end of the input is the end of the child,
// wherever a system has nothing better to tie a child to its parent. A child
// has one task only: it never saw another's.
package subprocess
