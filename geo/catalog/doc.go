// Package catalog opens a package of land data, whatever its wrapping: a
// directory, a zip, or one file. It promises that nothing outside the package
// is read, that nothing is unpacked past its limits, and that a directory and
// the zip of it give the same layers in the same order and the same digest.
//
//	catalog.go  the package: files, layers, digest
//	walk.go     files of a directory
//	unpack.go   files of a zip, into a private directory
//	name.go     which names of an archive are accepted
//	format.go   formats that are read and formats that are not
//	layers.go   which files are layers
//	item.go     what each file is to the layers, read or not
//	geodatabase.go  folders of file geodatabases, each one thing
//	foreign.go  archives in archives and formats that are not read
//
// Unpacking is archive/zip and os.Root: the first checks every CRC, the second
// makes the operating system refuse a path that leaves the directory. Layers
// are mapped or opened by SQLite, so they need files; a virtual file system
// over the archive would serve neither.
package catalog
