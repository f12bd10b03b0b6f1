package shapefile

import (
	"maps"
	"slices"

	"landcheck/geo"
)

// remember takes the records from the cache, if it holds them for the files as
// they are.
func (l *Layer) remember() bool {
	if l.cache == "" {
		return false
	}
	k, h, blocks, err := openKept(l.cache, l.parts.shp, l.print)
	if err != nil || l.table != nil && l.table.rows != h.Records {
		return false
	}
	// The files that are mapped now must be those of the fingerprint.
	if again, err := l.parts.fingerprint(); err != nil || again.text != l.print.text {
		_ = k.file.Close()
		return false
	}
	l.kept, l.known = k, h.Digest
	l.lost.Store(&h.Lost)
	l.records = records{words: k.words, boxes: k.boxes, blocks: blocks}
	l.records.bound = l.boundOf()
	l.length = func() int { return h.Live }
	if l.parts.shx == "" {
		l.odd.Add(noIndex, 0)
	}
	for place, what := range walkIssues() {
		for _, record := range h.Issues[place] {
			l.odd.Add(what, record)
		}
	}
	touch(k.file.Source.Name())
	return true
}

// store has the cache remember a layer that has just been read whole, unless
// its files are too new or have changed meanwhile. Nothing depends on it.
func (l *Layer) store(digest string) {
	if l.cache == "" || l.kept != nil || l.closed.Load() || !l.print.trusted(l.began) {
		return
	}
	h := head{Fingerprint: l.print.text, Digest: digest, Records: l.records.len(), Live: l.Len(), Issues: map[int][]int{}}
	if lost := l.lost.Load(); lost != nil {
		h.Lost = *lost
	}
	seen := l.odd.Snapshot()
	for place, what := range walkIssues() {
		if len(seen[what]) > 0 {
			h.Issues[place] = slices.Sorted(maps.Keys(seen[what]))
		}
	}
	if again, err := l.parts.fingerprint(); err != nil || again.text != l.print.text {
		return
	}
	if keep(l.cache, l.parts.shp, h, &l.records) == nil {
		prune(l.cache)
	}
}

// damaged is a cache whose bytes changed after they were written. It is thrown
// away, so that the next reading does without; who may not do so is told.
func (l *Layer) damaged() error {
	name := l.kept.file.Source.Name()
	if err := l.kept.file.Remove(); err != nil {
		return &geo.InputError{
			Message: geo.Textf("图层缓存 %[1]s 已损坏，且无法删除（%[2]v）", "the cache %[1]s of this layer is damaged and cannot be removed (%[2]v)", name, err),
			Advice:  geo.Text{ZH: "请删除该文件，或另指定缓存目录", EN: "Delete that file, or name another cache directory"},
			Err:     err,
		}
	}
	return &geo.InputError{
		Message: geo.Textf("图层缓存 %s 已损坏，现已删除", "the cache %s of this layer was damaged and has been removed", name),
		Advice:  geo.Text{ZH: "请重新运行", EN: "Run the check again"},
	}
}
