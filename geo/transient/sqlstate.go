package transient

import "slices"

// IsState tells whether an SQLSTATE is of a database that cannot do its work
// now, whoever asks: the statements are the program's own, so that no plan
// brings these about. The codes are those of PostgreSQL's documentation,
// appendix A.
func IsState(code string) bool {
	return len(code) == 5 && (slices.Contains(stateClasses, code[:2]) || slices.Contains(states, code))
}

var stateClasses = []string{
	"08", // connection exception
	"28", // invalid authorization: a password or a rule was changed
	"40", // rolled back: serialization, deadlock, a conflict with recovery
	"53", // no disk, no memory, too many connections, a configured limit
	"55", // an object in use, a lock that is not to be had
	"57", // an operator's: shutdown, crash, starting up, dropped, a cancelled statement
	"58", // the system's: input and output, a file that is gone
}

var states = []string{
	"25006", // read only: a standby, or a primary that was made one
	"25P03", // idle in a transaction for too long
	"25P04", // the transaction took too long
	"26000", // a statement that was prepared on another connection
	"3D000", // the database is not there
	"3F000", // nor is its schema
	"42P01", // nor a table: a restore is under way, or a version was dropped
	"42501", // a right was taken away
	"XX001", // damaged data
	"XX002", // a damaged index
}
