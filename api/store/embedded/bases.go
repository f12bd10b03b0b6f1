package embedded

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"landcheck/api/store"
	"landcheck/geo/transient"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// versions are those of a county's base data.
type versions struct {
	current int
	all     map[int]*baseVersion
}

// chain is what a version is made of: the versions that brought its layers, oldest
// first, and which of them brought a role. It is not whole where a version on which
// it is built is not there.
func (v *versions) chain(number int) (made []*baseVersion, of map[string]int, whole bool) {
	of = map[string]int{}
	for number > 0 {
		n, ok := v.all[number]
		if !ok {
			return nil, nil, false
		}
		brought := false
		for _, role := range n.roles {
			if _, later := of[role]; !later {
				of[role], brought = number, true
			}
		}
		if brought {
			made = append(made, n)
		}
		number = n.builtOn
	}
	slices.Reverse(made)
	return made, of, len(made) > 0
}

// bound is where a version lies: its townships, else all of its layers.
func (v *versions) bound(number int) orb.Bound {
	made, of, _ := v.chain(number)
	all := none
	for _, n := range made {
		if of[string(domain.Townships)] == n.number && !n.townships.IsEmpty() {
			return n.townships
		}
		all = all.Union(n.bound)
	}
	return all
}

// numbers are those of the versions that are whole, oldest first.
func (v *versions) numbers() (some []int) {
	for _, n := range slices.Sorted(maps.Keys(v.all)) {
		if _, _, whole := v.chain(n); whole {
			some = append(some, n)
		}
	}
	return some
}

// none is a box without any place.
var none = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}

// Base opens the files anew for each caller.
func (s *Store) Base(ctx context.Context, code string, version int, near orb.Bound, neighbours []string) (*plan.Base, int, error) {
	source, err := s.BaseSource(ctx, code, version, near, neighbours)
	if err != nil {
		return nil, 0, err
	}
	base, err := OpenFiles(ctx, source)
	if err != nil {
		return nil, 0, fmt.Errorf("store: base data of %s: %w", code, err)
	}
	return base, source.Version, nil
}

// BaseSource names a county's files, with those of its neighbours that the box meets.
func (s *Store) BaseSource(_ context.Context, code string, version int, near orb.Bound, neighbours []string) (store.BaseSource, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	v, ok := s.bases[code]
	if !ok {
		return store.BaseSource{}, store.ErrNotFound
	}
	if version == 0 {
		version = v.current
	}
	made, _, whole := v.chain(version)
	if !whole {
		return store.BaseSource{}, store.ErrNotFound
	}
	counties := [][]*baseVersion{made}
	if !near.IsEmpty() && !near.IsZero() {
		for _, other := range slices.Sorted(maps.Keys(s.bases)) {
			o := s.bases[other]
			if b := o.bound(o.current); o != v && slices.Contains(neighbours, other) && !b.IsEmpty() && b.Intersects(near) {
				made, _, _ := o.chain(o.current)
				counties = append(counties, made)
			}
		}
	}
	return sourceOf(store.BaseSource{County: code, Version: version, Cache: s.o.Cache}, counties), nil
}

// sourceOf fills in the files of versions: of counties that came whole, one list.
func sourceOf(source store.BaseSource, counties [][]*baseVersion) store.BaseSource {
	several := slices.ContainsFunc(counties, func(made []*baseVersion) bool { return len(made) > 1 })
	for _, made := range counties {
		if !several {
			source.Paths = append(source.Paths, made[0].paths...)
			continue
		}
		var loads [][]string
		for _, n := range made {
			loads = append(loads, n.paths)
		}
		source.Loads = append(source.Loads, loads)
	}
	return source
}

// OpenFiles opens base data in files, also in another process. What is wrong
// with files that are gone or being replaced is transient (transient.ErrReplaced).
func OpenFiles(ctx context.Context, source store.BaseSource) (*plan.Base, error) {
	base, err := openLoads(ctx, source)
	if err != nil && ctx.Err() == nil && beingReplaced(slices.Concat(source.Paths, slices.Concat(slices.Concat(source.Loads...)...)), time.Now()) {
		err = transient.Replaced(err)
	}
	return base, err
}

func openLoads(ctx context.Context, source store.BaseSource) (*plan.Base, error) {
	o := plan.BaseOptions{Cache: source.Cache}
	if len(source.Loads) == 0 {
		return plan.OpenBase(ctx, source.Paths, o)
	}
	var all []*plan.Base
	for _, loads := range source.Loads {
		b, err := plan.OpenLoads(ctx, loads, o)
		if err != nil {
			for _, b := range all {
				_ = b.Close() // what could not be opened is said
			}
			return nil, err
		}
		all = append(all, b)
	}
	return plan.Join(all)
}

// settled is how long base data are left alone before what is wrong with them
// is so, and no copying under way.
const settled = 3 * time.Second

// beingReplaced tells whether base data are gone or have just been changed: what
// is read of them then says nothing. The system keeps the time of a change
// (ctime) whatever a copying program sets.
func beingReplaced(paths []string, now time.Time) bool {
	changed := false
	for _, path := range paths {
		err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if now.Sub(changeTime(info)) < settled {
				changed = true
				return fs.SkipAll
			}
			return nil
		})
		if changed || err != nil {
			return true
		}
	}
	return false
}

// Counties by prefix.
func (s *Store) Counties(_ context.Context, prefix string) ([]store.County, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	all := []store.County{}
	for _, code := range slices.Sorted(maps.Keys(s.bases)) {
		if !store.Sees(prefix, code) {
			continue
		}
		v := s.bases[code]
		county := store.County{Code: code, Version: v.current, Versions: v.numbers(), Loaded: v.all[v.current].loaded}
		if b := v.bound(v.current); !b.IsEmpty() {
			county.Bound = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		}
		all = append(all, county)
	}
	return all, nil
}

// Datasets reads every byte of the layers of files that were named at the start,
// for their digests, the first time that somebody asks.
func (s *Store) Datasets(ctx context.Context, code string) ([]store.Dataset, error) {
	s.mutex.Lock()
	v, ok := s.bases[code]
	if !ok {
		s.mutex.Unlock()
		return nil, store.ErrNotFound
	}
	_, current, _ := v.chain(v.current)
	var loads []*baseVersion
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(v.all))) {
		loads = append(loads, v.all[n])
	}
	s.mutex.Unlock()
	var all []store.Dataset
	for _, n := range loads {
		layers, err := n.layers(ctx)
		if err != nil {
			return nil, fmt.Errorf("store: base data of %s: %w", code, err)
		}
		for _, d := range layers {
			d.Version, d.Current = n.number, current[d.Role] == n.number
			all = append(all, d)
		}
	}
	return all, nil
}
