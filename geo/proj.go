package geo

// #cgo pkg-config: proj
// #include <proj.h>
//
// static void unheard(void *data, int level, const char *message) {}
//
// static void silence(void) { proj_log_func(NULL, NULL, unheard); }
import "C"

import (
	"os"
	"sync"

	"github.com/twpayne/go-proj/v11"
)

// newPROJ is a context of PROJ without its database, of which nothing is asked:
// all systems share a datum. To open it takes 5 ms, a fiftieth of a check; PROJ
// would complain on standard error that it is not there.
func newPROJ() *proj.Context {
	silencePROJ()
	c := proj.NewContext()
	c.SetSearchPaths([]string{os.DevNull})
	return c
}

// silencePROJ silences the contexts made after it. Errors are told by what fails.
var silencePROJ = sync.OnceFunc(func() { C.silence() })
