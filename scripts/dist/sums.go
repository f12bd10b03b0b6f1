package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"os"
	"path/filepath"

	"github.com/emmansun/gmsm/sm3"
)

// sums writes the digests of the archives, in the form that sha256sum -c and
// sm3sum -c read.
func (w work) sums(archives []string) error {
	for name, digest := range map[string]func() hash.Hash{"SHA256SUMS": sha256.New, "SM3SUMS": sm3.New} {
		var text bytes.Buffer
		for _, path := range archives {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			h := digest()
			h.Write(data)
			fmt.Fprintf(&text, "%x  %s\n", h.Sum(nil), filepath.Base(path))
		}
		if err := os.WriteFile(filepath.Join(w.out, name), text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
