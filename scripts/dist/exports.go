package main

import (
	"debug/pe"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// exports are the names that a DLL gives to others, in its order: the export
// directory of its optional header (PE format, 6.3).
func exports(dll string) ([]string, error) {
	f, err := pe.Open(dll)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	header, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	if !ok {
		return nil, fmt.Errorf("%s is not for 64 bits", dll)
	}
	image, err := imageOf(f, header.SizeOfImage)
	if err != nil {
		return nil, err
	}
	directory := image[header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress:]
	count, table := binary.LittleEndian.Uint32(directory[24:]), binary.LittleEndian.Uint32(directory[32:])
	names := make([]string, count)
	for i := range names {
		at := binary.LittleEndian.Uint32(image[table+4*uint32(i):])
		names[i], _, _ = strings.Cut(string(image[at:min(len(image), int(at)+512)]), "\x00")
	}
	return names, nil
}

// imageOf lays the sections out as they are in memory.
func imageOf(f *pe.File, size uint32) ([]byte, error) {
	image := make([]byte, size)
	for _, s := range f.Sections {
		data, err := s.Data()
		if err != nil {
			return nil, err
		}
		copy(image[s.VirtualAddress:], data)
	}
	return image, nil
}

// importLibrary makes what a program is linked with to call a DLL in C.
func importLibrary(compiler, dll, dir string) error {
	names, err := exports(dll)
	if err != nil {
		return err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "LIBRARY %s\nEXPORTS\n", filepath.Base(dll))
	for _, name := range names {
		if !strings.HasPrefix(name, "?") { // of C++
			fmt.Fprintln(&text, name)
		}
	}
	definitions := filepath.Join(dir, "geos_c.def")
	if err := os.WriteFile(definitions, []byte(text.String()), 0o644); err != nil {
		return err
	}
	return do("", nil, compiler, "dlltool", "-m", "i386:x86-64", "-d", definitions, "-l", filepath.Join(dir, "libgeos_c.a"))
}
