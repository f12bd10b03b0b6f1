package inplace

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

// areaFile is what was found out about a layer: areas of its records and some
// texts. It is kept beside what is kept of the layer, under the same
// fingerprint, and forgotten when that changes.
//
//	mark, length of head, checksum of all that follows
//	head    JSON
//	areas   256 numbers for each block of the head's list; 0 not known
type areaFile struct {
	mutex  sync.RWMutex
	system geo.CRS // in which areas are measured
	areas  map[int]*[BlockSize]float64
	notes  map[string]string
	news   bool // that the file does not have
}

// areaFileHead is what of the figures is no number.
type areaFileHead struct {
	Fingerprint string
	System      geo.CRS
	Blocks      []int
	Notes       map[string]string
}

// areaFileMark changes whenever the format does, or what an area or a note is.
const (
	areaFileMark = uint64(0x6c616e6466690003)
	blockBytes   = 8 * BlockSize
	frontBytes   = 24
)

func newAreaFile() *areaFile {
	return &areaFile{areas: map[int]*[BlockSize]float64{}, notes: map[string]string{}}
}

// readAreaFile reads a file of figures, if there is one.
func readAreaFile(path, fingerprint string) *areaFile {
	data, _ := os.ReadFile(path)
	return parseAreaFile(data, fingerprint)
}

// parseAreaFile reads what such a file holds; what does not fit is as good as
// none.
func parseAreaFile(data []byte, fingerprint string) *areaFile {
	f := newAreaFile()
	if len(data) < frontBytes || binary.NativeEndian.Uint64(data) != areaFileMark ||
		uint64(crc32.Checksum(data[frontBytes:], castagnoli())) != binary.NativeEndian.Uint64(data[16:]) {
		return f
	}
	length, rest := binary.NativeEndian.Uint64(data[8:]), data[frontBytes:]
	var h areaFileHead
	if length > uint64(len(rest)) || json.Unmarshal(rest[:length], &h) != nil || h.Fingerprint != fingerprint ||
		uint64(len(rest))-length != uint64(len(h.Blocks))*blockBytes {
		return f
	}
	rest = rest[length:]
	for _, b := range h.Blocks {
		var block [BlockSize]float64
		for i := range block {
			block[i] = math.Float64frombits(binary.LittleEndian.Uint64(rest[8*i:]))
		}
		f.areas[b], rest = &block, rest[blockBytes:]
	}
	f.system = h.System
	maps.Copy(f.notes, h.Notes)
	return f
}

// area of record i (from 0) in a system; 0 where it is not known.
func (f *areaFile) area(system geo.CRS, i int) float64 {
	f.mutex.RLock()
	defer f.mutex.RUnlock()
	if block := f.areas[i/BlockSize]; block != nil && f.system == system {
		return block[i%BlockSize]
	}
	return 0
}

// setAreas remembers an area. Areas in another system than those before replace
// them: a layer has one, whatever a user may have said once.
func (f *areaFile) setAreas(system geo.CRS, i int, area float64) {
	if f.system != system {
		f.system, f.areas = system, map[int]*[BlockSize]float64{}
	}
	block := f.areas[i/BlockSize]
	if block == nil {
		block = new([BlockSize]float64)
		f.areas[i/BlockSize] = block
	}
	if block[i%BlockSize] != area {
		block[i%BlockSize], f.news = area, true
	}
}

// parts are the pieces of the file.
func (f *areaFile) parts(fingerprint string) ([][]byte, error) {
	h := areaFileHead{Fingerprint: fingerprint, System: f.system, Blocks: slices.Sorted(maps.Keys(f.areas)), Notes: f.notes}
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
	front := binary.NativeEndian.AppendUint64(nil, areaFileMark)
	front = binary.NativeEndian.AppendUint64(front, length)
	return binary.NativeEndian.AppendUint64(front, uint64(crc32.Checksum(body, castagnoli())))
}
