package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"landcheck/rules/sample"
)

// field is what the service has and what its clients send.
type field struct {
	counties []*county
}

// county is one county's base data and plans.
type county struct {
	code  string
	base  string
	small []byte // a plan of a dozen changes, for floods
	plans [][]byte
	bulk  []byte // hundreds of changes, whose findings fill tiles

	once  sync.Once // for the first who has it checked
	drawn string    // that check
}

// Size of the plan that the tiles are of: its changes, and the parcels of its
// project area.
const bulkChanges, bulkParcels = 300, 1500

// makeField writes counties of the sample's kind, with their plans.
func makeField(ctx context.Context, dir string) (*field, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	f := &field{}
	for i, code := range []string{"150123", "150222", "150921"} {
		c := &county{code: code, base: filepath.Join(dir, code, "base")}
		made, err := sample.New(sample.Options{Parcels: 6000, County: code, Seed: uint64(i + 1)})
		if err != nil {
			return nil, err
		}
		if err := made.WriteBase(ctx, c.base); err != nil {
			return nil, err
		}
		if err := made.WritePlans(ctx, filepath.Join(dir, code, "plans")); err != nil {
			return nil, err
		}
		bulk := filepath.Join(dir, code, "bulk.zip")
		if err := made.WriteBulk(ctx, bulk, sample.Bulk{Changes: bulkChanges, Project: bulkParcels}); err != nil {
			return nil, err
		}
		if c.bulk, err = os.ReadFile(bulk); err != nil {
			return nil, err
		}
		paths, err := filepath.Glob(filepath.Join(dir, code, "plans", "*.zip"))
		if err != nil || len(paths) == 0 {
			return nil, fmt.Errorf("county %s has no plans: %w", code, err)
		}
		for _, p := range paths {
			data, err := os.ReadFile(p)
			if err != nil {
				return nil, err
			}
			c.plans = append(c.plans, data)
		}
		c.small = c.plans[0]
		f.counties = append(f.counties, c)
	}
	return f, nil
}

// renamed is a package whose plan has another name, so that it is another plan;
// more replaces files of it, by name.
func renamed(data []byte, name string, more map[string][]byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name string, text []byte) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	for _, e := range in.File {
		layer, _, _ := strings.Cut(e.Name, ".")
		if _, gone := more[layer+".geojson"]; gone {
			continue
		}
		r, err := e.Open()
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		if e.Name == "plan.yaml" {
			text = bytes.Replace(text, []byte(`name: "`), []byte(`name: "`+name+" "), 1)
		}
		if err := put(e.Name, text); err != nil {
			return nil, err
		}
	}
	for name, text := range more {
		if err := put(name, text); err != nil {
			return nil, err
		}
	}
	err = z.Close() // writes the directory
	return out.Bytes(), err
}
