package main

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/geo/catalog"
)

// watched are files whose changes are waited for. They are asked for size and time
// again and again: a network drive, where plans of a bureau often lie, tells of no
// change that another machine makes (inotify does not see it), and a package has
// few enough files.
type watched struct {
	inputs  []input
	outputs []string // what a check writes is no change
	plan    string   // beside or above which a landcheck.yaml may come
	seen    map[string]stamp
}

// stamp is what tells two states of a file apart. Its inode is not asked for: some
// network drives give another each time.
type stamp struct {
	size int64
	time time.Time
}

// look is the state of all files; those that are not there are not in it.
func (w *watched) look() map[string]stamp {
	now := map[string]stamp{}
	for _, in := range w.inputs {
		for _, path := range readWith(in.path) {
			w.add(now, path)
		}
	}
	if path := findSettings(w.plan); path != "" {
		w.add(now, path)
	}
	return now
}

// add adds a file, or those in a folder.
func (w *watched) add(now map[string]stamp, path string) {
	path = follow(path)
	_ = filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil: // gone, or not to be listed: whoever opens it says so
			return nil
		case at != path && passing(at):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := os.Stat(at) // through links
		if err == nil && !info.IsDir() && !slices.ContainsFunc(w.outputs, func(o string) bool { return sameFile(o, at) }) {
			now[at] = stamp{info.Size(), info.ModTime().Round(0)}
		}
		return nil
	})
}

// readWith are the files that are read with one: those of a Shapefile, and what a
// GeoPackage has not yet taken in.
func readWith(path string) []string {
	switch ext := filepath.Ext(path); strings.ToLower(ext) {
	case ".shp":
		stem := strings.TrimSuffix(filepath.Base(path), ext) + "."
		entries, _ := os.ReadDir(filepath.Dir(path))
		list := []string{path}
		for _, e := range entries {
			if at := filepath.Join(filepath.Dir(path), e.Name()); strings.HasPrefix(e.Name(), stem) && at != path && !passing(at) {
				list = append(list, at)
			}
		}
		return list
	case ".gpkg":
		return []string{path, path + "-wal"}
	}
	return []string{path}
}

// passing tells the files that programs keep only while they have others open, and
// what they write before they rename it.
func passing(path string) bool {
	name := filepath.Base(path)
	lower := strings.ToLower(name)
	return catalog.Junk(name) || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		slices.Contains([]string{".tmp", ".temp", ".swp", ".bak", ".lock", ".part", ".crdownload"}, filepath.Ext(lower)) ||
		strings.HasSuffix(lower, "-shm") || strings.HasSuffix(lower, "-journal")
}

// next waits until files differ from those seen and then stay as they are from one
// look to the next, so that a save of several files is one change, and gives the
// names of those that differ. slow is called once where they go on changing. The
// error is the end of ctx.
func (w *watched) next(ctx context.Context, every time.Duration, slow func()) ([]string, error) {
	const patience = 10 // looks
	last := w.seen
	for unsettled := 0; ; {
		if err := pause(ctx, every); err != nil {
			return nil, err
		}
		now := w.look()
		switch {
		case !maps.Equal(now, last):
			if unsettled++; unsettled == patience {
				slow()
			}
		case !maps.Equal(now, w.seen):
			return differing(w.seen, now), nil
		default:
			unsettled = 0
		}
		last = now
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// differing are the names of files of which two states are not the same.
func differing(old, now map[string]stamp) []string {
	var names []string
	for path, s := range now {
		if was, there := old[path]; !there || was != s {
			names = append(names, filepath.Base(path))
		}
	}
	for path := range old {
		if _, there := now[path]; !there {
			names = append(names, filepath.Base(path))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
