package shapefile

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
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
		if err := hashFile(ctx, sum, p[0], p[1]); err != nil {
			return "", l.place(inFile(err, p[0]))
		}
	}
	digest := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	l.store(digest)
	return digest, nil
}

func hashFile(ctx context.Context, sum hash.Hash, ext, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fileFault(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileFault(err)
	}
	sum.Write([]byte(ext))
	var length [8]byte
	binary.LittleEndian.PutUint64(length[:], uint64(info.Size()))
	sum.Write(length[:])
	buf := make([]byte, min(256<<10, info.Size()+1)) // most of a layer's files are small
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := f.Read(buf)
		sum.Write(buf[:n])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fileFault(err)
		}
	}
}
