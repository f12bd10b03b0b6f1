package inplace

import "landcheck/geo"

// known is what the cache knows of the layer's areas and texts, and what is
// learned.
func (c *Cache) known() *areaFile {
	c.reading.Do(func() {
		c.areas = newAreaFile()
		if c.dir == "" {
			return
		}
		if path, err := keptPath(c.dir, c.layer, areaFileEnding); err == nil {
			c.areas = readAreaFile(path, c.print.text)
			touch(path)
		}
	})
	return c.areas
}

// Areas gives the area of record i (from 0) in a system, m²; 0 where it is not
// known.
func (c *Cache) Areas(system geo.CRS) func(i int) float64 {
	f := c.known()
	return func(i int) float64 { return f.area(system, i) }
}

// SetAreas remembers areas in a system by the record, from 0, m².
func (c *Cache) SetAreas(system geo.CRS, areas map[int]float64) {
	if c.dir == "" || len(areas) == 0 {
		return
	}
	f := c.known()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for i, area := range areas {
		f.setAreas(system, i, area)
	}
}

// SetMetadata remembers a text.
func (c *Cache) SetMetadata(key, text string) {
	if c.dir == "" {
		return
	}
	f := c.known()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.notes[key] != text {
		f.notes[key], f.news = text, true
	}
}

// Metadata is the text under a key.
func (c *Cache) Metadata(key string) (text string, ok bool) {
	f := c.known()
	f.mutex.RLock()
	defer f.mutex.RUnlock()
	text, ok = f.notes[key]
	return text, ok
}

// writeAreas has the cache remember what was learned, unless the files are too
// new or have changed meanwhile. Nothing depends on it.
func (c *Cache) writeAreas() {
	if c.areas == nil || !c.areas.news || !c.print.trusted(c.Began) || !c.unchanged() {
		return
	}
	path, err := keptPath(c.dir, c.layer, areaFileEnding)
	if err != nil {
		return
	}
	parts, err := c.areas.parts(c.print.text)
	if err == nil && replaceKept(path, parts...) == nil {
		prune(c.dir)
	}
}
