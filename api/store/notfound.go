package store

import (
	"errors"
)

// IsAbsent tells of ErrNotFound.
func IsAbsent(err error) bool { return errors.Is(err, ErrNotFound) }
