package shapefile

import (
	"encoding/binary"
	"slices"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

const maxOffset = (1 << 32) * 2 // offsets are 32-bit counts of 16-bit words

// walkIndex follows the .shx. It reports false, and keeps nothing, if the .shx
// does not agree with the .shp; an error is an issue of the .shp itself.
func (l *Layer) walkIndex(index []byte) (bool, error) {
	if len(index) < fileHeader || binary.BigEndian.Uint32(index) != magic || (len(index)-fileHeader)%8 != 0 {
		return false, nil
	}
	entries := index[fileHeader:]
	n := len(entries) / 8
	if l.table != nil && l.table.rows != n {
		return false, nil // stale; the walk decides
	}
	// One pass both holds the index against the .shp and keeps the records. A
	// issue of a record counts only if the index turns out right, so that a
	// wrong .shx is not blamed on the .shp.
	var invalidity error
	lengthsDiffer, inOrder := false, true
	used, end := int64(fileHeader), int64(fileHeader)
	before := l.odd.Snapshot()
	l.records.reset(n)
	way := inplace.Sequential{File: l.shp}
	defer way.Leave()
	for i := range n {
		offset := int64(binary.BigEndian.Uint32(entries[i*8:])) * 2
		said := int64(binary.BigEndian.Uint32(entries[i*8+4:])) * 2
		way.Reach(offset)
		content, ok := l.content(offset)
		if ok && said != int64(len(content)) {
			// Some writers count the record header too; any length will do
			// if the record is the one that the index means.
			ok = binary.BigEndian.Uint32(l.shp.Data[offset:]) == uint32(i+1)
			lengthsDiffer = true
		}
		used += recordHeader + int64(len(content))
		if !ok || used > int64(len(l.shp.Data)) {
			l.odd.Restore(before)
			return false, nil
		}
		if invalidity == nil {
			invalidity = l.add(offset, content)
		}
		inOrder = inOrder && offset >= end
		end = max(end, offset+recordHeader+int64(len(content)))
	}
	if !inOrder && !l.apart(entries) {
		l.odd.Restore(before)
		return false, nil
	}
	if lengthsDiffer {
		l.odd.Add(indexLengths, 0)
	}
	if end < int64(len(l.shp.Data)) {
		l.odd.Add(trailing, 0)
	}
	return true, invalidity
}

// apart reports whether no record of the index starts inside another one.
func (l *Layer) apart(entries []byte) bool {
	offsets := make([]uint32, len(entries)/8)
	for i := range offsets {
		offsets[i] = binary.BigEndian.Uint32(entries[i*8:])
	}
	slices.Sort(offsets)
	end := int64(fileHeader)
	for _, w := range offsets {
		offset := int64(w) * 2
		content, ok := l.content(offset)
		if !ok || offset < end {
			return false
		}
		end = offset + recordHeader + int64(len(content))
	}
	return true
}

// content is the content of the record at offset, if it lies in the file.
func (l *Layer) content(offset int64) ([]byte, bool) {
	data := l.shp.Data
	if offset < fileHeader || offset+recordHeader+4 > int64(len(data)) {
		return nil, false
	}
	start := offset + recordHeader
	length := int64(binary.BigEndian.Uint32(data[offset+4:])) * 2
	if length < 4 || length > int64(len(data))-start {
		return nil, false
	}
	return data[start : start+length], true
}

// walkSequence reads record after record by their content lengths.
func (l *Layer) walkSequence() error {
	size := int64(len(l.shp.Data))
	declared := int64(binary.BigEndian.Uint32(l.shp.Data[24:])) * 2
	if declared != size {
		l.odd.Add(wrongLength, 0)
	}
	l.records.reset(0)
	way := inplace.Sequential{File: l.shp}
	defer way.Leave()
	offset := int64(fileHeader)
	for offset < size {
		number := l.records.len() + 1
		way.Reach(offset)
		content, ok := l.content(offset)
		inSequence := ok && binary.BigEndian.Uint32(l.shp.Data[offset:]) == uint32(number)
		// Past the end that the header declares only a record that continues
		// the numbers is believed; past the last row any record is, since it
		// may be an edited one that nothing but the lost .shx tells from its
		// old copy. Then the rows no longer fit the shapes, which is refused.
		past := offset >= declared && !inSequence || l.table != nil && number > l.table.rows && !ok
		if past {
			l.odd.Add(trailing, 0)
			return nil
		}
		if !ok {
			return l.runsPastEnd(offset, number)
		}
		if offset >= maxOffset {
			return &geo.InputError{
				Record: number, Offset: offset,
				Message: geo.Textf("文件超过 8 GB", "the file is larger than 8 GB"),
				Advice:  geo.Textf("请分幅或改用 GeoPackage", "Split the layer or use a GeoPackage"),
			}
		}
		if !inSequence {
			l.odd.Add(wrongNumber, number)
		}
		if err := l.add(offset, content); err != nil {
			return err
		}
		offset += recordHeader + int64(len(content))
	}
	return nil
}

func (l *Layer) runsPastEnd(offset int64, number int) *geo.InputError {
	inputErr := &geo.InputError{Record: number, Offset: offset, Advice: reexport}
	left := int64(len(l.shp.Data)) - offset
	if left < recordHeader+4 {
		inputErr.Message = geo.Textf("文件在此中断，只剩 %d 字节", "the file breaks off here, %d bytes are left", left)
		return inputErr
	}
	length := int64(binary.BigEndian.Uint32(l.shp.Data[offset+4:])) * 2
	inputErr.Message = geo.Textf("记录称长 %[1]d 字节，但文件只剩 %[2]d 字节：文件被截断或已损坏",
		"the record claims %[1]d bytes where the file has %[2]d left: it is cut short or damaged", length, left-recordHeader)
	return inputErr
}
