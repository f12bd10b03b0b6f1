package filegdb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// table is a .gdbtable, mapped, with the places of its rows.
type table struct {
	name  string // of its files, without ending
	file  *inplace.File
	index *inplace.File // nil for a table without rows

	declared  uint64 // rows, by the header
	fieldsAt  int64
	fieldsEnd int64
	fields    []field
	nullBytes int
	shapes    byte // geometry of the layer, 0 for a table without
	utf8      bool // else text is UTF-16
	shape     *shapeField
	slots
}

const (
	tableHeader = 40
	maxFields   = 10 << 20 // bytes of the block that describes them

	polygonLayer    = 4
	multipatchLayer = 9
)

// openTable opens table number n of a folder: its header, its fields and the
// places of its rows.
func openTable(files map[string]string, n int) (*table, error) {
	name := fmt.Sprintf("a%08x", n)
	path, ok := files[name+".gdbtable"]
	if err := compressed(files, name); err != nil {
		return nil, err
	}
	if !ok {
		return nil, errNoTable
	}
	file, err := inplace.Open(path)
	if err != nil {
		return nil, ofFile(err, name+".gdbtable")
	}
	t := &table{name: name, file: file}
	if err := inplace.Guard(0, t.readHeader); err != nil {
		return nil, errors.Join(ofFile(err, name+".gdbtable"), t.close())
	}
	if path, ok := files[name+".gdbtablx"]; ok {
		t.index, err = inplace.Open(path)
		if err == nil {
			err = inplace.Guard(0, func() (err error) {
				t.slots, err = readSlots(t.index.Data)
				return err
			})
		}
		if err != nil {
			return nil, errors.Join(ofFile(err, name+".gdbtablx"), t.close())
		}
	} else if t.declared > 0 {
		return nil, errors.Join(&geo.InputError{Advice: reexport,
			Message: geo.Textf("缺少 %[2]s.gdbtablx，表中的 %[1]d 条记录无法定位", "%[2]s.gdbtablx is missing, so the %[1]d rows of the table cannot be found", t.declared, name)}, t.close())
	}
	if got := uint64(len(t.offsets)); got != t.declared {
		return nil, errors.Join(ofFile(broken(0, "声明 %[1]d 条记录，实际 %[2]d 条：文件损坏", "it declares %[1]d rows and holds %[2]d: it is damaged", t.declared, got), name+".gdbtable"), t.close())
	}
	return t, nil
}

// tableFiles are the paths of the files that make up table number n; none without
// its .gdbtable. Indexes, locks and times are none of them.
func tableFiles(files map[string]string, n int) []string {
	var paths []string
	for _, ending := range []string{".gdbtable", ".gdbtablx"} {
		if path, ok := files[fmt.Sprintf("a%08x", n)+ending]; ok {
			paths = append(paths, path)
		} else if len(paths) == 0 {
			return nil
		}
	}
	return paths
}

// errNoTable is a table of the catalogue whose file is not there.
var errNoTable = errors.New("filegdb: the table's file is missing")

// compressed refuses a table of which a compressed copy lies in the folder.
func compressed(files map[string]string, name string) error {
	for _, ending := range []string{".gdbtable.cdf", ".gdbtable.sdc", ".cdf", ".sdc"} {
		if _, ok := files[name+ending]; ok {
			return &geo.InputError{
				Message: geo.Textf("此图层是压缩文件地理数据库（%s），不能读取", "the layer is in a compressed file geodatabase (%s) and cannot be read", name+ending),
				Advice:  geo.Text{ZH: "请在 ArcGIS 中解压（Uncompress File Geodatabase Data）后重试，或导出为 Shapefile 或 GeoPackage", EN: "Uncompress it in ArcGIS (Uncompress File Geodatabase Data), or export it as a Shapefile or GeoPackage"}}
		}
	}
	return nil
}

// ofFile says which file of the folder an input error is about: its place is the
// layer, by which no file is called.
func ofFile[E error](err E, name string) E {
	if f, ok := geo.AsInputError(err); ok {
		f.Message = geo.Text{ZH: name + "：" + f.Message.ZH, EN: name + ": " + f.Message.EN}
	}
	return err
}

func (t *table) close() error { return errors.Join(t.file.Close(), t.index.Close()) }

