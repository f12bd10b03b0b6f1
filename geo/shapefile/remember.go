package shapefile

import "landcheck/geo/inplace"

// remember takes the records from the cache, if it holds them for the files as
// they are.
func (l *Layer) remember() bool {
	rows := -1
	if l.table != nil {
		rows = l.table.rows
	}
	m, ok := l.cache.Read(rows, &l.odd)
	if !ok {
		return false
	}
	l.known = m.Digest
	l.lost.Store(&m.Lost)
	l.records = records{words: m.Words, Records: m.Records}
	l.length = func() int { return m.Live }
	if l.parts.shx == "" {
		l.odd.Add(noIndex, 0)
	}
	return true
}

// store has the cache remember a layer that has just been read whole.
func (l *Layer) store(digest string) {
	if l.cache.Known() || l.closed.Load() {
		return
	}
	m := inplace.Memory{Digest: digest, Live: l.Len(), Words: l.records.words, Records: l.records.Records}
	if lost := l.lost.Load(); lost != nil {
		m.Lost = *lost
	}
	l.cache.Write(m, &l.odd)
}
