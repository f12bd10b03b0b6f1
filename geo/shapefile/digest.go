package shapefile

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"math"
	"os"
)

// Digest hashes the files that make up the layer in the order .shp .shx .dbf
// .prj .cpg: for each present one its ending, its length as eight bytes
// (little endian) and its bytes. Names and dates do not count.
func (l *Layer) Digest(ctx context.Context) (string, error) {
	if l.known != "" {
		return l.known, nil
	}
	sum := sha256.New()
	for _, p := range l.parts.present() {
		if err := l.hashPart(ctx, sum, p[0], p[1]); err != nil {
			return "", l.place(inFile(err, p[0]))
		}
	}
	digest := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	l.store(digest)
	return digest, nil
}

// hashPart hashes a file of the layer: of those that are open the one that is
// read, whatever lies at its path by now.
func (l *Layer) hashPart(ctx context.Context, sum hash.Hash, ext, path string) error {
	switch {
	case l.closed.Load():
	case ext == ".shp":
		return hashFile(ctx, sum, ext, l.shp.file)
	case ext == ".dbf":
		return hashFile(ctx, sum, ext, l.table.file.file)
	}
	f, err := openRegular(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return hashFile(ctx, sum, ext, f)
}

func hashFile(ctx context.Context, sum hash.Hash, ext string, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return fileFault(err)
	}
	sum.Write([]byte(ext))
	var length [8]byte
	binary.LittleEndian.PutUint64(length[:], uint64(info.Size()))
	sum.Write(length[:])
	r := io.NewSectionReader(f, 0, math.MaxInt64)    // whoever else reads the file has a place of his own
	buf := make([]byte, min(256<<10, info.Size()+1)) // most of a layer's files are small
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		sum.Write(buf[:n])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fileFault(err)
		}
	}
}
