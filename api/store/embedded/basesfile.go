package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"

	"github.com/paulmach/orb"
)

// savedBases is bases.json: versions that were handed in, and the latest loads.
type savedBases struct {
	Counties map[string]savedCounty `json:"counties"`
	Loads    []store.Load           `json:"loads"` // oldest first
}

type savedCounty struct {
	Current  int            `json:"current"`
	Versions []savedVersion `json:"versions"`
}

// savedVersion is a version whose files lie in a directory of its load.
type savedVersion struct {
	Version int    `json:"version"`
	BuiltOn int    `json:"built_on"`
	Load    string `json:"load"` // id, the name of the directory
	prepared
	Size   int64     `json:"size"` // as uploaded
	Loaded time.Time `json:"loaded"`
}

// prepared is what was found in the files of a load.
type prepared struct {
	Name      string          `json:"name"` // of the package, in the directory
	Townships orb.Bound       `json:"townships"`
	Bound     orb.Bound       `json:"bound"`
	Datasets  []store.Dataset `json:"datasets"`
	Missing   []string        `json:"missing,omitempty"`
}

// loadBases reads what was handed in, beside what the program was started with.
// Loads that were under way have failed, and what is nobody's version goes.
func (s *Store) loadBases() error {
	if err := os.MkdirAll(s.path(basesDir), privateDir); err != nil {
		return unusable(s.dir, err)
	}
	path := s.path(basesFile)
	ids, err := sweep(s.path(basesDir))
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if len(ids) > 0 { // it is written before the first of them: somebody has lost it
			lost := damaged(path, err)
			lost.Advice = geo.Textf("请从备份恢复该文件，它说明 %[1]s 中的底图属于谁；没有备份时把该目录移走，再重新上传底图",
				"Restore it from a backup: it says whose the base data in %[1]s is; without one, move that directory away and upload the base data again", s.path(basesDir))
			return lost
		}
		s.saved = savedBases{Counties: map[string]savedCounty{}}
	} else if err := readJSON(path, &s.saved); err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, code := range slices.Sorted(maps.Keys(s.saved.Counties)) {
		c := s.saved.Counties[code]
		if err := s.loadCounty(code, c); err != nil {
			return err
		}
		for _, n := range c.Versions {
			kept[n.Load] = true
		}
	}
	for _, id := range ids {
		if err == nil && !kept[id] {
			err = outfile.RemoveAll(s.path(basesDir, id))
		}
	}
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	for i := range s.saved.Loads {
		if l := &s.saved.Loads[i]; !l.State.Ended() {
			now := s.now()
			l.State, l.Problem, l.Finished = store.Failed, store.Interrupted(), &now
		}
	}
	return nil
}

func (s *Store) loadCounty(code string, c savedCounty) error {
	v, given := s.bases[code]
	if !given {
		v = &versions{all: map[int]*baseVersion{}}
	}
	for _, n := range c.Versions {
		if given && n.Version == givenVersion {
			return &geo.InputError{
				Message: geo.Textf("旗县 %[1]s 的底图已在数据目录 %[2]s 中，不能再用 --base 给出", "the base data of %[1]s is in the data directory %[2]s already and cannot be given by --base too", code, s.dir),
				Advice:  geo.Text{ZH: "请去掉 --base；新的底图在网页上传，成为新版本", EN: "Leave --base out; upload newer base data on the page, where it becomes a version"}}
		}
		if _, err := os.Stat(s.path(basesDir, n.Load, n.Name)); err != nil {
			return damaged(s.path(basesDir, n.Load), err)
		}
		v.all[n.Version] = s.versionOf(code, n)
		s.used[code] += n.Size
	}
	if v.current = c.Current; !slices.Contains(v.numbers(), c.Current) {
		return &geo.InputError{
			Message: geo.Textf("旗县 %[1]s 底图的第 %[2]d 版沿用启动时用 --base 给出的图层，这次没有给出", "version %[2]d of the base data of %[1]s goes on using layers that --base gave at the start, and this time it did not", code, c.Current),
			Advice:  geo.Textf("请同以前一样加上 --base %[1]s=底图", "Give --base %[1]s=BASE as before", code)}
	}
	s.bases[code] = v
	return nil
}

// versionOf is a version that was handed in.
func (s *Store) versionOf(code string, n savedVersion) *baseVersion {
	v := &baseVersion{code: code, number: n.Version, builtOn: n.BuiltOn, paths: []string{s.path(basesDir, n.Load, n.Name)}, cache: s.o.Cache,
		loaded: n.Loaded, townships: n.Townships, bound: n.Bound, reading: make(chan struct{}, 1), datasets: slices.Clone(n.Datasets)}
	for i := range v.datasets {
		d := &v.datasets[i]
		d.County, d.Version, d.Loaded = code, n.Version, n.Loaded
		if !slices.Contains(v.roles, d.Role) {
			v.roles = append(v.roles, d.Role)
		}
	}
	return v
}

// setBases writes down how base data is, after what is said of it, then goes by it.
// The caller holds the mutex.
func (s *Store) setBases(b savedBases, trail []store.Entry) error {
	if err := s.note(s.audit.addAll(trail, s.now())); err != nil {
		return err
	}
	if err := s.note(writeJSON(s.path(basesFile), b)); err != nil {
		return err
	}
	s.saved = b
	return nil
}

// withLoad is what is saved with a load in it, in place of itself as it was.
func (b savedBases) withLoad(l store.Load) savedBases {
	b.Loads = slices.Clone(b.Loads)
	if i := slices.IndexFunc(b.Loads, func(o store.Load) bool { return o.ID == l.ID }); i >= 0 {
		b.Loads[i] = l
		return b
	}
	b.Loads = append(b.Loads, l)
	of := 0
	for i := len(b.Loads) - 1; i >= 0; i-- {
		if b.Loads[i].County != l.County {
			continue
		}
		if of++; of > store.ListedLoads {
			b.Loads = slices.Delete(b.Loads, i, i+1)
		}
	}
	return b
}

// withCounty is what is saved with a county as it is now.
func (b savedBases) withCounty(code string, c savedCounty) savedBases {
	b.Counties = maps.Clone(b.Counties)
	b.Counties[code] = c
	return b
}
