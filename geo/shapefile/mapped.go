package shapefile

import (
	"os"
	"syscall"

	"landcheck/geo"
)

// mapped is a file mapped for reading.
type mapped struct {
	data []byte
}

func mapFile(path string) (*mapped, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileFault(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fileFault(err)
	}
	if !info.Mode().IsRegular() {
		return nil, &geo.Fault{
			Problem: geo.Textf("不是普通文件", "this is not a regular file"),
			Advice:  geo.Textf("请给出 .shp 文件的路径", "Give the path of a .shp file"),
		}
	}
	if info.Size() == 0 {
		return &mapped{}, nil // an empty mapping is an error to the kernel
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, fileFault(err)
	}
	return &mapped{data: data}, nil
}

func (m *mapped) close() error {
	if m == nil || m.data == nil {
		return nil
	}
	data := m.data
	m.data = nil
	return syscall.Munmap(data)
}
