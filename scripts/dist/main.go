// Command dist makes the folders that bureaus are handed: for each platform the
// program, its libraries and their licences in one archive, that runs where there
// is no root, no network and nothing installed. It runs on Debian 12 on amd64; the
// same sources give the same bytes.
//
//	platform.go    what the platforms are, and which libraries each takes
//	fetch.go       wheels of PyPI and packages of Debian, by version and digest
//	libraries.go   what is taken out of them
//	exports.go     the import library of a DLL
//	compile.go     the program, cross-compiled
//	folder.go      what is beside it
//	archive.go     .zip, .tar.gz;  deb.go: .deb
//	sbom.go        what is in it, as CycloneDX
//	sums.go        SHA-256 and SM3 of all
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// work is one run: where it reads and writes, and what it names the result.
type work struct {
	version string
	out     string    // archives
	scratch string    // downloads, libraries, folders
	at      time.Time // of every file: that of the commit
	symbols bool      // left in the program, for a look at its instructions
}

func main() {
	w := work{}
	names := flag.String("platforms", "", "some of them, with commas; all if empty")
	flag.StringVar(&w.version, "version", "dev", "version of the program")
	flag.StringVar(&w.out, "out", "dist", "folder of the archives")
	flag.StringVar(&w.scratch, "scratch", ".dist", "folder for downloads and what is made on the way")
	at := flag.Int64("at", 0, "time of every file, seconds since 1970")
	flag.Parse()
	w.at = time.Unix(*at, 0).UTC()
	if err := w.run(*names); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func (w *work) run(names string) error {
	var err error
	for _, dir := range []*string{&w.out, &w.scratch} {
		if *dir, err = filepath.Abs(*dir); err != nil {
			return err
		}
		if err := os.MkdirAll(*dir, 0o755); err != nil {
			return err
		}
	}
	remove, err := w.withoutSpaces()
	if err != nil {
		return err
	}
	defer remove()
	compiler, err := w.compiler()
	if err != nil {
		return err
	}
	var made []string
	for _, p := range platforms {
		if names != "" && !contains(strings.Split(names, ","), p.name()) {
			continue
		}
		archives, err := w.build(p, compiler)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name(), err)
		}
		made = append(made, archives...)
	}
	if len(made) == 0 {
		return fmt.Errorf("there is no platform %q", names)
	}
	return w.sums(made)
}

// withoutSpaces gives the scratch folder another name for as long as the run, where
// its own has spaces or quotes: compilers are handed it among their flags.
func (w *work) withoutSpaces() (remove func(), err error) {
	if !strings.ContainsAny(w.scratch, " \t'\"\\$") {
		return func() {}, nil
	}
	dir, err := os.MkdirTemp("", "landcheck-dist-")
	if err != nil {
		return nil, err
	}
	link := filepath.Join(dir, "scratch")
	if err := os.Symlink(w.scratch, link); err != nil {
		return nil, err
	}
	w.scratch = link
	return func() { os.Remove(link); os.Remove(dir) }, nil
}

// build makes the archives of one platform and names them.
func (w work) build(p platform, compiler string) ([]string, error) {
	fmt.Println("dist:", p.name())
	libraries, err := w.libraries(p)
	if err != nil {
		return nil, err
	}
	program, err := w.compile(p, compiler, libraries)
	if err != nil {
		return nil, err
	}
	folder, err := w.folder(p, program, libraries)
	if err != nil {
		return nil, err
	}
	return w.pack(p, folder)
}
