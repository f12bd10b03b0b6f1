package embedded

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// Backup writes what a data directory holds, as a tar, also while a server has
// it: plans, checks, artifacts, tokens' hashes and the audit trail, as they were
// at one time; checks that wait or run wait in it. Base data, which is files
// outside of it, and what it caches are not in it. What may change meanwhile is
// copied to the scratch directory, best on the disk that the tar goes to: the
// store's may be full. A directory that is no store's is a *geo.InputError.
func Backup(ctx context.Context, dir, scratch string, to io.Writer) (m Manifest, err error) {
	if err := IsStore(dir); err != nil {
		return m, err
	}
	sweepSnapshots(dir)
	s, err := takeSnapshot(ctx, dir, scratch)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	m = Manifest{Format: manifestFormat, Taken: time.Now().UTC().Truncate(time.Second), Plans: len(s.plans), Checks: len(s.checks)}
	if m.Files, err = s.digests(ctx); err != nil {
		return m, err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("store: %w", err)
	}
	w := tar.NewWriter(to)
	if err := w.WriteHeader(&tar.Header{Name: manifestName, Mode: privateFile, Size: int64(len(text)), ModTime: m.Taken}); err != nil {
		return m, err
	}
	if _, err := w.Write(text); err != nil {
		return m, err
	}
	for _, f := range m.Files {
		if err := s.save(ctx, w, f, m.Taken); err != nil {
			return m, err
		}
	}
	return m, w.Close()
}

// IsStore is a *geo.InputError for a directory that no server has kept anything
// in, and for one that was not restored to its end.
func IsStore(dir string) error {
	if err := unfinishedRestore(dir); err != nil {
		return err
	}
	for _, d := range []string{plansDir, checksDir} {
		if info, err := os.Stat(filepath.Join(dir, d)); err != nil || !info.IsDir() {
			return &geo.InputError{File: dir, Err: err,
				Message: geo.Text{ZH: "不是 landcheck serve 的数据目录", EN: "this is no data directory of landcheck serve"},
				Advice:  geo.Text{ZH: "请用 --data 指定服务所用的目录", EN: "Name the service's directory by --data"}}
		}
	}
	return nil
}

// digests reads every file of a snapshot once, in the order of their names.
func (s *snapshot) digests(ctx context.Context) (files []SavedFile, err error) {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		in, err := s.open(name)
		if err != nil {
			return nil, err
		}
		sum := sha256.New()
		n, err := io.Copy(sum, geo.Cancelled(ctx, in))
		if in.Close(); err != nil {
			return nil, outside(ctx, err)
		}
		files = append(files, SavedFile{name, n, hex.EncodeToString(sum.Sum(nil))})
	}
	return files, nil
}

func (s *snapshot) save(ctx context.Context, w *tar.Writer, f SavedFile, at time.Time) error {
	in, err := s.open(f.Name)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := w.WriteHeader(&tar.Header{Name: f.Name, Mode: privateFile, Size: f.Size, ModTime: at}); err != nil {
		return err
	}
	_, err = io.CopyN(w, geo.Cancelled(ctx, in), f.Size)
	return err
}

// outside is a failed reading as what it is: none of the store's making, unless
// somebody ended it.
func outside(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("store: %w", transient.Mark(err))
}

// sweepSnapshots removes those that a backup left which was killed. One that is
// held is being saved.
func sweepSnapshots(dir string) {
	left, err := filepath.Glob(filepath.Join(dir, snapshotName+"*"))
	if err != nil {
		return // of a directory whose name is a pattern: the next server sweeps it
	}
	for _, path := range left {
		if !heldByOther(path) {
			_ = outfile.RemoveAll(path) // what stays is tried again next time
		}
	}
}
