package access

import (
	"log/slog"
	"strings"
)

// Log is a caller for the log: a token by its id and the name that it was given;
// of a JWT only what tells that two requests are of the same person.
func (c Caller) Log() slog.Attr {
	id, isToken := strings.CutPrefix(c.ID, "token:")
	switch {
	case isToken:
		return slog.Group("token", "id", id, "name", c.Name)
	case c.ID == "" || c.Address != "":
		return slog.Group("token") // which is left out
	}
	return slog.Group("token", "subject", HashToken(c.ID)[:12])
}
