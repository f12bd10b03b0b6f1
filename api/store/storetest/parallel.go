package storetest

import (
	"flag"
	"runtime"
	"strconv"
)

// Overlap has four tests at one time on a machine of fewer processors, unless
// somebody said how many: they mostly wait. Call it before the tests run.
func Overlap() {
	const most = 4
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) && runtime.GOMAXPROCS(0) < most {
		f.Value.Set(strconv.Itoa(most))
	}
}
