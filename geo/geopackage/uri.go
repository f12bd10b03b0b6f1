package geopackage

import (
	"net/url"
	"strings"
)

// fileURI names a file to SQLite by its absolute path, with slashes; one of
// Windows begins with a drive, before which there is a slash too.
func fileURI(path string) string {
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
