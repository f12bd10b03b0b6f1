package shapefile

import (
	"errors"
	"os"
	"syscall"
	"time"

	"landcheck/geo/regular"
)

// mapped is a file mapped for reading. It stays open, to tell whether it has
// changed since.
type mapped struct {
	data []byte
	file *os.File
	size int64
	time time.Time
}

func mapFile(path string) (*mapped, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	m := &mapped{file: f}
	if err := m.mapIn(); err != nil {
		f.Close()
		return nil, err
	}
	return m, nil
}

func (m *mapped) mapIn() error {
	info, err := m.file.Stat()
	if err != nil {
		return fileInputError(err)
	}
	m.size, m.time = info.Size(), info.ModTime()
	if m.size == 0 {
		return nil // an empty mapping is an error to the kernel
	}
	m.data, err = syscall.Mmap(int(m.file.Fd()), 0, int(m.size), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return fileInputError(err)
	}
	return nil
}

// forget gives the pages read so far back: they stay in the system's cache, but
// a county's files no longer count as this process's memory. Reading them
// again is safe at any time, from any goroutine.
func (m *mapped) forget() {
	if m != nil && m.file != nil && m.data != nil { // without a file the bytes are somebody else's: they would be lost
		_ = syscall.Madvise(m.data, syscall.MADV_DONTNEED) // only advice
	}
}

const (
	windowBytes  = 8 << 20
	populateRead = 22 // MADV_POPULATE_READ, since Linux 5.14; advice that older ones refuse
)

// sequentialRead is a reading that goes through a file from front to back. The next
// pages are brought in by one call instead of by a fault for every few, and
// those behind are given back, so that a county never counts as memory.
type sequentialRead struct {
	file        *mapped
	from, until int64 // what is there
}

// reach prepares for what follows an offset.
func (p *sequentialRead) reach(offset int64) {
	if offset < p.until || offset >= p.file.size {
		return
	}
	p.leave()
	p.from = offset &^ int64(os.Getpagesize()-1)
	p.until = min(p.from+windowBytes, p.file.size)
	_ = syscall.Madvise(p.file.data[p.from:p.until], populateRead)
}

// leave gives back what is there.
func (p *sequentialRead) leave() {
	if p.until > p.from {
		_ = syscall.Madvise(p.file.data[p.from:p.until], syscall.MADV_DONTNEED)
	}
}

// unchanged reports whether the file is as it was when it was mapped. Bytes
// that went missing within the last page read as zeros, without any signal.
func (m *mapped) unchanged() bool {
	if m == nil || m.file == nil {
		return true
	}
	info, err := m.file.Stat()
	return err == nil && info.Size() == m.size && info.ModTime().Equal(m.time)
}

func (m *mapped) close() error {
	if m == nil || m.file == nil {
		return nil
	}
	err := m.file.Close()
	if m.data != nil {
		err = errors.Join(err, syscall.Munmap(m.data))
	}
	m.data, m.file = nil, nil
	return err
}

// remove deletes the file, which stays readable while it is open. It may be
// gone already: another process has found the same.
func (m *mapped) remove() error {
	if err := os.Remove(m.file.Name()); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
