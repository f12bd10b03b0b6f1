package main

import (
	"bytes"
	"fmt"
	"strings"
)

// Where a package's files go: the folder under /opt, and the program on the path.
const installed = "opt/landcheck/"

// deb is a package for Debian and its kin (Kylin, UOS): an ar archive of a version,
// a control archive and the files (deb(5)). It depends on glibc alone.
func (w work) deb(p platform, items []item) ([]byte, error) {
	size := 0
	for _, i := range items {
		size += len(i.data)
	}
	control := fmt.Sprintf(`Package: landcheck
Version: %s
Architecture: %s
Maintainer: landcheck maintainers <landcheck@localhost>
Depends: libc6 (>= 2.28)
Installed-Size: %d
Section: science
Priority: optional
Description: checks plans of comprehensive land consolidation 全域土地综合整治
 Reads the plan package and the base data, checks every clause of the policy and
 says which rule is broken, where, by how much, and what to do.
`, debianVersion(w.version), p.debian, size/1024+1)
	start := item{"usr/bin/landcheck", []byte("#!/bin/sh\nexec /" + installed + "landcheck \"$@\"\n"), 0o755}
	files := []item{start}
	for _, i := range items {
		i.name = installed + i.name
		files = append(files, i)
	}
	head, err := w.tarred("./", []item{{"control", []byte(control), 0o644}})
	if err != nil {
		return nil, err
	}
	data, err := w.tarred("./", files)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("!<arch>\n")
	for _, m := range []item{{"debian-binary", []byte("2.0\n"), 0}, {"control.tar.gz", head, 0}, {"data.tar.gz", data, 0}} {
		fmt.Fprintf(&out, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", m.name, w.at.Unix(), 0, 0, "100644", len(m.data))
		out.Write(m.data)
		if len(m.data)%2 == 1 {
			out.WriteByte('\n')
		}
	}
	return out.Bytes(), nil
}

// debianVersion begins with a digit.
func debianVersion(version string) string {
	version = strings.ReplaceAll(strings.TrimPrefix(version, "v"), "-", "+")
	if version == "" || version[0] < '0' || version[0] > '9' {
		return "0+" + version
	}
	return version
}
