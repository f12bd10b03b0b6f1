package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

type artifact struct {
	*os.File
	size int64
}

func (a artifact) Size() int64 { return a.size }

// Artifact opens a file of the check's own directory; no name leads out of it,
// and no link that a run left.
func (s *Store) Artifact(ctx context.Context, id, name string) (store.Artifact, error) {
	c, err := s.Check(ctx, id)
	if err != nil {
		return nil, err
	}
	if c.State != store.Done || !store.IsArtifact(name) {
		return nil, store.ErrNotFound
	}
	root, err := os.OpenRoot(s.path(checksDir, id, filesDir))
	if err != nil {
		if _, gone := s.Check(ctx, id); gone != nil { // deleted meanwhile
			return nil, gone
		}
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer root.Close()
	info, err := find(root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENAMETOOLONG), err == nil && !info.Mode().IsRegular():
		return nil, store.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("store: artifact %q: %w", name, transient.Mark(err))
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("store: artifact %q: %w", name, transient.Mark(err))
	}
	return artifact{f, info.Size()}, nil
}

// find looks at a file; where a link or a file stands for one of its
// directories, it is not there.
func find(root *os.Root, name string) (info fs.FileInfo, err error) {
	for at := range len(name) {
		if name[at] != '/' {
			continue
		}
		if info, err = root.Lstat(name[:at]); err != nil {
			return nil, err
		}
		if !info.IsDir() {
			return nil, fs.ErrNotExist
		}
	}
	return root.Lstat(name)
}
