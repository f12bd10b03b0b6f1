package pgtest

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// missingError says what the machine lacks.
type missingError string

func (e missingError) Error() string { return string(e) }

const missing = missingError("PostgreSQL with PostGIS is not installed: run scripts/install.sh test, or apt-get install postgresql-15-postgis-3 postgresql-15")

// findBinaries is the directory of the newest PostgreSQL that has PostGIS.
func findBinaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	slices.SortFunc(found, func(a, b string) int { return release(b) - release(a) })
	for _, initdb := range found {
		control := fmt.Sprintf("/usr/share/postgresql/%d/extension/postgis.control", release(initdb))
		if _, err := os.Stat(control); err == nil {
			return filepath.Dir(initdb), nil
		}
	}
	return "", missing
}

// release is the 15 of /usr/lib/postgresql/15/bin/initdb.
func release(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return n
}

// shortTemp is where a socket's path stays below the 107 bytes that it may have.
func shortTemp() string {
	if info, err := os.Stat("/tmp"); err == nil && info.IsDir() {
		return "/tmp"
	}
	return os.TempDir()
}

// unprivileged has the command run in a process group of its own, so that an
// interrupt from the keyboard leaves it to clear up, and as another user when
// this is root, whom PostgreSQL refuses.
func unprivileged(cmd *exec.Cmd, dir string) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return err
		}
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(who.Gid)
	if err != nil {
		return err
	}
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(dir, uid, gid)
}

// chownLike gives a directory to the user who has another one.
func chownLike(dir string, like os.FileInfo) error {
	stat, ok := like.Sys().(*syscall.Stat_t)
	if !ok {
		return errors.ErrUnsupported
	}
	return os.Chown(dir, int(stat.Uid), int(stat.Gid))
}

// databaseOf is the name in a URL of ours.
func databaseOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Path, "/")
}

// Tool is the path of a program that comes with the servers of the tests, such
// as pg_dump; the test is skipped where there is none.
func Tool(t testing.TB, name string) string {
	t.Helper()
	bin, err := findBinaries()
	if err != nil {
		t.Skip(err)
	}
	return filepath.Join(bin, name)
}
