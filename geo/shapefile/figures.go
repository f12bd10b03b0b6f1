package shapefile

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"maps"
	"math"
	"os"
	"slices"
	"sync"

	"landcheck/geo"
)

// figures is what was found out about a layer: areas of its records and some
// texts. It is kept beside what is kept of the layer, under the same
// fingerprint, and forgotten when that changes.
//
//	mark, length of head, checksum of all that follows
//	head    JSON
//	areas   256 numbers for each block of the head's list; 0 not known
type figures struct {
	mutex  sync.RWMutex
	system geo.CRS // in which areas are measured
	areas  map[int]*[blockSize]float64
	notes  map[string]string
	news   bool // that the file does not have
}

// figuresHead is what of the figures is no number.
type figuresHead struct {
	Fingerprint string
	System      geo.CRS
	Blocks      []int
	Notes       map[string]string
}

// figuresMark changes whenever the format does, or what an area or a note is.
const (
	figuresMark = uint64(0x6c616e6466690003)
	blockBytes  = 8 * blockSize
	frontBytes  = 24
)

func newFigures() *figures {
	return &figures{areas: map[int]*[blockSize]float64{}, notes: map[string]string{}}
}

// readFigures reads a file of figures, if there is one.
func readFigures(path, fingerprint string) *figures {
	data, _ := os.ReadFile(path)
	return parseFigures(data, fingerprint)
}

// parseFigures reads what such a file holds; what does not fit is as good as
// none.
func parseFigures(data []byte, fingerprint string) *figures {
	f := newFigures()
	if len(data) < frontBytes || binary.NativeEndian.Uint64(data) != figuresMark ||
		uint64(crc32.Checksum(data[frontBytes:], castagnoli())) != binary.NativeEndian.Uint64(data[16:]) {
		return f
	}
	length, rest := binary.NativeEndian.Uint64(data[8:]), data[frontBytes:]
	var h figuresHead
	if length > uint64(len(rest)) || json.Unmarshal(rest[:length], &h) != nil || h.Fingerprint != fingerprint ||
		uint64(len(rest))-length != uint64(len(h.Blocks))*blockBytes {
		return f
	}
	rest = rest[length:]
	for _, b := range h.Blocks {
		var block [blockSize]float64
		for i := range block {
			block[i] = float(rest[8*i:])
		}
		f.areas[b], rest = &block, rest[blockBytes:]
	}
	f.system = h.System
	maps.Copy(f.notes, h.Notes)
	return f
}

// area of record i (from 0) in a system; 0 where it is not known.
func (f *figures) area(system geo.CRS, i int) float64 {
	f.mutex.RLock()
	defer f.mutex.RUnlock()
	if block := f.areas[i/blockSize]; block != nil && f.system == system {
		return block[i%blockSize]
	}
	return 0
}

// learn remembers an area. Areas in another system than those before replace
// them: a layer has one, whatever a user may have said once.
func (f *figures) learn(system geo.CRS, i int, area float64) {
	if f.system != system {
		f.system, f.areas = system, map[int]*[blockSize]float64{}
	}
	block := f.areas[i/blockSize]
	if block == nil {
		block = new([blockSize]float64)
		f.areas[i/blockSize] = block
	}
	if block[i%blockSize] != area {
		block[i%blockSize], f.news = area, true
	}
}

// parts are the pieces of the file.
func (f *figures) parts(fingerprint string) ([][]byte, error) {
	h := figuresHead{Fingerprint: fingerprint, System: f.system, Blocks: slices.Sorted(maps.Keys(f.areas)), Notes: f.notes}
	body, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	length := uint64(len(body))
	for _, b := range h.Blocks {
		for _, area := range f.areas[b] {
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(area))
		}
	}
	return [][]byte{figuresFront(length, body), body}, nil
}

// figuresFront is what stands before a head of a length and its areas.
func figuresFront(length uint64, body []byte) []byte {
	front := binary.NativeEndian.AppendUint64(nil, figuresMark)
	front = binary.NativeEndian.AppendUint64(front, length)
	return binary.NativeEndian.AppendUint64(front, uint64(crc32.Checksum(body, castagnoli())))
}
