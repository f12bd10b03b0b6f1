package catalog

import (
	"archive/zip"
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"landcheck/geo"
	"landcheck/geo/transient"
)

var repackAdvice = geo.Text{ZH: "请重新压缩后再提交", EN: "Make the archive again and resubmit it"}

// unpack writes the entries of a zip into a private directory. Everything that
// the directory of the archive can tell is checked before the first byte is
// written; what it claims about sizes is checked again while writing.
func (c *Catalog) unpack(ctx context.Context, name string, o Options) error {
	z, err := zip.OpenReader(name)
	if err != nil {
		if kind := packedAs(name); kind != "" {
			return c.otherArchive(kind)
		}
		return c.corrupt("", err)
	}
	defer z.Close()
	if len(z.File) > o.Entries {
		return c.tooMany(o)
	}
	names := entryNames(z.File)
	var todo []entryFile
	var total uint64
	taken, conflict := createdPaths{}, ""
	for i, e := range z.File {
		if Junk(names[i]) || names[i] == "./" || strings.HasSuffix(names[i], "/.") {
			continue // of systems, or the archive's own root
		}
		if err := c.checkEntry(e, names[i], o); err != nil {
			return err
		}
		left := o.UnpackedBytes - int64(total)
		if total += e.UncompressedSize64; total > uint64(o.UnpackedBytes) {
			return c.tooLarge("", o.UnpackedBytes)
		}
		if strings.HasSuffix(names[i], "/") || e.FileInfo().IsDir() {
			c.folder(strings.TrimSuffix(names[i], "/"))
			continue
		}
		if !taken.take(names[i]) && conflict == "" {
			conflict = names[i]
		}
		todo = append(todo, entryFile{entry: e, name: names[i], limit: min(left, o.EntryBytes)})
	}
	if conflict != "" {
		return c.nameConflict(conflict, nil)
	}
	if c.sandbox, err = os.MkdirTemp(o.TempDir, "landcheck-"); err != nil {
		return transient.Mark(err)
	}
	z.RegisterDecompressor(zip.Deflate, inflater())
	return c.extractAll(ctx, todo)
}

// checkEntry refuses an entry by what the archive says of it.
func (c *Catalog) checkEntry(e *zip.File, name string, o Options) error {
	if problem := unsafeName(name); !problem.IsZero() {
		return c.inputError(name, problem, geo.Text{ZH: "该压缩包可能有害：请核实来源并重新压缩", EN: "The archive may be hostile: check where it comes from and make it again"})
	}
	if runtime.GOOS == "windows" && !isWindowsName(name) {
		return c.inputError(name, geo.Text{ZH: "Windows 不接受这个文件名", EN: "Windows does not take this name"},
			geo.Text{ZH: `请改名后重新压缩：不能有 < > : " | ? *，不能以空格或点结尾，不能叫 CON、PRN、AUX、NUL、COM1、LPT1 等`,
				EN: `Rename it and make the archive again: no < > : " | ? *, no space or dot at the end, not CON, PRN, AUX, NUL, COM1, LPT1 or their like`})
	}
	mode := e.Mode()
	switch {
	case mode&fs.ModeSymlink != 0:
		return c.inputError(name, geo.Text{ZH: "条目是符号链接", EN: "the entry is a symbolic link"},
			geo.Text{ZH: "请用文件本身代替链接后重新压缩", EN: "Put the file itself in place of the link and make the archive again"})
	case !mode.IsRegular() && !mode.IsDir():
		return c.inputError(name, geo.Text{ZH: "条目不是普通文件", EN: "the entry is not a regular file"}, repackAdvice)
	case e.Flags&1 != 0:
		return c.inputError(name, geo.Text{ZH: "条目已加密", EN: "the entry is encrypted"},
			geo.Text{ZH: "请不加密码重新压缩", EN: "Make the archive again without a password"})
	case e.UncompressedSize64 > uint64(o.EntryBytes):
		return c.tooLarge(name, o.EntryBytes)
	case e.UncompressedSize64 > ratioFree && e.UncompressedSize64/uint64(o.Ratio) > e.CompressedSize64:
		return c.inputError(name, geo.Textf("压缩比超过 %d，疑似压缩炸弹", "it unpacks to more than %d times its size, like a zip bomb", o.Ratio),
			geo.Text{ZH: "请核实来源，或直接提交目录", EN: "Check where it comes from, or give the directory itself"})
	}
	return nil
}

// corrupt is an archive that cannot be read, or an entry of it.
func (c *Catalog) corrupt(name string, err error) error {
	problem := geo.Textf("压缩内容损坏（%v）", "the packed content is damaged (%v)", err)
	switch {
	case errors.Is(err, zip.ErrChecksum):
		problem = geo.Text{ZH: "校验和不符，内容已损坏", EN: "the checksum does not match: the content is damaged"}
	case errors.Is(err, zip.ErrAlgorithm):
		problem = geo.Text{ZH: "压缩算法不支持", EN: "the compression method is not supported"}
	case name == "" && errors.Is(err, zip.ErrFormat):
		problem = geo.Text{ZH: "不是完整的 zip 文件", EN: "this is not a whole zip file"}
	}
	return &geo.InputError{File: c.entry(name), Message: problem, Err: err,
		Advice: geo.Text{ZH: "请用普通 zip（Deflate）重新压缩并完整传输", EN: "Make the archive again as a plain zip (Deflate) and transfer all of it"}}
}

func (c *Catalog) nameConflict(name string, err error) error {
	return &geo.InputError{File: c.entry(name), Err: err,
		Message: geo.Text{ZH: "与另一条目重名，或文件与目录同名", EN: "another entry has the same name, or a file and a folder share it"},
		Advice:  repackAdvice}
}

func (c *Catalog) tooLarge(name string, limit int64) error {
	return c.inputError(name, geo.Textf("解压后超过 %d 字节", "it unpacks to more than %d bytes", limit),
		geo.Text{ZH: "请只保留方案所需的文件，或直接提交目录", EN: "Keep only what the plan needs, or give the directory itself"})
}
