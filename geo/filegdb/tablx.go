package filegdb

import (
	"encoding/binary"
	"math/bits"
	"sort"

	"landcheck/geo"
)

// slots are where the rows of a table begin, by OBJECTID.
type slots struct {
	ids     []uint32 // ascending; nil where row i has OBJECTID i+1
	offsets []uint64 // in the table, of each row's length
}

// id is the OBJECTID of row i.
func (s *slots) id(i int) int {
	if s.ids == nil {
		return i + 1
	}
	return int(s.ids[i])
}

// rowFrom is the first row whose OBJECTID is not below another.
func (s *slots) rowFrom(id int) int {
	if s.ids == nil {
		return min(max(id-1, 0), len(s.offsets))
	}
	return sort.Search(len(s.ids), func(i int) bool { return int(s.ids[i]) >= id })
}

const (
	slotsInBlock = 1024
	tablxHeader  = 16
	maxSlots     = 1<<31 - 1
)

// readSlots reads a .gdbtablx. Memory is taken for the blocks that it stores,
// never for what it declares.
func readSlots(data []byte) (slots, error) {
	var s slots
	if len(data) < tablxHeader {
		return s, broken(0, "文件只有 %d 字节，不完整", "the file has only %d bytes: it is not whole", len(data))
	}
	blocks, declared, width := uint64(binary.LittleEndian.Uint32(data[4:])), uint64(binary.LittleEndian.Uint32(data[8:])), uint64(binary.LittleEndian.Uint32(data[12:]))
	version := binary.LittleEndian.Uint32(data)
	if version == 4 {
		blocks, declared = binary.LittleEndian.Uint64(data[4:]), 0
	}
	if version != 3 && version != 4 {
		return s, broken(0, "版本 %d 不认识", "version %d is not known", version)
	}
	if width < 4 || width > 6 {
		return s, broken(12, "记录位置的宽度 %d 不合理", "places of %d bytes cannot be", width)
	}
	room := uint64(len(data) - tablxHeader)
	if blocks > room/(slotsInBlock*width) || room-blocks*slotsInBlock*width < tablxTrailer(blocks) {
		return s, broken(4, "称有 %[1]d 块位置，但文件只有 %[2]d 字节：文件被截断或已损坏", "it claims %[1]d blocks of places where the file has %[2]d bytes: it is cut short or damaged", blocks, len(data))
	}
	stored := data[tablxHeader:][:blocks*slotsInBlock*width]
	trailer := data[tablxHeader+len(stored):]
	if version == 4 {
		return s, s.readLong(stored, trailer, int(width))
	}
	return s, s.read(stored, trailer, declared, blocks, int(width))
}

// tablxTrailer is what has to follow the blocks, bytes; a file without any may
// end at once.
func tablxTrailer(blocks uint64) uint64 {
	if blocks == 0 {
		return 0
	}
	return 12
}

// readLong reads the slots of a table of 64-bit OBJECTIDs.
func (s *slots) readLong(stored, trailer []byte, width int) error {
	if len(stored) == 0 {
		return nil
	}
	declared := binary.LittleEndian.Uint64(trailer)
	if binary.LittleEndian.Uint32(trailer[8:]) != 0 {
		return &geo.InputError{Message: geo.Text{ZH: "64 位 OBJECTID 且编号稀疏的表不能读取", EN: "a table of sparse 64-bit OBJECTIDs cannot be read"},
			Advice: geo.Text{ZH: "请在 ArcGIS 中将该要素类导出为 32 位 OBJECTID 的要素类", EN: "Export the feature class in ArcGIS to one of 32-bit OBJECTIDs"}}
	}
	if declared > uint64(len(stored)/width) || declared > maxSlots {
		return tooManySlots(declared, uint64(len(stored)/width))
	}
	s.take(stored, 0, width, declared)
	return nil
}

func (s *slots) read(stored, trailer []byte, declared, blocks uint64, width int) error {
	n32, present := uint32(0), blocks
	if len(trailer) >= 16 {
		n32, present = binary.LittleEndian.Uint32(trailer), uint64(binary.LittleEndian.Uint32(trailer[4:]))
		trailer = trailer[16:]
	}
	if n32 == 0 {
		if declared > blocks*slotsInBlock || declared > maxSlots {
			return tooManySlots(declared, blocks*slotsInBlock)
		}
		s.take(stored, 0, width, declared)
		return nil
	}
	size := (present + 7) / 8
	if size > uint64(len(trailer)) {
		return broken(0, "位图称有 %[1]d 位，但文件只剩 %[2]d 字节", "its bitmap claims %[1]d bits where %[2]d bytes are left", present, len(trailer))
	}
	if declared > present*slotsInBlock || declared > maxSlots {
		return tooManySlots(declared, present*slotsInBlock)
	}
	bitmap := trailer[:size]
	set := 0
	for _, b := range bitmap {
		set += bits.OnesCount8(b)
	}
	if uint64(set) != blocks {
		return broken(0, "位图标出 %[1]d 块位置，文件存有 %[2]d 块", "its bitmap marks %[1]d blocks of places, %[2]d are stored", set, blocks)
	}
	for k, b := range bitmap {
		for ; b != 0; b &= b - 1 {
			first := (uint64(k)*8 + uint64(bits.TrailingZeros8(b))) * slotsInBlock
			s.take(stored[:slotsInBlock*width], first, width, declared)
			stored = stored[slotsInBlock*width:]
		}
	}
	return nil
}

// take adds the rows of slots that follow each other, up to the last declared.
func (s *slots) take(stored []byte, first uint64, width int, declared uint64) {
	n := uint64(0)
	if declared > first {
		n = min(declared-first, uint64(len(stored)/width))
	}
	if s.offsets == nil {
		s.offsets = make([]uint64, 0, n)
	}
	for k := range n {
		at := stored[int(k)*width:][:width]
		offset := uint64(binary.LittleEndian.Uint32(at))
		for b := 4; b < width; b++ {
			offset |= uint64(at[b]) << (8 * b)
		}
		if offset == 0 {
			continue
		}
		id := first + k + 1
		if s.ids == nil && id != uint64(len(s.offsets)+1) { // the first that is missing
			s.ids = make([]uint32, len(s.offsets), max(cap(s.offsets), 8))
			for i := range s.ids {
				s.ids[i] = uint32(i + 1)
			}
		}
		if s.ids != nil {
			s.ids = append(s.ids, uint32(id))
		}
		s.offsets = append(s.offsets, offset)
	}
}

func tooManySlots(declared, room uint64) error {
	return broken(8, "称有 %[1]d 个记录位置，但只存有 %[2]d 个", "it claims %[1]d places of records where it stores %[2]d", declared, room)
}
