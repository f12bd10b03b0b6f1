package embedded

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"landcheck/geo/transient"
)

// reserve is room on the disk that deletions alone may use: each is written down
// before it gives room back, which a full disk would not let it. It is several
// files, since a disk runs out of names (inodes) as well as of bytes.
//
//	whole → a deletion finds no room → a file goes, it tries again → made again when there is room
//
// While it is not whole no plan, check, result or entry of a reader is accepted:
// what others take of the room meanwhile they give back.
type reserve struct {
	dir   string
	mutex sync.Mutex
	whole bool
}

const (
	reserveFiles = 4
	reserveSize  = 1 << 20 // bytes of each; the mark of a plan with 25 000 checks
)

func (r *reserve) path(i int) string { return filepath.Join(r.dir, strconv.Itoa(i)) }

// fill makes what is missing of the reserve; nil when it is whole.
func (r *reserve) fill() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.whole {
		return nil
	}
	err := os.Mkdir(r.dir, privateDir)
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	for i := 0; i < reserveFiles && err == nil; i++ {
		err = reserveFile(r.path(i))
	}
	if err == nil {
		err = syncDir(r.dir)
	}
	if err != nil {
		return fmt.Errorf("store: room for deletions: %w", transient.Mark(err))
	}
	r.whole = true
	return nil
}

// reserveFile has a file take its room on the disk, wherever it has holes.
func reserveFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, privateFile)
	if err != nil {
		return err
	}
	if err := errors.Join(allocate(f, reserveSize), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// overwrite gives a file bytes that no file system makes shorter.
func overwrite(f *os.File, size int64) error {
	_, err := io.CopyN(io.NewOffsetWriter(f, 0), rand.NewChaCha8([32]byte{}), size)
	return err
}

// release gives one file's room to the disk; false where none is left.
func (r *reserve) release() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for i := reserveFiles - 1; i >= 0; i-- {
		if os.Remove(r.path(i)) == nil {
			r.whole = false
			return syncDir(r.dir) == nil // until then the room may not be usable
		}
	}
	return false
}

// forDeletion makes a write of a deletion, with the reserve where the disk is full.
func (r *reserve) forDeletion(write func() error) error {
	for {
		if err := write(); !isFull(err) || !r.release() {
			return err
		}
	}
}

// refill makes the reserve whole after a deletion, if that gave room enough.
func (s *Store) refill() {
	if err := s.reserve.fill(); err != nil {
		s.o.Log.Warn("the disk has no room but for deletions", "error", err)
	}
}
