package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// link takes in all files of a directory of the store.
func (s *snapshot) link(dir string) error {
	return filepath.WalkDir(filepath.Join(s.from, filepath.FromSlash(dir)), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
		if !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") || d.Name() == deletedFile {
			return nil
		}
		name, err := filepath.Rel(s.from, path)
		if err != nil {
			return err
		}
		return s.linkFile(filepath.ToSlash(name))
	})
}

// linkFile takes in a file that never changes: by a link, or, where none can be
// made, as long as nobody deletes it.
func (s *snapshot) linkFile(name string) error {
	from := filepath.Join(s.from, filepath.FromSlash(name))
	if s.links != "" {
		link := filepath.Join(s.links, strconv.Itoa(s.linked))
		s.linked++
		err := os.Link(from, link)
		if err == nil {
			s.files[name] = source{path: link}
			return nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if _, err := os.Lstat(from); err != nil {
		return err
	}
	s.files[name] = source{path: from}
	return nil
}

// copyFile takes in a file as it is now.
func (s *snapshot) copyFile(name string) error {
	text, err := os.ReadFile(filepath.Join(s.from, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	return s.copy(name, text)
}

func (s *snapshot) copy(name string, text []byte) error {
	if _, err := s.copies.WriteAt(text, s.end); err != nil {
		return noRoomFor(filepath.Dir(s.copies.Name()), err)
	}
	s.files[name] = source{in: s.copies, from: s.end, size: int64(len(text))}
	s.end += int64(len(text))
	return nil
}

// open opens a file of the snapshot.
func (s *snapshot) open(name string) (io.ReadCloser, error) {
	f := s.files[name]
	if f.in != nil {
		return io.NopCloser(io.NewSectionReader(f.in, f.from, f.size)), nil
	}
	in, err := os.Open(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, gone(f.path, err)
	case err != nil:
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	return in, nil
}

// noRoomFor is a directory in which no backup can be made.
func noRoomFor(dir string, err error) error {
	return &geo.InputError{File: dir, Err: transient.Mark(err),
		Message: geo.Textf("不能写入：%v", "cannot be written: %v", geo.SystemText(err)),
		Advice:  geo.Text{ZH: "请把备份写到有空间的另一个磁盘", EN: "Write the backup to another disk, with room"}}
}

// gone is a file that was deleted while it was saved, and that no link held.
func gone(path string, err error) error {
	return &geo.InputError{File: path, Err: transient.Mark(err),
		Message: geo.Text{ZH: "备份期间被删除，数据目录的磁盘已满或不支持硬链接，没能留住它", EN: "was deleted during the backup; the disk of the data directory is full, or has no hard links, to keep it by"},
		Advice:  geo.Text{ZH: "没有写出备份；请再运行一次", EN: "No backup was written; run it again"}}
}

// takeRest takes tokens, township ledgers, reviews and the audit trail in. The trail comes last: it knows
// of everything else, and of what was deleted meanwhile.
func (s *snapshot) takeRest(context.Context) error {
	if err := s.takeBases(); err != nil {
		return err
	}
	for _, file := range []string{tokensFile, townshipsFile} {
		if err := s.copyFile(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := s.copyReviews(); err != nil {
		return err
	}
	// The present file before the segments: it may become one of them.
	active, err := s.takeLog(auditFile)
	if err != nil {
		return err
	}
	segments, err := (&auditLog{dir: s.from}).segments()
	if err != nil {
		return err
	}
	for _, path := range segments {
		taken, err := s.takeLog(filepath.Base(path))
		if err != nil {
			return err
		}
		if taken != nil && active != nil && os.SameFile(taken, active) {
			delete(s.files, auditFile)
		}
	}
	return nil
}

// copyReviews takes in what was said of findings, as it is now.
func (s *snapshot) copyReviews() error {
	folders, err := s.whole(reviewsDir)
	if errors.Is(err, fs.ErrNotExist) { // of an earlier landcheck
		return nil
	}
	for _, folder := range folders {
		entries, err := os.ReadDir(filepath.Join(s.from, reviewsDir, folder))
		if err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				continue
			}
			if err := s.copyFile(path.Join(reviewsDir, folder, e.Name())); err != nil {
				return err
			}
		}
	}
	return err
}

// takeLog takes in the whole lines of a file of the audit trail; nil where it is
// not there. It only grows, and stays as long as it is open.
func (s *snapshot) takeLog(name string) (fs.FileInfo, error) {
	in, err := os.Open(filepath.Join(s.from, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	s.logs = append(s.logs, in)
	info, err := in.Stat()
	if err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	var whole int64
	for line, err := range reverseLines(in, info.Size()) {
		if err != nil {
			return nil, fmt.Errorf("store: %w", transient.Mark(err))
		}
		whole = line.end
		break
	}
	s.files[name] = source{in: in, size: whole}
	return info, nil
}

// takeBases takes in the versions of base data that were handed in; files of
// versions never change.
func (s *snapshot) takeBases() error {
	if err := s.copyFile(basesFile); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	in, err := s.open(basesFile)
	if err != nil {
		return err
	}
	defer in.Close()
	var saved savedBases
	if err := json.NewDecoder(in).Decode(&saved); err != nil {
		return damaged(filepath.Join(s.from, basesFile), err)
	}
	for _, c := range saved.Counties {
		for _, n := range c.Versions {
			if err := s.link(path.Join(basesDir, n.Load)); err != nil {
				return err
			}
		}
	}
	return nil
}
