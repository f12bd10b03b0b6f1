package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"landcheck/api/store/embedded"
	"landcheck/geo"
	"landcheck/geo/outfile"

	"github.com/dustin/go-humanize"
	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) backupCommand() *ffcli.Command {
	fs := a.flags("backup")
	data := fs.String("data", defaultData, "data `directory` of the service 数据目录")
	return &ffcli.Command{
		Name: "backup", ShortUsage: "landcheck backup FILE.tar[.gz] [--data DIR]",
		ShortHelp: "save a service's data directory while it runs 备份数据目录",
		LongHelp: "Plans, checks, reports, tokens and the audit trail as they are at one time; checks that wait or run will wait.\n" +
			"Base data is files of your own and not in it. A service with --database is saved by pg_dump.\n" +
			"备份某一时刻的方案、核查、报告、令牌和审计记录，服务不必停止；等待中和进行中的核查恢复后重新排队。\n" +
			"底图是您自己的文件，不在其中。使用 --database 的服务请用 pg_dump。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 {
				return usage("backup 需要一个文件名：landcheck backup 备份.tar.gz", "backup takes the name of one file: landcheck backup FILE.tar.gz")
			}
			return a.backup(ctx, args[0], *data)
		},
	}
}

func (a *app) restoreCommand() *ffcli.Command {
	fs := a.flags("restore")
	data := fs.String("data", "", "an empty or a new `directory` 数据目录")
	return &ffcli.Command{
		Name: "restore", ShortUsage: "landcheck restore FILE --data DIR",
		ShortHelp: "make a data directory of a backup 从备份恢复数据目录",
		LongHelp: "Every file is held against the SHA-256 that the backup lists; nothing is restored of one that is damaged.\n" +
			"逐个文件核对备份清单中的 SHA-256；备份有损坏时不恢复任何内容。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			switch {
			case len(args) != 1:
				return usage("restore 需要一个备份文件：landcheck restore 备份.tar.gz --data 目录", "restore takes one backup: landcheck restore FILE.tar.gz --data DIR")
			case *data == "":
				return usage("缺少 --data：请给出一个空目录或新目录", "--data is missing: name an empty or a new directory")
			}
			return a.restore(ctx, args[0], *data)
		},
	}
}

// backup writes the file whole or not at all.
func (a *app) backup(ctx context.Context, path, data string) (err error) {
	zipped := strings.HasSuffix(path, ".tar.gz") || strings.HasSuffix(path, ".tgz")
	if !zipped && !strings.HasSuffix(path, ".tar") {
		return usage("备份文件名要以 .tar.gz、.tgz 或 .tar 结尾", "the name of a backup ends with .tar.gz, .tgz or .tar")
	}
	if _, err := os.Lstat(path); err == nil {
		return usage("%s 已经存在，不会覆盖：请换一个文件名", "%s is there already and is not overwritten: choose another name", path)
	}
	if inside(data, path) {
		return usage("备份不能放在数据目录里面", "the backup cannot lie in the directory that it saves")
	}
	out, err := outfile.Create(path, outfile.Private)
	if err != nil {
		return unwritable(path, err)
	}
	defer func() { err = errors.Join(err, out.Cleanup()) }()
	buffer := bufio.NewWriterSize(out, 1<<20)
	var to io.Writer = buffer
	closeZip := func() error { return nil }
	if zipped {
		z, err := gzip.NewWriterLevel(buffer, gzip.BestSpeed) // most of it is zip already
		if err != nil {
			return err
		}
		to, closeZip = z, z.Close
	}
	m, err := embedded.Backup(ctx, data, filepath.Dir(path), to)
	if err != nil {
		return err
	}
	for _, step := range []func() error{closeZip, buffer.Flush, out.Replace} {
		if err := step(); err != nil {
			return unwritable(path, err)
		}
	}
	a.say(geo.Textf("已备份到 %[1]s：%[2]d 个方案、%[3]d 次核查，%[4]d 个文件共 %[5]s", "saved in %[1]s: %[2]d plans, %[3]d checks, %[4]d files of %[5]s",
		path, m.Plans, m.Checks, len(m.Files), humanize.IBytes(uint64(m.Bytes()))))
	return nil
}

// inside tells whether a file would lie in a directory.
func inside(dir, path string) bool {
	rest, err := filepath.Rel(follow(dir), follow(path))
	return err == nil && filepath.IsLocal(rest)
}

func unwritable(path string, err error) *geo.InputError {
	return &geo.InputError{File: path, Err: err,
		Message: geo.Textf("不能写入：%v", "cannot be written: %v", geo.SystemText(err)),
		Advice:  geo.Text{ZH: "请检查目录、权限和磁盘空间", EN: "Check the directory, its permissions and the room on the disk"}}
}

func (a *app) restore(ctx context.Context, path, data string) error {
	in, err := os.Open(path)
	if err != nil {
		return &geo.InputError{File: path, Err: err,
			Message: geo.Textf("打不开：%v", "cannot be opened: %v", geo.SystemText(err)),
			Advice:  geo.Text{ZH: "请给出 landcheck backup 写出的文件", EN: "Name a file that landcheck backup wrote"}}
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return &geo.InputError{File: path, Err: err, Message: geo.Text{ZH: "不是普通文件", EN: "this is no regular file"},
			Advice: geo.Text{ZH: "请给出 landcheck backup 写出的文件", EN: "Name a file that landcheck backup wrote"}}
	}
	buffer := bufio.NewReaderSize(in, 1<<20)
	var from io.Reader = buffer
	if magic, _ := buffer.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(buffer)
		if err != nil {
			return &geo.InputError{File: path, Err: err, Message: geo.Text{ZH: "压缩文件已损坏", EN: "the compressed file is damaged"},
				Advice: geo.Text{ZH: "请使用另一个备份", EN: "Use another backup"}}
		}
		from = z
	}
	m, err := embedded.Restore(ctx, from, info.Size(), data)
	if inputErr, ok := geo.AsInputError(err); ok && inputErr.File == "" {
		placed := *inputErr
		placed.File = path
		return &placed
	}
	if err != nil {
		return err
	}
	s, err := embedded.Open(data, nil, embedded.Options{}) // as the service will
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	a.say(geo.Textf("已从 %[2]s 恢复到 %[1]s：%[3]d 个方案、%[4]d 次核查，备份时间 %[5]s。请运行 landcheck serve --data %[1]s 并给出底图",
		"restored into %[1]s from %[2]s: %[3]d plans, %[4]d checks, saved at %[5]s. Now run landcheck serve --data %[1]s with its base data",
		data, path, m.Plans, m.Checks, m.Taken.Format("2006-01-02T15:04:05Z")))
	return nil
}
