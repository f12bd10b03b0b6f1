package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// do runs a program; what it says stands in the error.
func do(dir string, env []string, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// compiler gives a C compiler for every platform, zig's, in an environment of its
// own.
func (w work) compiler() (string, error) {
	home := filepath.Join(w.scratch, "zig-"+zig)
	found := func() (string, bool) {
		paths, _ := filepath.Glob(filepath.Join(home, "lib/python*/site-packages/ziglang/zig"))
		return strings.Join(paths, ""), len(paths) == 1
	}
	if path, ok := found(); ok {
		return path, nil
	}
	if err := do("", nil, "python3", "-m", "venv", home); err != nil {
		return "", fmt.Errorf("scripts/install.sh dist installs what is missing: %w", err)
	}
	if err := do("", nil, filepath.Join(home, "bin/pip"), "install", "-q", "--disable-pip-version-check", "ziglang=="+zig); err != nil {
		return "", err
	}
	path, ok := found()
	if !ok {
		return "", fmt.Errorf("%s has no zig", home)
	}
	return path, nil
}

// fetchWheel gives the file of a wheel.
func (w work) fetchWheel(wh wheel) (string, error) {
	dir := filepath.Join(w.scratch, "wheels", wh.name+"-"+wh.version+"-"+wh.platform)
	return fetched(dir, "*.whl", wh.digest, func() error {
		return do("", nil, "python3", "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "-d", dir,
			"--only-binary=:all:", "--python-version", "312", "--platform", wh.platform, wh.name+"=="+wh.version)
	})
}

// fetchDeb gives the file of a Debian package, by a list of sources of its own.
func (w work) fetchDeb(d deb, processor string) (string, error) {
	dir := filepath.Join(w.scratch, "debs", d.name+"-"+processor)
	return fetched(dir, "*.deb", d.digest, func() error {
		sources := filepath.Join(dir, "sources.list")
		line := "deb [signed-by=/usr/share/keyrings/debian-archive-bullseye-stable.gpg] http://deb.debian.org/debian bullseye main\n"
		if err := os.MkdirAll(filepath.Join(dir, "lists/partial"), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(sources, []byte(line), 0o644); err != nil {
			return err
		}
		options := []string{"-q", "-o", "Dir::Etc::SourceList=" + sources, "-o", "Dir::Etc::SourceParts=/dev/null", "-o", "Dir::State::Lists=" + filepath.Join(dir, "lists"),
			"-o", "Dir::State::status=/dev/null", "-o", "APT::Architecture=" + processor, "-o", "APT::Architectures::=" + processor,
			"-o", "Acquire::Check-Valid-Until=false", "-o", "APT::Sandbox::User=root", "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache="}
		if err := do(dir, nil, "apt-get", append(options, "update")...); err != nil {
			return err
		}
		return do(dir, nil, "apt-get", append(options, "download", d.name+"="+d.version)...)
	})
}

// fetched gives the one file of a pattern in a directory, after it was fetched
// where it is not there, if it has the digest.
func fetched(dir, pattern, digest string, fetch func() error) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for range 2 {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return "", err
		}
		if len(paths) == 1 {
			return paths[0], hasDigest(paths[0], digest)
		}
		if err := fetch(); err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("%s does not hold one %s", dir, pattern)
}

func hasDigest(path, want string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want {
		return fmt.Errorf("%s is not what it was: SHA-256 %x, want %s", path, sum, want)
	}
	return nil
}
