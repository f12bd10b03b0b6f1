package embedded

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// givenVersion is that of base data in files which the program was started with.
const givenVersion = 1

// baseVersion is base data in files that came by one load, as their headers say.
type baseVersion struct {
	code             string
	number, builtOn  int
	paths            []string
	cache            string    // directory, "" for none
	loaded           time.Time // of files that were named at the start when the newest changed
	roles            []string
	townships, bound orb.Bound         // degrees: of the townships, of all layers
	crs              map[string]string // layer's file → system

	reading  chan struct{} // holds one: who has taken it reads the digests
	datasets []store.Dataset
}

// openGiven reads the headers of the base data that the program was started with.
func openGiven(ctx context.Context, bases map[string][]string, o Options) (map[string]*versions, error) {
	counties := map[string]*versions{}
	for _, code := range slices.Sorted(maps.Keys(bases)) {
		n := &baseVersion{code: code, number: givenVersion, paths: bases[code], cache: o.Cache, reading: make(chan struct{}, 1)}
		if err := n.given(ctx, o.Log); err != nil {
			return nil, fmt.Errorf("store: base data of %s: %w", code, err)
		}
		counties[code] = &versions{current: givenVersion, all: map[int]*baseVersion{givenVersion: n}}
	}
	return counties, nil
}

// given reads where the layers are, and whether they are the county's.
// Whether they can be used at all is for plan.OpenBase to say, which reads them
// for the checks.
func (n *baseVersion) given(ctx context.Context, log *slog.Logger) (err error) {
	base, err := plan.OpenBase(ctx, n.paths, plan.BaseOptions{Cache: n.cache})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	strays, err := base.Belongs(ctx, n.code)
	if err != nil {
		return err
	}
	for _, s := range strays {
		log.WarnContext(ctx, "base data has rows of another county", "county", n.code, "file", s.File, "record", s.Record, "what", s.Message.EN)
	}
	for _, path := range n.paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if t := info.ModTime().UTC(); t.After(n.loaded) {
			n.loaded = t
		}
	}
	return n.headers(base)
}

// headers notes roles, systems and places of layers.
func (n *baseVersion) headers(base *plan.Base) error {
	n.townships, n.bound, n.crs = none, none, map[string]string{}
	layers, _ := base.Sources()
	for _, p := range layers {
		if role := string(p.Role); !slices.Contains(n.roles, role) {
			n.roles = append(n.roles, role)
		}
		if n.crs[p.Layer.File()] = p.CRS.String(); p.Layer.Bound().IsEmpty() {
			continue
		}
		toDegrees, err := geo.NewTransform(p.CRS, geo.CRS{Kind: geo.Geographic})
		if err != nil {
			return err
		}
		bound, err := toDegrees.Bound(p.Layer.Bound())
		if err != nil {
			return err
		}
		if n.bound = n.bound.Union(bound); p.Role == domain.Townships {
			n.townships = n.townships.Union(bound)
		}
	}
	return nil
}

// layers describes what the load brought, by role and file.
func (n *baseVersion) layers(ctx context.Context) ([]store.Dataset, error) {
	select {
	case n.reading <- struct{}{}:
		defer func() { <-n.reading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if n.datasets != nil {
		return n.datasets, nil
	}
	base, err := OpenFiles(ctx, store.BaseSource{Paths: n.paths, Cache: n.cache})
	if err != nil {
		return nil, err
	}
	all, err := n.described(ctx, base)
	if err := errors.Join(err, base.Close()); err != nil {
		return nil, err
	}
	n.datasets = all
	return all, nil
}

// described reads every byte of the layers of opened files.
func (n *baseVersion) described(ctx context.Context, base *plan.Base) (all []store.Dataset, err error) {
	layers, err := base.Layers(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range layers {
		all = append(all, store.Dataset{
			County: n.code, Role: string(l.Role), Version: n.number, Name: l.Name, File: filepath.Base(l.File),
			Features: l.Features, Digest: l.Digest, CRS: n.crs[l.File], Loaded: n.loaded,
		})
	}
	slices.SortStableFunc(all, func(a, b store.Dataset) int {
		return cmp.Or(strings.Compare(a.Role, b.Role), strings.Compare(a.File, b.File))
	})
	return all, nil
}
