package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// The list of parts as CycloneDX 1.5 has it (https://cyclonedx.org/docs/1.5/json).
type (
	cyclone struct {
		Format     string      `json:"bomFormat"`
		Version    string      `json:"specVersion"`
		Number     int         `json:"version"`
		Metadata   metadata    `json:"metadata"`
		Components []component `json:"components"`
	}
	metadata struct {
		Time      string    `json:"timestamp"`
		Component component `json:"component"`
	}
	component struct {
		Type    string   `json:"type"`
		Name    string   `json:"name"`
		Version string   `json:"version"`
		URL     string   `json:"purl,omitempty"`
		Digests []digest `json:"hashes,omitempty"`
	}
	digest struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
)

// partsList names every Go module in the program, as the program itself says, and
// every library beside it with its digest.
func (w work) partsList(p platform, program string, libraries []library) ([]byte, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	list := cyclone{Format: "CycloneDX", Version: "1.5", Number: 1, Metadata: metadata{w.at.Format(time.RFC3339),
		component{Type: "application", Name: "landcheck", Version: w.version}}}
	goVersion := strings.TrimPrefix(info.GoVersion, "go")
	list.Components = append(list.Components, component{Type: "library", Name: "stdlib", Version: goVersion, URL: "pkg:golang/stdlib@" + goVersion})
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		list.Components = append(list.Components, component{Type: "library", Name: m.Path, Version: m.Version, URL: "pkg:golang/" + m.Path + "@" + m.Version})
	}
	for _, l := range libraries {
		if l.isLicence() {
			continue
		}
		data, err := os.ReadFile(l.path)
		if err != nil {
			return nil, err
		}
		name, version, _ := strings.Cut(l.from, " ")
		list.Components = append(list.Components, component{Type: "library", Name: l.name, Version: version, URL: w.address(p, name, version),
			Digests: []digest{{"SHA-256", fmt.Sprintf("%x", sha256.Sum256(data))}}})
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(list)
	return out.Bytes(), err
}

// address is the package URL of what a library was taken out of.
func (w work) address(p platform, name, version string) string {
	for _, wh := range p.wheels {
		if wh.name == name {
			return "pkg:pypi/" + name + "@" + version
		}
	}
	return "pkg:deb/debian/" + strings.ReplaceAll(name, "+", "%2B") + "@" + version + "?arch=" + p.debian + "&distro=bullseye"
}
