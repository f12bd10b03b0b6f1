package embedded

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"landcheck/geo"
	"landcheck/geo/transient"
)

const (
	restoring = "restoring" // in a directory that is being restored: no server takes it
	unpacking = ".restore-" // where it is unpacked
)

// Restore makes a data directory of a backup of the given length, 0 unknown. The
// directory has to be empty or not there, or hold but what a restore that was
// killed left, which goes. Every file has to be one that a store
// keeps, listed in the manifest and as it says; anything else is a *geo.InputError,
// and the directory is left empty or not there.
func Restore(ctx context.Context, from io.Reader, length int64, dir string) (m Manifest, err error) {
	made, err := emptyDir(dir)
	if err != nil {
		return m, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return m, unusable(dir, err)
	}
	defer root.Close()
	held, err := lock(root)
	if err != nil {
		return m, err
	}
	defer unlock(held)
	if _, err = emptyDir(dir); err != nil { // nobody filled it before it was held
		return m, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, clear(dir, made))
		}
	}()
	if err := os.WriteFile(filepath.Join(dir, restoring), nil, privateFile); err != nil {
		return m, unusable(dir, err)
	}
	if err := errors.Join(syncDir(dir), clearRest(dir)); err != nil {
		return m, fmt.Errorf("store: %w", transient.Mark(err))
	}
	r := &restore{dir: dir, tar: tar.NewReader(geo.Cancelled(ctx, from))}
	if r.into, err = os.MkdirTemp(dir, unpacking); err != nil {
		return m, fmt.Errorf("store: %w", transient.Mark(err))
	}
	if m, err = r.manifest(length); err != nil {
		return m, err
	}
	if err := r.files(m); err != nil {
		return m, err
	}
	return m, r.publish()
}

// restore is one under way.
type restore struct {
	dir, into string
	tar       *tar.Reader
}

func notABackup(problem geo.Text, err error) *geo.InputError {
	return &geo.InputError{Message: problem, Err: err,
		Advice: geo.Text{ZH: "请给出 landcheck backup 写出的完整文件；没有恢复任何内容", EN: "Name a whole file that landcheck backup wrote; nothing was restored"}}
}

// interrupted tells that a reading ended because whoever asked for it gave up.
func interrupted(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// next is the header of the next file.
func (r *restore) next() (*tar.Header, error) {
	h, err := r.tar.Next()
	switch {
	case interrupted(err):
		return nil, err
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case err != nil:
		return nil, notABackup(geo.Textf("备份文件读不完：%v", "the backup cannot be read to its end: %v", err), err)
	case h.Typeflag != tar.TypeReg:
		return nil, notABackup(geo.Textf("备份中的 %q 不是普通文件", "%q in the backup is no regular file", h.Name), nil)
	}
	return h, nil
}

// files unpacks what the manifest lists, in its order, and nothing else.
func (r *restore) files(m Manifest) error {
	root, err := os.OpenRoot(r.into) // no name leads out of it
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer root.Close()
	for _, d := range []string{plansDir, checksDir, basesDir} {
		if err := root.Mkdir(d, privateDir); err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
	}
	for _, f := range m.Files {
		h, err := r.next()
		if errors.Is(err, io.EOF) {
			return notABackup(geo.Textf("备份文件不完整：缺少 %q", "the backup is not whole: %q is missing", f.Name), nil)
		}
		if err != nil {
			return err
		}
		if h.Name != f.Name || h.Size != f.Size {
			return notABackup(geo.Textf("备份中的 %[1]q（%[2]d 字节）与清单中的 %[3]q（%[4]d 字节）不符", "%[1]q (%[2]d bytes) in the backup is not %[3]q (%[4]d bytes) of its manifest", h.Name, h.Size, f.Name, f.Size), nil)
		}
		if err := r.file(root, f); err != nil {
			return err
		}
	}
	if h, err := r.next(); !errors.Is(err, io.EOF) {
		if err != nil {
			return err
		}
		return notABackup(geo.Textf("备份中的 %q 不在清单中", "%q in the backup is not in its manifest", h.Name), nil)
	}
	return nil
}

func (r *restore) file(root *os.Root, f SavedFile) error {
	if err := root.MkdirAll(path.Dir(f.Name), privateDir); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	out, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, sum), r.tar)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		if transient.Is(err) || interrupted(err) {
			return fmt.Errorf("store: %w", err)
		}
		return notABackup(geo.Textf("备份文件读不完：%v", "the backup cannot be read to its end: %v", err), err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != f.SHA256 {
		return notABackup(geo.Textf("备份中的 %q 与清单中的 SHA-256 不符，文件已损坏", "%q in the backup does not have the SHA-256 of its manifest: it is damaged", f.Name), nil)
	}
	return nil
}

// publish moves what was unpacked to its place. Until the mark is gone no
// server takes the directory.
func (r *restore) publish() error {
	entries, err := os.ReadDir(r.into)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	for _, e := range entries {
		if err := os.Rename(filepath.Join(r.into, e.Name()), filepath.Join(r.dir, e.Name())); err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
	}
	for _, step := range []func() error{
		func() error { return os.Remove(r.into) },
		func() error { return syncDir(r.dir) },
		func() error { return os.Remove(filepath.Join(r.dir, restoring)) },
		func() error { return syncDir(r.dir) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
	}
	return nil
}

// unfinishedRestore is a *geo.InputError for a directory of which a restore was
// interrupted.
func unfinishedRestore(dir string) error {
	if !exists(filepath.Join(dir, restoring)) {
		return nil
	}
	return &geo.InputError{File: dir,
		Message: geo.Text{ZH: "上一次 landcheck restore 没有完成", EN: "a landcheck restore into this directory did not end"},
		Advice:  geo.Text{ZH: "请重新恢复到该目录，或恢复到另一个目录", EN: "Restore into it again, or into another one"}}
}
