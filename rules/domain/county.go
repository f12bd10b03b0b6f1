package domain

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed counties.txt
var countyTable string

// counties are names by code, read when the first is asked for.
var counties = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(countyTable) {
		code, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if around, name, named := strings.Cut(rest, " "); ok && named && code != "#" {
			names[code] = around + name
			if around == name { // a prefecture without counties
				names[code] = name
			}
		}
	}
	return names
})

// CountyName is the name of a county, after that of its prefecture, by its code of six
// digits (GB/T 2260); "" for a code that the table lacks.
func CountyName(code string) string { return counties()[code] }
