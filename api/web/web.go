// Package web is the service's page. Its sources are TypeScript, which
// build.mjs bundles into dist; a program built without that shows how to build
// it (placeholder.html).
//
//	rules/domain, rules/plan, rules/report → facts → src/facts.ts (go generate)
//	src → build.mjs → dist/index.html, dist/assets/NAME-HASH.js → Handler
//
// src/package knows names, files and plan.yaml as rules/plan does, before anything
// is sent; engine_test.go holds the two against each other.
package web

//go:generate go run ./facts

import (
	"bytes"
	"embed"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed placeholder.html all:dist
var files embed.FS

// policy lets the page have nothing but its own files, and images of base maps
// from their origins: no inline script, no other address. Styles that scripts set on elements need no exception.
func policy(images []string) string {
	from := "'self' data: blob:"
	for _, origin := range slices.Compact(slices.Sorted(slices.Values(images))) {
		from += " " + origin
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + from + "; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// Built tells whether the real page is in this program.
func Built() bool {
	_, err := fs.Stat(files, "dist/index.html")
	return err == nil
}

// Handler serves the page at / and its files under /assets/. The names of
// assets hold a hash of their content, so browsers keep them for good; the
// page itself is asked for every time. Images are the origins from which the page
// may have images besides.
func Handler(images ...string) http.Handler {
	policy := policy(images)
	index := "dist/index.html"
	if !Built() {
		index = "placeholder.html"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Vary", "Accept-Encoding")
		name := index
		if r.URL.Path != "/" {
			name = "dist" + path.Clean(r.URL.Path)
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			h.Set("Cache-Control", "no-store")
			http.Error(w, "没有这个文件，请刷新网页。 There is no such file: reload the page.", http.StatusNotFound)
			return
		}
		h.Set("Content-Type", contentType(name))
		h.Set("Cache-Control", "no-cache")
		if strings.HasPrefix(name, "dist/assets/") && path.Ext(name) != ".txt" { // licences.txt has no hash
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
	})
}

func contentType(name string) string {
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
