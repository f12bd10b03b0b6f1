// Package report shows a result.Report to people and to programs, one writer a
// format.
//
//	Formats, ByName, ByPath   the one table of formats
//	Input                     what a writer is given
//	WriteFile                 a file, whole or not at all
//	Read                      the JSON report back
//	Drawing                   the map of the HTML report
//
// The same input gives the same bytes: no clock, no host, no map order.
package report
