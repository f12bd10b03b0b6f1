package check

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"landcheck/rules/ledger"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/stored"

	"github.com/klauspost/compress/gzip"
)

// The files of an archived check.
const (
	ReportFile  = "report.json"
	ledgerFile  = "ledger.gob.gz"
	drawingFile = "drawing.gob.gz"
)

// storedDrawing is the format of a map on disk, as that of a ledger.
var storedDrawing = stored.Kind{Name: "map", Format: 1}

// Save keeps a result in a directory, so that every format can be written
// later without checking again.
func (r *Result) Save(ctx context.Context, dir string) error {
	drawing, err := r.Drawing(ctx)
	if err != nil {
		return err
	}
	if err := report.WriteFile(ctx, filepath.Join(dir, ReportFile), report.Input{Report: r.Report}); err != nil {
		return err
	}
	if err := pack(filepath.Join(dir, ledgerFile), r.Ledger.Encode); err != nil {
		return err
	}
	return pack(filepath.Join(dir, drawingFile), func(w io.Writer) error { return storedDrawing.Write(w, drawing) })
}

func pack(path string, write func(io.Writer) error) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	z, err := gzip.NewWriterLevel(file, gzip.BestSpeed)
	if err != nil {
		return err
	}
	return errors.Join(write(z), z.Close())
}

// Archive opens the files of an archived check.
type Archive func(name string) (io.ReadCloser, error)

// Report reads the report alone.
func (a Archive) Report() (r *result.Report, err error) {
	file, err := a(ReportFile)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return report.Read(file)
}

// Ledger reads the ledger alone.
func (a Archive) Ledger() (l *ledger.Ledger, err error) {
	err = a.unpack(ledgerFile, func(r io.Reader) error {
		l, err = ledger.Decode(r)
		return err
	})
	return l, err
}

// Drawing reads the map alone.
func (a Archive) Drawing() (*report.Drawing, error) {
	d := &report.Drawing{}
	return d, a.unpack(drawingFile, func(r io.Reader) error { return storedDrawing.Read(r, d) })
}

func (a Archive) unpack(name string, read func(io.Reader) error) (err error) {
	file, err := a(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	z, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	return errors.Join(read(z), z.Close())
}
