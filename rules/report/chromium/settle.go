package chromium

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

var (
	made = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}[-+]\d\d'\d\d'\)`)
	node = regexp.MustCompile(`\(node\d{8}\)`)
)

// settled is a PDF without what differs from one run to the next: the day is the
// caller's in place of the clock's, and the names of tagged elements, which
// count what the browser had made before, are numbered from 1 in their order.
// No length changes, so that the table of a PDF's objects stays true, and names
// stay sorted, as a tree of names has to be.
func settled(pdf []byte, day string) []byte {
	digits := "20000101"
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		digits = t.Format("20060102")
	}
	pdf = made.ReplaceAll(pdf, []byte("/$1 (D:"+digits+"000000+00'00')"))
	var names []string
	seen := map[string]bool{}
	for _, name := range node.FindAll(pdf, -1) {
		if s := string(name); !seen[s] {
			seen[s] = true
			names = append(names, s)
		}
	}
	slices.Sort(names)
	number := make(map[string][]byte, len(names))
	for i, name := range names {
		number[name] = fmt.Appendf(nil, "(node%08d)", i+1)
	}
	return node.ReplaceAllFunc(pdf, func(name []byte) []byte { return number[string(name)] })
}
