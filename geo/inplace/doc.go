// Package inplace is what readers of land data share that map a file and decode
// only what a query asks for: the mapped file and its guard, the boxes of the
// records and the search through them, and what was odd about a layer.
package inplace
