package shapefile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"
)

// Encoding is how the text of a written .dbf is stored.
type Encoding byte

// The encodings that Write knows. Chinese cadastral software expects GBK;
// text outside GBK needs UTF8.
const (
	GBK Encoding = iota
	UTF8
)

// maxFile is what common software can read of a .shp or .dbf.
const maxFile = 1<<31 - 1

// Write makes a polygon Shapefile of a table: path with the endings .shp,
// .shx, .dbf, .cpg and, if the CRS is known, .prj (Esri WKT). Outer rings run
// clockwise and holes counter-clockwise, as the format has it; a nil geometry
// becomes a null shape. The same table gives the same bytes.
//
// All files are written beside their place and moved there when all are
// complete, the .shp last; on an error nothing is left behind. What the format
// cannot hold (a field name above 10 bytes, a value wider than its field or
// outside the encoding, 2 GB) is a *geo.InputError naming record and field.
func Write(ctx context.Context, path string, t *geo.Table, enc Encoding) error {
	err := write(ctx, path, t, enc)
	if inputErr, ok := geo.AsInputError(err); ok && inputErr.File == "" {
		inputErr.File = path
	}
	return err
}

func write(ctx context.Context, path string, t *geo.Table, enc Encoding) (err error) {
	rows, err := newRowWriter(t, enc)
	if err != nil {
		return err
	}
	shapes, err := measure(t)
	if err != nil {
		return err
	}
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	files := []component{
		{".dbf", func(w io.Writer) error { return rows.write(ctx, w) }},
		{".shx", shapes.writeIndex},
		{".cpg", func(w io.Writer) error { _, err := io.WriteString(w, enc.cpg()); return err }},
	}
	if t.CRS != (geo.CRS{}) {
		files = append(files, component{".prj", func(w io.Writer) error { _, err := io.WriteString(w, t.CRS.WKT()); return err }})
	}
	files = append(files, component{".shp", func(w io.Writer) error { return shapes.write(ctx, w) }})

	var pending []*outfile.File
	defer func() {
		for _, p := range pending {
			err = errors.Join(err, p.Cleanup()) // does nothing after a move
		}
	}()
	for _, f := range files {
		p, err := outfile.Create(stem+f.ext, outfile.Public)
		if err != nil {
			return fmt.Errorf("write %s: %w", stem+f.ext, err)
		}
		pending = append(pending, p)
		w := bufio.NewWriterSize(p, 1<<16)
		if err := f.write(w); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return fmt.Errorf("write %s: %w", stem+f.ext, err)
		}
	}
	if err := removeStale(stem, t.CRS != (geo.CRS{})); err != nil {
		return err
	}
	for _, p := range pending {
		if err := p.Replace(); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	return nil
}

type component struct {
	ext   string
	write func(io.Writer) error
}

// removeStale deletes what belonged to an older layer of the same name and
// would be taken for the new one's: spatial indexes, a projection.
func removeStale(stem string, hasPrj bool) error {
	stale := []string{".sbn", ".sbx", ".qix"}
	if !hasPrj {
		stale = append(stale, ".prj")
	}
	for _, ext := range stale {
		if err := os.Remove(stem + ext); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove old %s: %w", stem+ext, err)
		}
	}
	return nil
}

func (e Encoding) cpg() string {
	if e == UTF8 {
		return "UTF-8"
	}
	return "GBK"
}

// language is the .dbf's language byte: 936 for GBK; UTF-8 has none and goes
// by the .cpg.
func (e Encoding) language() byte {
	if e == UTF8 {
		return 0
	}
	return languageGBK
}
