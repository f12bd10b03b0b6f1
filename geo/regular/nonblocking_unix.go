//go:build unix

package regular

import "syscall"

// nonblocking has the opening of a pipe without a writer return at once.
const nonblocking = syscall.O_NONBLOCK
