// Package inplace is what readers of land data share that map a file and decode
// only what a query asks for.
//
//	file.go         a mapped file;  guard.go: its being cut short;  sequential.go: read in order
//	records.go      the boxes of the records;  find.go, query.go: the search through them
//	reading.go      a reading of records
//	ring.go         a record's rings, tidy and nested
//	issues.go       what was odd about a layer
//	hash.go         its digest
//	cache.go        what is remembered of it from one process to the next
//	fingerprint.go  what tells files from what they become
//	kept.go         where the records are;  areafile.go: what was found out
//	prune.go        how large a cache may become
package inplace
