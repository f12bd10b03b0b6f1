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
// The error is that of a context that ends.
//
// A folder with a manifest, a project area or loose layers of its own is a
// package, and so is one that wraps a single folder with layers. One is of several
// where two folders in it are packages, or two containers, or where it holds zips
// and no layers beside them. Then whatever may be a package is one, archives of
// other kinds and links to folders too: checking it says what is wrong or missing.
func Packages(ctx context.Context, dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil || strings.EqualFold(filepath.Ext(dir), ".gdb") {
		return nil, ctx.Err() // whoever opens it says what is wrong
	}
	var all, containers []string
	inside := map[string]bool{}      // folders; true where one is plainly a package
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
			all, inside[at] = append(all, at), holds(at, isPlanFile)
			if inside[at] {
				folders++
				layers += b2i(!holds(at, isManifest))
			}
		case catalog.IsArchive(name):
			all = append(all, at)
		case isPlanFile(name) || catalog.LandData(name) && !strings.HasSuffix(ext, "json"): // reports may lie here
			return nil, ctx.Err()
		}
	}
	// Else the containers are the layers of one plan, each in a file of its own.
	several := folders > 1 || layers == 0 && zips > 0 || folders == 0 && plans(ctx, containers) > 1
	if !several {
		return nil, ctx.Err()
	}
	all = slices.DeleteFunc(all, func(at string) bool {
		whole, folder := inside[at]
		return folder && !whole && !mayHoldLandData(ctx, at)
	})
	return all, ctx.Err()
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

// mostLooked is how many files and folders are looked at to tell whether a folder
// holds land data; one with more is taken for a package, and checking it tells.
const mostLooked = 10_000

// mayHoldLandData tells whether there is land data, or an archive that may hold
// some, anywhere in a folder, or a part of it that cannot be looked at. Links to
// folders within are not followed, so that none is walked for ever.
func mayHoldLandData(ctx context.Context, dir string) bool {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return true
	}
	found, looked := false, 0
	_ = filepath.WalkDir(root, func(at string, d fs.DirEntry, err error) error {
		name := d.Name()
		looked++
		if err != nil || ctx.Err() != nil || looked > mostLooked ||
			isPlanFile(name) || catalog.IsPackage(name) || catalog.IsArchive(name) || catalog.LandData(name) {
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
