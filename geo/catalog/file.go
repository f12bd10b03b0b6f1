package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// File is one file of the package.
type File struct {
	Name string // relative, with slashes, a wrapping folder taken off
	Size int64
	path string
	sum  []byte // SHA-256; nil of what lay there and was not read whole so far
}

func (c *Catalog) find(name string) (File, bool) {
	i, ok := c.place(name)
	if !ok {
		return File{}, false
	}
	return c.Files[i], true
}

// place is where a file stands in Files.
func (c *Catalog) place(name string) (int, bool) {
	i, ok := c.byName[strings.ToLower(path.Clean(strings.ReplaceAll(name, `\`, "/")))]
	return i, ok
}

// Has reports whether the package holds a file, by its relative name without
// regard to case.
func (c *Catalog) Has(name string) bool {
	_, ok := c.find(name)
	return ok
}

// Size of a file in bytes, and whether there is one of that name.
func (c *Catalog) Size(name string) (int64, bool) {
	f, ok := c.find(name)
	return f.Size, ok
}

// ReadFile gives the bytes of a file: a manifest, a document. One that is
// absent gives an error that is fs.ErrNotExist, one larger than max an InputError.
func (c *Catalog) ReadFile(name string, max int64) ([]byte, error) {
	f, ok := c.find(name)
	if !ok {
		return nil, fmt.Errorf("%s: %w", c.entry(name), fs.ErrNotExist)
	}
	in, err := regular.Open(f.path)
	if err != nil {
		return nil, regular.In(err, c.entry(name))
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, max+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.entry(name), err)
	}
	if int64(len(data)) > max {
		return nil, c.inputError(f.Name, geo.Textf("文件超过 %d 字节", "the file has more than %d bytes", max),
			geo.Text{ZH: "请缩小该文件", EN: "Make the file smaller"})
	}
	return data, nil
}

// LayerBytes tells a file that begins as a part of a layer does (Shapefile,
// .dbf, SQLite), whatever its name says: a layer that was copied or linked
// under the name of something else.
func (c *Catalog) LayerBytes(name string) bool {
	f, ok := c.find(name)
	if !ok {
		return false
	}
	head, err := readHead(f.path)
	return err == nil && layerHead(head)
}

// Digest is "sha256:…" over names and contents in order of name. It does not
// depend on the wrapping, times or permissions.
func (c *Catalog) Digest(ctx context.Context) (string, error) {
	all := sha256.New()
	for i := range c.Files {
		one, err := c.sum(ctx, i)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(all, "%s\x00%x\n", c.Files[i].Name, one)
	}
	return digestText(all.Sum(nil)), nil
}

// FileDigest is "sha256:…" of the bytes of one file; "" where there is none of
// that name.
func (c *Catalog) FileDigest(ctx context.Context, name string) (string, error) {
	i, ok := c.place(name)
	if !ok {
		return "", nil
	}
	one, err := c.sum(ctx, i)
	if err != nil {
		return "", err
	}
	return digestText(one), nil
}

// sum is the SHA-256 of a file, which is read for it once.
func (c *Catalog) sum(ctx context.Context, i int) (one []byte, err error) {
	f := &c.Files[i]
	if f.sum == nil {
		if f.sum, err = digestFile(ctx, f.path); err != nil {
			return nil, fmt.Errorf("%s: %w", c.entry(f.Name), err)
		}
	}
	return f.sum, nil
}

func digestText(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

func digestFile(ctx context.Context, name string) ([]byte, error) {
	f, err := regular.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, geo.Cancelled(ctx, f)); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}
