package inplace

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"landcheck/geo"
)

// Cache remembers a layer from one process to the next: where its records lie,
// its digest, and what checks found out about it. It is believed while the
// layer's files are what they were when every byte of them was read; the answers
// are the same with it and without. Its zero value remembers nothing.
type Cache struct {
	// Began is when reading the files began. Files changed less than two
	// seconds before are not remembered: they may change again without a trace.
	Began time.Time

	dir    string // "" remembers nothing
	layer  string // the first file, by which it is called
	files  []string
	kinds  []IssueKind
	print  fingerprint // of the files when they were opened
	kept   *kept       // what the cache had
	closed atomic.Bool

	reading sync.Once // of areas
	areas   *areaFile
}

// Memory is what a cache holds of a layer that was read whole.
type Memory struct {
	Digest string
	Live   int              // records that are not deleted
	Lost   []geo.LostValues // figures, by the bytes of its table
	Words  []uint32         // where each record is, as the reader counts; nil if that stands elsewhere
	Records
}

// WorthKeeping is the size of files from which a cache pays, bytes.
const WorthKeeping = 1 << 20

// Open makes ready to remember in a directory ("": not at all) the layer that
// files make up, unless the first of them, by which it is called, is smaller than
// some size in bytes. It is called before any of them is mapped: Read compares.
// Kinds are the issues that reading them may note; the order is part of the
// format.
func (c *Cache) Open(dir string, least int64, kinds []IssueKind, files ...string) {
	if dir == "" {
		return
	}
	c.Began = time.Now()
	print, err := fingerprintOf(files)
	if err != nil || print.size < least {
		return // without it, then
	}
	c.dir, c.layer, c.files, c.kinds, c.print = dir, files[0], files, kinds, print
}

// Known reports whether the layer was remembered.
func (c *Cache) Known() bool { return c.kept != nil }

// Read gives what is remembered of the layer, whose files are mapped by now and
// have so many records (-1: that is not known); false if nothing is, or nothing
// of these files. What was odd is noted again. The boxes and words are mapped,
// and held against their checksums by the finders of Records.
func (c *Cache) Read(records int, odd *Issues) (Memory, bool) {
	if c.dir == "" {
		return Memory{}, false
	}
	path, err := keptPath(c.dir, c.layer, layerEnding)
	if err != nil {
		return Memory{}, false
	}
	k, h, blocks, err := openKept(path, c.print.text)
	if err != nil {
		return Memory{}, false
	}
	// The files that are mapped now must be those of the fingerprint.
	if records >= 0 && records != h.Records || !c.unchanged() {
		_ = k.file.Close()
		return Memory{}, false
	}
	c.kept = k
	for place, what := range c.kinds {
		for _, record := range h.Issues[place] {
			odd.Add(what, record)
		}
	}
	touch(path)
	return Memory{Digest: h.Digest, Live: h.Live, Lost: h.Lost, Words: k.words, Records: Records{Boxes: k.boxes, Blocks: blocks, check: c.check}}, true
}

// Write remembers a layer that has just been read whole, unless its files are
// too new or have changed meanwhile. Nothing depends on it.
func (c *Cache) Write(m Memory, odd *Issues) {
	if c.dir == "" || c.Known() || c.closed.Load() || !c.print.trusted(c.Began) {
		return
	}
	h := head{Fingerprint: c.print.text, Digest: m.Digest, Records: len(m.Boxes), Words: len(m.Words), Live: m.Live, Lost: m.Lost, Issues: map[int][]int{}}
	seen := odd.Snapshot()
	for place, what := range c.kinds {
		if len(seen[what]) > 0 {
			h.Issues[place] = slices.Sorted(maps.Keys(seen[what]))
		}
	}
	if !c.unchanged() {
		return
	}
	path, err := keptPath(c.dir, c.layer, layerEnding)
	if err == nil && keep(path, h, &m.Records, m.Words) == nil {
		prune(c.dir)
	}
}

// unchanged reports whether the files are those that were opened.
func (c *Cache) unchanged() bool {
	again, err := fingerprintOf(c.files)
	return err == nil && again.text == c.print.text
}

// check holds a block of what the cache had against its checksum. A cache whose
// bytes changed after they were written is thrown away, so that the next reading
// does without; who may not do so is told.
func (c *Cache) check(block int) error {
	if c.kept.sound(block) {
		return nil
	}
	name := c.kept.file.Source.Name()
	if err := c.kept.file.Remove(); err != nil {
		return &geo.InputError{
			Message: geo.Textf("图层缓存 %[1]s 已损坏，且无法删除（%[2]v）", "the cache %[1]s of this layer is damaged and cannot be removed (%[2]v)", name, geo.SystemText(err)),
			Advice:  geo.Text{ZH: "请删除该文件，或另指定缓存目录", EN: "Delete that file, or name another cache directory"},
			Err:     err,
		}
	}
	return &geo.InputError{
		Message: geo.Textf("图层缓存 %s 已损坏，现已删除", "the cache %s of this layer was damaged and has been removed", name),
		Advice:  geo.Text{ZH: "请重新运行", EN: "Run the check again"},
	}
}

// Close has the cache remember what was learned of the layer, and unmaps it. It
// may be called twice.
func (c *Cache) Close() error {
	if c.closed.Swap(true) {
		return nil
	}
	c.writeAreas()
	if c.kept == nil {
		return nil
	}
	return c.kept.file.Close()
}
