package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"landcheck/rules/sample"
)

// projectParcels is how many parcels the project area of every plan holds:
// about three townships of the county of 100 000 parcels.
const projectParcels = 33_000

// county is a county on disk with its plans.
type county struct {
	parcels int
	base    string
	plans   map[int]string // by number of changes
}

// makeCounty writes a county and its plans below dir, unless an earlier run
// did. The same program always writes the same bytes.
func makeCounty(ctx context.Context, dir string, parcels int) (county, error) {
	dir = filepath.Join(dir, fmt.Sprintf("county-%d", parcels))
	out := county{parcels: parcels, base: filepath.Join(dir, "base"), plans: map[int]string{}}
	missing := !exists(filepath.Join(dir, "complete"))
	for _, n := range planSizes {
		out.plans[n] = planPath(dir, n)
		missing = missing || !exists(out.plans[n])
	}
	if !missing {
		return out, nil
	}
	fmt.Fprintf(os.Stderr, "writing a county of %d parcels to %s\n", parcels, dir)
	// In a process of its own: a child's peak memory is never less than its
	// parent's was when it started.
	self, err := os.Executable()
	if err != nil {
		return county{}, err
	}
	cmd := exec.CommandContext(ctx, self, "-write", dir, "-parcels", strconv.Itoa(parcels))
	cmd.Stderr = os.Stderr
	return out, cmd.Run()
}

// writeCounty writes a county with the plans of planSizes.
func writeCounty(ctx context.Context, dir string, parcels int) error {
	c, err := sample.New(sample.Options{Parcels: parcels, VerticesPerParcel: 60, CurveVertices: 50_000})
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := c.WriteBase(ctx, filepath.Join(dir, "base")); err != nil {
		return err
	}
	for _, n := range planSizes {
		if err := c.WriteBulk(ctx, planPath(dir, n), sample.Bulk{Changes: n, Project: projectParcels}); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "complete"), nil, 0o644)
}

func planPath(dir string, changes int) string {
	return filepath.Join(dir, fmt.Sprintf("plan-%d.zip", changes))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