// readHeader reads what the table says of itself and holds it against its size.
func (t *table) readHeader() error {
	data := t.file.Data
	if len(data) < tableHeader {
		return broken(0, "文件只有 %d 字节，不完整", "the file has only %d bytes: it is not whole", len(data))
	}
	switch version := binary.LittleEndian.Uint32(data); version {
	case 3:
		t.declared = uint64(binary.LittleEndian.Uint32(data[4:]))
	case 4:
		t.declared = binary.LittleEndian.Uint64(data[16:])
	default:
		return broken(0, "不是文件地理数据库的表（版本 %d）", "this is no table of a file geodatabase (version %d)", version)
	}
	if size := binary.LittleEndian.Uint64(data[24:]); size > uint64(len(data)) {
		return broken(24, "文件头称有 %[1]d 字节，实际只有 %[2]d 字节：文件被截断", "its header says %[1]d bytes where the file has %[2]d: it is cut short", size, len(data))
	}
	at := binary.LittleEndian.Uint64(data[32:])
	if at < tableHeader || at > uint64(len(data)-4) {
		return broken(32, "字段说明的位置 %d 不在文件内", "the description of the fields lies at %d, outside the file", at)
	}
	length := int64(binary.LittleEndian.Uint32(data[at:]))
	t.fieldsAt, t.fieldsEnd = int64(at), int64(at)+4+length
	if length > maxFields || t.fieldsEnd > int64(len(data)) {
		return broken(int64(at), "字段说明称长 %d 字节，超出文件", "the description of the fields claims %d bytes, beyond the file", length)
	}
	return t.readFields(data[at+4 : t.fieldsEnd])
}

// row is the bytes of row i after its length, and where they begin.
func (t *table) row(i int) (content []byte, at int64, bad *damage) {
	offset, size := t.offsets[i], uint64(len(t.file.Data))
	at = int64(offset)
	if offset < tableHeader || offset+4 > size {
		return nil, at, misplaced("称记录在 %[1]s.gdbtable 的第 %[2]d 字节，不在其记录区内（文件 %[3]d 字节）", "the record is said to lie at byte %[2]d of %[1]s.gdbtable, outside its rows (the file has %[3]d bytes)", t.name, offset, size)
	}
	length := uint64(binary.LittleEndian.Uint32(t.file.Data[offset:]))
	switch {
	case length>>31 != 0:
		return nil, at, misplaced("称记录在 %[1]s.gdbtable 的第 %[2]d 字节，该处却是已删除的记录", "the record is said to lie at byte %[2]d of %[1]s.gdbtable, where a deleted row is", t.name, offset)
	case length > size-offset-4:
		return nil, at, damaged(0, "记录称长 %[1]d 字节，但文件只剩 %[2]d 字节", "the record claims %[1]d bytes where the file has %[2]d left", length, size-offset-4)
	case length < uint64(t.nullBytes):
		return nil, at, damaged(0, "记录只有 %d 字节", "the record has only %d bytes", length)
	case at < t.fieldsEnd && at+4+int64(length) > t.fieldsAt:
		return nil, at, misplaced("称记录在 %[1]s.gdbtable 的第 %[2]d 字节，该处却是字段说明", "the record is said to lie at byte %[2]d of %[1]s.gdbtable, within the description of the fields", t.name, offset)
	}
	return t.file.Data[offset+4 : offset+4+length], at + 4, nil
}

// apart refuses rows that share bytes, by where each ends: two slots on one row
// count a parcel twice, ten million slots on one are a bomb.
func (t *table) apart(ends []uint64) error {
	order := slices.IsSorted(t.offsets)
	places := make([]int32, 0)
	if !order {
		places = make([]int32, len(t.offsets))
		for i := range places {
			places[i] = int32(i)
		}
		slices.SortFunc(places, func(a, b int32) int {
			switch x, y := t.offsets[a], t.offsets[b]; {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return int(a - b)
		})
	}
	last := -1
	for k := range t.offsets {
		i := k
		if !order {
			i = int(places[k])
		}
		if last >= 0 && ends[last] > t.offsets[i] {
			a, b := min(last, i), max(last, i)
			return t.refused(a, 0, misplaced("OBJECTID %[1]d 与 %[2]d 的记录共用 %[3]s.gdbtable 的同一段字节（第 %[4]d 字节）",
				"the rows of OBJECTID %[1]d and %[2]d share bytes of %[3]s.gdbtable (byte %[4]d)", t.id(a), t.id(b), t.name, t.offsets[i]))
		}
		last = i
	}
	return nil
}
