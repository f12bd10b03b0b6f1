package inplace

import (
	"errors"
	"os"
	"time"

	"landcheck/geo/regular"
)

// File is a file mapped for reading. It stays open, to tell whether it has
// changed since.
type File struct {
	Data   []byte
	Source *os.File // nil where the bytes are somebody else's
	Size   int64
	time   time.Time
}

// Open maps a regular file. What cannot be opened is a *geo.InputError.
func Open(path string) (*File, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	m := &File{Source: f}
	if err := m.mapIn(); err != nil {
		f.Close()
		return nil, err
	}
	return m, nil
}

func (m *File) mapIn() error {
	info, err := m.Source.Stat()
	if err != nil {
		return regular.InputError(err)
	}
	m.Size, m.time = info.Size(), info.ModTime()
	if m.Size == 0 {
		return nil // an empty mapping is an error to the kernel
	}
	m.Data, err = mapFile(m.Source, m.Size)
	if err != nil {
		return regular.InputError(err)
	}
	return nil
}

// Forget gives the pages read so far back: they stay in the system's cache, but
// a county's files no longer count as this process's memory. Reading them
// again is safe at any time, from any goroutine.
func (m *File) Forget() {
	if m != nil && m.Source != nil && m.Data != nil { // without a file the bytes are somebody else's: they would be lost
		giveBack(m.Data)
	}
}

// Unchanged reports whether the file is as it was when it was mapped. Bytes
// that went missing within the last page read as zeros, without any signal.
func (m *File) Unchanged() bool {
	if m == nil || m.Source == nil {
		return true
	}
	info, err := m.Source.Stat()
	return err == nil && info.Size() == m.Size && info.ModTime().Equal(m.time)
}

// Close unmaps the file. It may be called twice.
func (m *File) Close() error {
	if m == nil || m.Source == nil {
		return nil
	}
	err := m.Source.Close()
	if m.Data != nil {
		err = errors.Join(err, unmap(m.Data))
	}
	m.Data, m.Source = nil, nil
	return err
}

// Remove deletes the file, which stays readable while it is open. It may be
// gone already: another process has found the same.
func (m *File) Remove() error {
	if err := remove(m.Source.Name()); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
