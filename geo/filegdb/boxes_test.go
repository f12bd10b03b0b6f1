package filegdb

import (
	"bytes"
	"strings"
	"testing"
)

// TestLyingBox: a shape that its own box does not cover is refused by whoever
// reads it and by the digest, which reads all: a search would pass over it.
func TestLyingBox(t *testing.T) {
	l := opened(t, unpacked(t, "made/deleted.gdb.zip"))["图斑"]
	row, _, _ := l.table.row(3)
	spans, bad := l.table.split(row, len(l.table.fields), nil)
	if bad != nil {
		t.Fatal(bad.message.EN)
	}
	at := spans[l.table.shape.field]
	blob := bytes.Clone(row[at.from:at.to])
	if bad := l.table.inspectShape(blob, new(room)); bad != nil {
		t.Fatal(bad.message.EN)
	}
	c := cursor{data: blob}
	for range 5 { // type, vertices, parts, west, south
		c.uint()
	}
	blob[c.at] -= 2 // two steps less wide
	if bad := l.table.inspectShape(blob, new(room)); bad == nil || !strings.Contains(bad.message.EN, "box") {
		t.Errorf("the digest says %v", bad)
	}
	h, bad := readHead(blob)
	if bad != nil {
		t.Fatal(bad.message.EN)
	}
	if _, bad := h.rings(blob, &l.table.shape.grid, new(room)); bad == nil || !strings.Contains(bad.message.EN, "box") {
		t.Errorf("a reader says %v", bad)
	}
}
