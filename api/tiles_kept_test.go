package api_test

import (
	"bytes"
	"context"
	"maps"
	"strings"
	"sync"
	"testing"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/api/tile"
)

// layerless is a store whose checks can lose what they left for their map, as
// those of an older program; it knows what was opened.
type layerless struct {
	store.Store
	mutex  sync.Mutex
	old    bool
	opened map[string]int
}

func (l *layerless) Artifact(ctx context.Context, id, name string) (store.Artifact, error) {
	l.mutex.Lock()
	l.opened[name]++
	old := l.old
	l.mutex.Unlock()
	if old && strings.HasPrefix(name, "layer") {
		return nil, store.ErrNotFound
	}
	return l.Store.Artifact(ctx, id, name)
}

// become makes the checks old, or new again, and gives what was opened so far.
func (l *layerless) become(old bool) map[string]int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	opened := maps.Clone(l.opened)
	l.old, l.opened = old, map[string]int{}
	return opened
}

// TestTilesOfOldChecks: a map opens by the layers that a check left, without
// its report; a check of an older program left none, and shows the same tiles.
func TestTilesOfOldChecks(t *testing.T) {
	t.Parallel()
	l := &layerless{opened: map[string]int{}}
	s := serve(t, "embedded", setup{limits: api.Limits{MapMemory: 8}, wrap: func(st store.Store) store.Store {
		l.Store = st
		return l
	}})
	k := s.checked(samplePlan(t, badPlan))
	at := "/v1/checks/" + k.ID + "/tiles"
	look := func() (tiles map[string][]byte) {
		tiles = map[string][]byte{}
		var d struct {
			Bounds []float64
			Layers []struct{ ID, Tiles string }
		}
		a := s.get(at).wants(200)
		tiles[""] = a.body
		a.into(&d)
		for _, crs := range []string{"EPSG:3857", "EPSG:4525"} {
			g, err := tile.ParseGrid(crs)
			if err != nil {
				t.Fatal(err)
			}
			for _, layer := range d.Layers {
				for _, z := range []int{9, 14} {
					for _, one := range across(t, g, d.Bounds, z)[:1] {
						path := fill(layer.Tiles+"?crs="+crs, one)
						tiles[path] = s.get(path).body
					}
				}
			}
		}
		return tiles
	}
	l.become(false)
	kept := look()
	if opened := l.become(true); opened["report.json"] > 0 || opened["layer-findings"] == 0 {
		t.Errorf("the map opened %v", opened)
	}
	old := look()
	if opened := l.become(false); opened["report.json"] == 0 {
		t.Errorf("without its layers the map opened %v", opened)
	}
	shown := 0
	for path, data := range kept {
		if len(data) > 0 {
			shown++
		}
		if !bytes.Equal(data, old[path]) {
			t.Errorf("%s: %d bytes of the layer, %d of the report", path, len(data), len(old[path]))
		}
	}
	if shown < 10 {
		t.Errorf("%d tiles show something", shown)
	}
}
