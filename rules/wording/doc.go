// Package wording makes sentences in Chinese and English out of parts: lists,
// areas, shares, names of layers.
package wording
