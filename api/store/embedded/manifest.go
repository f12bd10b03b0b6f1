package embedded

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/transient"

	"github.com/dustin/go-humanize"
)

// Manifest is the first file of a backup: what is in it, in the order in which
// it comes.
type Manifest struct {
	Format int         `json:"format"` // 1
	Taken  time.Time   `json:"taken"`
	Plans  int         `json:"plans"`
	Checks int         `json:"checks"`
	Files  []SavedFile `json:"files"`
}

// SavedFile is one file of a backup.
type SavedFile struct {
	Name   string `json:"name"` // with slashes, from the data directory
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hex
}

const (
	manifestName   = "manifest.json"
	manifestFormat = 1

	longestManifest = 256 << 20 // a million files and more
	// A backup that holds so many times its own length is none of ours.
	maxRatio = 250
)

// Bytes of all files.
func (m Manifest) Bytes() (n int64) {
	for _, f := range m.Files {
		n += f.Size
	}
	return n
}

// manifest reads what will come, and refuses what cannot be kept.
func (r *restore) manifest(length int64) (m Manifest, err error) {
	h, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return m, err
	}
	if err != nil || h.Name != manifestName || h.Size > longestManifest {
		return m, notABackup(geo.Text{ZH: "不是 landcheck backup 写出的文件", EN: "this is no file that landcheck backup wrote"}, nil)
	}
	text, err := io.ReadAll(r.tar)
	if err != nil {
		return m, notABackup(geo.Textf("备份文件读不完：%v", "the backup cannot be read to its end: %v", err), err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil || m.Format != manifestFormat {
		return m, notABackup(geo.Text{ZH: "备份清单读不懂，可能来自另一个版本的 landcheck", EN: "the backup's manifest is not understood; it may be another version's"}, err)
	}
	total := int64(0)
	for i, f := range m.Files {
		if !isSaved(f.Name) || i > 0 && f.Name == m.Files[i-1].Name {
			return m, notABackup(geo.Textf("备份清单中的文件名 %q 不该出现", "a name in the backup's manifest does not belong there: %q", f.Name), nil)
		}
		if f.Size < 0 || total+f.Size < total {
			return m, notABackup(geo.Textf("备份清单中 %q 的大小不对", "the backup's manifest has no right size of %q", f.Name), nil)
		}
		total += f.Size
	}
	if length > 0 && total/maxRatio > length {
		return m, notABackup(geo.Textf("备份文件声称解压后有 %[1]s，与自身大小不符", "the backup says to hold %[1]s, which its own length belies", humanize.IBytes(uint64(total))), nil)
	}
	return m, r.room(total)
}

// room refuses what the disk has no room for, before anything is written.
func (r *restore) room(total int64) error {
	free, err := freeOn(r.dir)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	if uint64(total) > free {
		return &geo.InputError{File: r.dir,
			Message: geo.Textf("磁盘空间不够：需要 %[1]s，剩余 %[2]s", "the disk has no room: it takes %[1]s, and there are %[2]s", humanize.IBytes(uint64(total)), humanize.IBytes(free)),
			Advice:  geo.Text{ZH: "请腾出空间，或用 --data 指定另一个磁盘上的目录", EN: "Make room, or name a directory on another disk by --data"}}
	}
	return nil
}

// isSaved tells whether a store keeps a file of that name.
func isSaved(name string) bool {
	if name == tokensFile || name == townshipsFile || name == basesFile || name == auditFile {
		return true
	}
	if id, ok := strings.CutPrefix(name, auditOld); ok {
		id, ok = strings.CutSuffix(id, auditEnd)
		return ok && isName(id)
	}
	parts := strings.SplitN(name, "/", 3)
	if len(parts) == 3 && parts[0] == reviewsDir {
		id, ok := strings.CutSuffix(parts[2], jsonEnd)
		return ok && isName(parts[1]) && isName(id)
	}
	if len(parts) != 3 || !isName(parts[1]) || !store.IsArtifact(parts[2]) || strings.Contains(name, `\`) {
		return false
	}
	switch parts[0] {
	case plansDir:
		return parts[2] == planFile || !strings.Contains(parts[2], "/") && parts[2] == stored(store.FileName(parts[2]))
	case basesDir:
		return true
	case checksDir:
		return parts[2] == checkFile || parts[2] == decisionsFile || strings.HasPrefix(parts[2], filesDir+"/")
	}
	return false
}
