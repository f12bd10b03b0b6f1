package check

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// Packages are the plan packages in a folder of several, in the order of their
// names; nil where the path is a package itself, or nothing that can be listed.
//
// A folder with a manifest, a project area or loose layers of its own is a
// package, and so is one that wraps a single folder with layers. One is of several
// where two folders in it are packages, or two containers, or where it holds zips
// and no layers beside them. Then whatever may be a package is one: checking it
// says what is missing.
func Packages(ctx context.Context, dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil || strings.EqualFold(filepath.Ext(dir), ".gdb") {
		return nil // whoever opens it says what is wrong
	}
	var all, containers []string
	folders, layers, zips := 0, 0, 0 // layers: folders without a manifest
	for _, e := range entries {
		name, at := e.Name(), filepath.Join(dir, e.Name())
		switch ext := strings.ToLower(path.Ext(name)); {
		case strings.HasPrefix(name, ".") || name == "__MACOSX":
		case ext == ".zip":
			zips, all = zips+1, append(all, at)
		case ext == ".gdb" || catalog.IsPackage(name):
			containers, all = append(containers, at), append(all, at)
		case isFolder(at):
			if holds(at, isPlanFile) {
				folders++
				layers += b2i(!holds(at, isManifest))
			}
			if holdsLandData(at) {
				all = append(all, at)
			}
		case isPlanFile(name) || catalog.LandData(name) && !strings.HasSuffix(ext, "json"): // reports may lie here
			return nil
		}
	}
	switch {
	case folders > 1, layers == 0 && zips > 0:
		return all
	case folders == 0 && plans(ctx, containers) > 1: // else the layers of one plan, each in a file of its own
		return all
	}
	return nil
}

func isFolder(at string) bool {
	info, err := os.Stat(at)
	return err == nil && info.IsDir()
}

// holds tells whether a folder has such a file in it.
func holds(dir string, such func(name string) bool) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool { return such(e.Name()) })
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// holdsLandData tells whether there is land data, or an archive that may hold
// some, anywhere in a folder, or a part of it that cannot be looked at.
func holdsLandData(dir string) bool {
	found := false
	_ = filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || isPlanFile(d.Name()) || catalog.IsPackage(d.Name()) || catalog.LandData(d.Name()) {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// isPlanFile tells whether a file makes the folder that it lies in a package.
func isPlanFile(name string) bool {
	ext := path.Ext(name)
	return isManifest(name) ||
		catalog.LandData(name) && plan.RoleOf(strings.TrimSuffix(name, ext), domain.PlanRoles()) == domain.ProjectArea
}

func isManifest(name string) bool {
	return slices.Contains(plan.ManifestNames(), strings.ToLower(name))
}

// plans counts the files of several layers that have a project area.
func plans(ctx context.Context, files []string) int {
	n := 0
	for _, file := range files {
		if hasProjectArea(ctx, file) {
			n++
		}
	}
	return n
}

func hasProjectArea(ctx context.Context, file string) bool {
	c, err := catalog.Open(ctx, file, catalog.Options{})
	if err != nil {
		return false
	}
	defer c.Close()
	return slices.ContainsFunc(c.Layers, func(l geo.Layer) bool {
		return plan.RoleOf(l.Name(), domain.PlanRoles()) == domain.ProjectArea
	})
}
