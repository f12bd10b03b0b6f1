package embedded

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// What is in the directory. Everything that is not yet whole has a name that
// begins with a dot; what begins with one at opening was left by a crash.
const (
	lockFile      = "lock"
	tokensFile    = "tokens.json"
	townshipsFile = "townships.json"
	basesFile     = "bases.json"
	basesDir      = "bases"
	auditFile     = "audit.jsonl"
	auditOld      = "audit-" // segments, with the id of the last entry
	auditEnd      = ".jsonl"
	plansDir      = "plans"
	checksDir     = "checks"
	reviewsDir    = "reviews"
	reserveDir    = "reserve"
	planFile      = "plan.json"
	checkFile     = "check.json"
	jsonEnd       = ".json"
	decisionsFile = "decisions.json" // of a check
	filesDir      = "files"          // of a check: its artifacts
	unfinished    = ".new-"
)

// What the program that serves a directory leaves in it: where it is, and its log,
// older parts of which have a time in their names.
const (
	AddressFile = "address"
	LogFile     = "landcheck.log"
)

// isOurs tells whether something in a server's directory is the server's, by name;
// what begins with a dot is what a crash left, see sweep.
func isOurs(name string) bool {
	switch name {
	case lockFile, tokensFile, townshipsFile, auditFile, plansDir, checksDir, reviewsDir, basesFile, basesDir, reserveDir, AddressFile, LogFile:
		return true
	}
	if strings.HasPrefix(name, "landcheck-") && strings.HasSuffix(name, ".log") {
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, auditOld) && strings.HasSuffix(name, auditEnd)
}

// Uploads and reports are nobody else's business.
const (
	privateFile = 0o600
	privateDir  = 0o700
)

// writeJSON writes a file whole or not at all, and waits for the disk.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("store: %s: %w", path, err)
	}
	err = outfile.Write(path, append(text, '\n'), outfile.Private)
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}

// readJSON reads a file of ours. Since they are written whole, one that does
// not read was damaged by somebody or something else: a *geo.InputError.
func readJSON(path string, v any) error {
	text, err := os.ReadFile(path)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields() // of a newer landcheck, which would be lost
		err = d.Decode(v)
	}
	if err != nil {
		return damaged(path, err)
	}
	return nil
}

func damaged(path string, err error) *geo.InputError {
	return &geo.InputError{
		File:    path,
		Message: geo.Textf("数据目录中的文件不能读取：%v", "a file of the data directory cannot be read: %v", err),
		Advice: geo.Text{
			ZH: "请从备份恢复该文件；没有备份时把它所在的目录移出数据目录后再启动",
			EN: "Restore the file from a backup; without one, move its directory out of the data directory and start again",
		},
		Err: transient.Mark(err),
	}
}

// publish gives a finished directory its name, for good.
func publish(from, to string) error {
	if err := syncDir(from); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// sweep removes what a crash left half-done in a directory and names the
// directories that are whole.
func sweep(dir string) (whole []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), snapshotName) && heldByOther(filepath.Join(dir, e.Name())):
		case strings.HasPrefix(e.Name(), "."):
			err = outfile.RemoveAll(filepath.Join(dir, e.Name()))
		case e.IsDir():
			whole = append(whole, e.Name())
		}
		if err != nil {
			return nil, fmt.Errorf("store: %w", transient.Mark(err))
		}
	}
	return whole, nil
}

// bytesIn is what the files of a directory hold.
func bytesIn(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("store: %w", transient.Mark(err))
	}
	return n, nil
}

// syncTree makes what a run left last.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() && !d.Type().IsRegular() {
			return err
		}
		return syncDir(path) // a file is synced like a directory
	})
}
