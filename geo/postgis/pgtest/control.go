package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Down stops the server as an operator does (fast: connections are ended) or as
// a crash does (immediate), until Up. Ask for a database first.
func (c *Cluster) Down(mode string) error { return c.control("stop", "-m", mode) }

// Up starts the server again, with the settings that it had.
func (c *Cluster) Up() error {
	settings, err := os.ReadFile(filepath.Join(c.dir, "data", "postmaster.opts"))
	if err != nil {
		return err
	}
	return c.control("start", "-l", filepath.Join(c.dir, "log"), "-o", withoutProgram(strings.TrimSpace(string(settings)))) // a newline would end the command
}

// withoutProgram is the line of a server's options after its own name.
func withoutProgram(line string) string {
	for i := range len(line) {
		if line[i] == ' ' {
			return line[i+1:]
		}
	}
	return ""
}

func (c *Cluster) control(args ...string) error {
	if c.life == nil {
		return errors.New("pgtest: no server was started")
	}
	bin, err := findBinaries()
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(bin, "pg_ctl"), append([]string{"-w", "-D", filepath.Join(c.dir, "data")}, args...)...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "LC_ALL=C"}
	if err := unprivileged(cmd, c.dir); err != nil {
		return err
	}
	if out, err := cmd.Output(); err != nil {
		return fmt.Errorf("pgtest: %s: %w\n%s", args[0], err, out)
	}
	return nil
}

// Tablespace makes a directory a place where databases may lie; it must be
// empty, and goes to the server's user.
func (c *Cluster) Tablespace(name, dir string) error {
	info, err := os.Stat(c.dir)
	if err != nil {
		return err
	}
	if err := chownLike(dir, info); err != nil {
		return err
	}
	return c.execute("postgres", "create tablespace "+name+" location '"+dir+"'")
}

// Move puts a database, to which nobody is connected, into a tablespace.
func (c *Cluster) Move(url, tablespace string) error {
	return c.execute("postgres", "alter database "+databaseOf(url)+" set tablespace "+tablespace)
}
