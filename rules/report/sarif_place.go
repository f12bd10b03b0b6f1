package report

import (
	"net/url"
	"strings"

	"landcheck/rules/result"
)

// sarifPlace is the file of the repository that a finding points at, and the
// record in it as its line: layers are binary, and services show a line. nil
// where nothing is known of the file.
func sarifPlace(d *result.Finding, in Input) *sarifPhysical {
	file, record := planFile(d, in.Report)
	if in.Place == nil && file == "" {
		return nil
	}
	return &sarifPhysical{Artifact: sarifFileAt(file, in.Place), Region: &sarifRegion{StartLine: max(record, 1)}}
}

// sarifFileAt is a file of a package or the package itself: of the repository,
// where its place there is known.
func sarifFileAt(file string, place func(string) string) sarifArtifact {
	if place == nil {
		return sarifArtifact{URI: fileURI(file)}
	}
	at := sarifArtifact{URI: fileURI(place(file))}
	if !strings.HasPrefix(at.URI, "file:") {
		at.Base = "%SRCROOT%"
	}
	return at
}

// planFile is the layer file that a finding points at, and the record in it, 0
// where none is known: of its first feature that names one, else of the plan
// layer that plays the feature's role.
func planFile(d *result.Finding, r *result.Report) (file string, record int) {
	for _, f := range d.Features {
		if f.File != "" {
			return f.File, f.Record
		}
	}
	for _, f := range d.Features {
		for _, l := range r.Plan.Layers {
			if l.Role == f.Role && l.File != "" {
				return l.File, f.Record
			}
		}
	}
	return "", 0
}

// fileURI is a layer's file as a URI reference, each part of the path escaped
// and nothing left that could read as a scheme.
func fileURI(file string) string {
	parts := strings.Split(strings.ReplaceAll(file, `\`, "/"), "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	uri := strings.Join(parts, "/")
	if strings.HasPrefix(uri, "/") {
		return "file://" + "/" + strings.TrimLeft(uri, "/")
	}
	return uri
}
