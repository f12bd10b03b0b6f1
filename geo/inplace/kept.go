package inplace

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"slices"
	"unsafe"

	"landcheck/geo"
)

// kept is what a cache holds of a layer that was read whole once: its digest,
// and where its records are. It is trusted while the fingerprint of the layer's
// files is the one that it was made under, and every part of it only if its
// checksum fits. Without it everything is read again; the answers are the same.
//
//	mark, length of head, checksum of head and blocks
//	head       JSON
//	blocks     the box of every BlockSize records, and a checksum of their entries
//	boxes      32 bytes a record
//	words      4 bytes a record, of layers that have them
type kept struct {
	file  *File
	sums  []uint32 // parallel to the blocks
	boxes []Box
	words []uint32
}

// head is what does not grow with the layer.
type head struct {
	Fingerprint string
	Digest      string
	Records     int
	Words       int // as many as records, or none
	Live        int
	Issues      map[int][]int    // place in the reader's list of kinds → records
	Lost        []geo.LostValues // figures, by the bytes of the layer's table
}

const (
	// keptMark changes whenever the format or what a reader finds does. It is
	// written as the machine orders bytes, like all that follows.
	keptMark   = uint64(0x6c616e6463680005)
	keptPrefix = 24
	maxHead    = 64 << 20
)

var errNotKept = errors.New("inplace: the cache holds nothing of use")

// openKept finds what a file of a cache holds under a fingerprint.
func openKept(path, fingerprint string) (*kept, head, []Box, error) {
	file, err := Open(path)
	if err != nil {
		return nil, head{}, nil, err
	}
	k := &kept{file: file}
	var h head
	var blocks []Box
	err = Guard(0, func() (err error) {
		h, blocks, err = k.read(fingerprint)
		return err
	})
	if err != nil {
		return nil, head{}, nil, errors.Join(err, file.Close())
	}
	return k, h, blocks, nil
}

func (k *kept) read(fingerprint string) (h head, blocks []Box, err error) {
	data := k.file.Data
	if len(data) < keptPrefix || binary.NativeEndian.Uint64(data) != keptMark {
		return h, nil, errNotKept
	}
	length := binary.NativeEndian.Uint64(data[8:])
	if length > maxHead || length > uint64(len(data)-keptPrefix) {
		return h, nil, errNotKept
	}
	text := data[keptPrefix : keptPrefix+int(length)]
	if err := json.Unmarshal(text, &h); err != nil || h.Fingerprint != fingerprint || h.Records < 0 || h.Records > len(data)/32 || h.Words != 0 && h.Words != h.Records {
		return h, nil, errNotKept
	}
	at := aligned(keptPrefix + int(length))
	n, m := h.Records, BlockCount(h.Records)
	sumsAt := at + 32*m
	boxesAt := aligned(sumsAt + 4*m)
	wordsAt := boxesAt + 32*n
	if wordsAt+4*h.Words != len(data) || crc32.Checksum(data[keptPrefix:sumsAt+4*m], castagnoli()) != binary.NativeEndian.Uint32(data[16:]) {
		return h, nil, errNotKept
	}
	k.sums = slices.Clone(view[uint32](data[sumsAt:], m)) // what is small is read without guard
	k.boxes, k.words = view[Box](data[boxesAt:], n), view[uint32](data[wordsAt:], h.Words)
	return h, slices.Clone(view[Box](data[at:], m)), nil
}

// sound reports whether the entries of a block are as they were written.
func (k *kept) sound(block int) bool {
	from, to := block*BlockSize, min((block+1)*BlockSize, len(k.boxes))
	return entrySum(k.boxes, k.words, from, to) == k.sums[block]
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// entrySum is the checksum of the entries of some records.
func entrySum(boxes []Box, words []uint32, from, to int) uint32 {
	sum := crc32.Checksum(bytesOf(boxes[from:to]), castagnoli())
	if len(words) > 0 {
		sum = crc32.Update(sum, castagnoli(), bytesOf(words[from:to]))
	}
	return sum
}

func aligned(n int) int { return (n + 7) &^ 7 }

// view reads numbers in place; the mapping begins on a page and every part on
// a multiple of eight.
func view[T Box | uint32](data []byte, n int) []T {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&data[0])), n)
}

func bytesOf[T Box | uint32](values []T) []byte {
	if len(values) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&values[0])), len(values)*int(unsafe.Sizeof(values[0])))
}

// keep writes a layer that was read whole under a fingerprint. Whole or not at
// all: a cache that cannot be written is only a cache less.
func keep(path string, h head, r *Records, words []uint32) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	front := append(text, make([]byte, aligned(keptPrefix+len(text))-keptPrefix-len(text))...)
	front = append(front, bytesOf(r.Blocks)...)
	for b := range r.Blocks {
		from, to := r.Block(b)
		front = binary.NativeEndian.AppendUint32(front, entrySum(r.Boxes, words, from, to))
	}
	prefix := binary.NativeEndian.AppendUint64(nil, keptMark)
	prefix = binary.NativeEndian.AppendUint64(prefix, uint64(len(text)))
	prefix = binary.NativeEndian.AppendUint64(prefix, uint64(crc32.Checksum(front, castagnoli())))
	pad := make([]byte, aligned(keptPrefix+len(front))-keptPrefix-len(front))
	return replaceKept(path, prefix, front, pad, bytesOf(r.Boxes), bytesOf(words))
}
