package geo

// #cgo pkg-config: geos
// extern const char *GEOSversion(void);
import "C"

import "strings"

// GEOSVersion is the version of the GEOS library that computes, as it says at
// run time ("3.11.1"): it need not be the one that the program was built with.
func GEOSVersion() string {
	version, _, _ := strings.Cut(C.GoString(C.GEOSversion()), "-") // "3.11.1-CAPI-1.17.1"
	return version
}
