package inplace

import (
	"context"
	"encoding/binary"
	"hash"
	"io"
	"math"
	"os"

	"landcheck/geo/regular"
)

// HashFile adds a file of a layer to the layer's digest: its ending, its length
// as eight bytes (little endian) and its bytes, which also go to whoever wants
// to see them (nil: nobody). What cannot be read is a *geo.InputError.
func HashFile(ctx context.Context, sum hash.Hash, ending string, f *os.File, also io.Writer) error {
	info, err := f.Stat()
	if err != nil {
		return regular.InputError(err)
	}
	sum.Write([]byte(ending))
	sum.Write(binary.LittleEndian.AppendUint64(nil, uint64(info.Size())))
	r := io.NewSectionReader(f, 0, math.MaxInt64)    // whoever else reads the file has a place of his own
	buf := make([]byte, min(256<<10, info.Size()+1)) // most of a layer's files are small
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		sum.Write(buf[:n])
		if also != nil {
			_, _ = also.Write(buf[:n]) // an inspector takes everything
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return regular.InputError(err)
		}
	}
}
