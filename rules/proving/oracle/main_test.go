package oracle

import (
	"fmt"
	"os"
	"testing"
)

// TestMain: the tables say what the second edition of the rules asks for,
// which is still being built; PROVING=1 tries them.
func TestMain(m *testing.M) {
	if os.Getenv("PROVING") == "" {
		fmt.Println("skipped: set PROVING=1 to try these plans")
		return
	}
	os.Exit(m.Run())
}
