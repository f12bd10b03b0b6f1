package shapefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"landcheck/geo/inplace"
	"landcheck/geo/regular"
)

// Digest hashes the files that make up the layer in the order .shp .shx .dbf
// .prj .cpg: for each present one its ending, its length as eight bytes
// (little endian) and its bytes. Names and dates do not count.
func (l *Layer) Digest(ctx context.Context) (string, error) {
	if l.known != "" {
		return l.known, nil
	}
	sum := sha256.New()
	var found *numberInspector
	for _, p := range l.parts.present() {
		var also io.Writer
		if p[0] == ".dbf" && l.table != nil {
			found = l.table.inspector()
			also = found
		}
		if err := l.hashPart(ctx, sum, p[0], p[1], also); err != nil {
			return "", l.place(inFile(err, p[0]))
		}
	}
	digest := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	if found != nil {
		list := found.lost.List()
		l.lost.Store(&list)
	}
	l.store(digest)
	return digest, nil
}

// hashPart hashes a file of the layer: of those that are open the one that is
// read, whatever lies at its path by now.
func (l *Layer) hashPart(ctx context.Context, sum hash.Hash, ext, path string, also io.Writer) error {
	switch {
	case l.closed.Load():
	case ext == ".shp":
		return inplace.HashFile(ctx, sum, ext, l.shp.Source, nil)
	case ext == ".dbf":
		return inplace.HashFile(ctx, sum, ext, l.table.file.Source, also)
	}
	f, err := regular.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return inplace.HashFile(ctx, sum, ext, f, also)
}
