package shapefile

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// kept is what a cache holds of a layer that was read whole once: its digest,
// and where its records are. It is trusted while the fingerprint of the layer's
// files is the one that it was made under, and every part of it only if its
// checksum fits. Without it everything is read again; the answers are the same.
//
//	mark, length of head, checksum of head and blocks
//	head       JSON
//	blocks     the box of every blockSize records, and a checksum of their entries
//	boxes      32 bytes a record
//	words      4 bytes a record
type kept struct {
	file  *inplace.File
	sums  []uint32 // parallel to the blocks
	boxes []inplace.Box
	words []uint32
}

// head is what does not grow with the layer.
type head struct {
	Fingerprint string
	Digest      string
	Records     int
	Live        int
	Issues      map[int][]int    // place in walkIssues → records
	Lost        []geo.LostValues // figures, by the table's bytes
}

const (
	// keptMark changes whenever the format or what a walk finds does. It is
	// written as the machine orders bytes, like all that follows.
	keptMark = uint64(0x6c616e6463680004)
	// worthKeeping is the size of files from which a cache pays, bytes.
	worthKeeping = 1 << 20
	keptPrefix   = 24
	maxHead      = 64 << 20
)

// walkIssues are what the walk over the record headers may note; the order
// is part of the format.
func walkIssues() []inplace.IssueKind {
	return []inplace.IssueKind{badIndex, indexLengths, trailing, wrongLength, wrongNumber, mixedTypes, nullShape, badBox, lyingBox, wideBox, lostPoint}
}

// The two files that a cache keeps of a layer.
const (
	layerEnding    = ".layer"
	areaFileEnding = ".figures"
)

// keptPath is where a cache keeps something of the layer at a path.
func keptPath(dir, shp, ending string) (string, error) {
	abs, err := filepath.Abs(shp)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(dir, hex.EncodeToString(sum[:16])+ending), nil
}

var errNotKept = errors.New("shapefile: the cache holds nothing of use")

// openKept finds what a cache holds of the layer at shp under a fingerprint.
func openKept(dir, shp string, f fingerprint) (*kept, head, []inplace.Box, error) {
	path, err := keptPath(dir, shp, layerEnding)
	if err != nil {
		return nil, head{}, nil, err
	}
	file, err := inplace.Open(path)
	if err != nil {
		return nil, head{}, nil, err
	}
	k := &kept{file: file}
	var h head
	var blocks []inplace.Box
	err = inplace.Guard(0, func() (err error) {
		h, blocks, err = k.read(f.text)
		return err
	})

	if err != nil {
		return nil, head{}, nil, errors.Join(err, file.Close())
	}
	return k, h, blocks, nil
}

func (k *kept) read(fingerprint string) (h head, blocks []inplace.Box, err error) {
	data := k.file.Data
	if len(data) < keptPrefix || binary.NativeEndian.Uint64(data) != keptMark {
		return h, nil, errNotKept
	}
	length := binary.NativeEndian.Uint64(data[8:])
	if length > maxHead || length > uint64(len(data)-keptPrefix) {
		return h, nil, errNotKept
	}
	text := data[keptPrefix : keptPrefix+int(length)]
	if err := json.Unmarshal(text, &h); err != nil || h.Fingerprint != fingerprint || h.Records < 0 || h.Records > len(data)/36 {
		return h, nil, errNotKept
	}
	at := aligned(keptPrefix + int(length))
	n, m := h.Records, inplace.BlockCount(h.Records)
	sumsAt := at + 32*m
	boxesAt := aligned(sumsAt + 4*m)
	wordsAt := boxesAt + 32*n
	if wordsAt+4*n != len(data) || crc32.Checksum(data[keptPrefix:sumsAt+4*m], castagnoli()) != binary.NativeEndian.Uint32(data[16:]) {
		return h, nil, errNotKept
	}
	k.sums = slices.Clone(view[uint32](data[sumsAt:], m)) // what is small is read without guard
	k.boxes, k.words = view[inplace.Box](data[boxesAt:], n), view[uint32](data[wordsAt:], n)
	return h, slices.Clone(view[inplace.Box](data[at:], m)), nil
}

// sound reports whether the entries of a block are as they were written.
func (k *kept) sound(block, from, to int) bool {
	return entrySum(k.boxes[from:to], k.words[from:to]) == k.sums[block]
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

func entrySum(boxes []inplace.Box, words []uint32) uint32 {
	return crc32.Update(crc32.Checksum(bytesOf(boxes), castagnoli()), castagnoli(), bytesOf(words))
}

func aligned(n int) int { return (n + 7) &^ 7 }

// view reads numbers in place; the mapping begins on a page and every part on
// a multiple of eight.
func view[T inplace.Box | uint32](data []byte, n int) []T {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&data[0])), n)
}

func bytesOf[T inplace.Box | uint32](values []T) []byte {
	if len(values) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&values[0])), len(values)*int(unsafe.Sizeof(values[0])))
}

// keep writes a layer that was walked and digested under a fingerprint. Whole
// or not at all: a cache that cannot be written is only a cache less.
func keep(dir, shp string, h head, r *records) error {
	path, err := keptPath(dir, shp, layerEnding)
	if err != nil {
		return err
	}
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	front := append(text, make([]byte, aligned(keptPrefix+len(text))-keptPrefix-len(text))...)
	front = append(front, bytesOf(r.blocks)...)
	for b := range r.blocks {
		from, to := r.block(b)
		front = binary.NativeEndian.AppendUint32(front, entrySum(r.boxes[from:to], r.words[from:to]))
	}
	prefix := binary.NativeEndian.AppendUint64(nil, keptMark)
	prefix = binary.NativeEndian.AppendUint64(prefix, uint64(len(text)))
	prefix = binary.NativeEndian.AppendUint64(prefix, uint64(crc32.Checksum(front, castagnoli())))
	pad := make([]byte, aligned(keptPrefix+len(front))-keptPrefix-len(front))
	return replaceKept(path, prefix, front, pad, bytesOf(r.boxes), bytesOf(r.words))
}

// replaceKept puts a file of a cache in place, whole or not at all.
func replaceKept(path string, parts ...[]byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err == nil {
			err = os.Rename(file.Name(), path)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	for _, part := range parts {
		if _, err := file.Write(part); err != nil {
			return err
		}
	}
	return nil
}
