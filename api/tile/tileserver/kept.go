package tileserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
)

// What the run of a check leaves for its map: reading a report of ten thousand
// findings takes seconds and hundreds of megabytes, a layer some milliseconds.
const layersFile = "layers.json"

// layerFile is where one layer is kept.
func layerFile(layer string) string { return "layer-" + layer }

// keptLayers is what there is to draw of a check.
type keptLayers struct {
	Grid   string      `json:"grid"` // in which the layers are kept, by name
	Layers []keptLayer `json:"layers"`
}

// keptLayer is one layer; a layer without features has no box and no file.
type keptLayer struct {
	ID       string    `json:"id"`
	Features int       `json:"features"`
	BBox     []float64 `json:"bbox,omitempty"` // degrees: west, south, east, north
}

// Leave writes the layers of a map into the directory of a run.
func Leave(dir string, r *result.Report, l *ledger.Ledger, where results.MapView) error {
	grid, err := tile.ParseGrid(fmt.Sprintf("EPSG:%d", where.EPSG))
	if err != nil {
		return err
	}
	kept, err := checkDrawing{report: r, ledger: l}.layers(grid, func(name string, layer *tile.Layer) error {
		return writeLayer(filepath.Join(dir, layerFile(name)), layer)
	})
	if err != nil {
		return err
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, layersFile), data, 0o600)
}

func writeLayer(path string, l *tile.Layer) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(l.Encode(file), file.Close())
}

func describeLayer(name string, l *tile.Layer, g tile.Grid) (keptLayer, error) {
	k := keptLayer{ID: name, Features: l.Features()}
	if b := l.Bound(); !b.IsEmpty() {
		way, err := geo.NewTransform(g.System(), geo.CRS{Kind: geo.Geographic})
		if err != nil {
			return k, err
		}
		if b, err = way.Bound(b); err != nil {
			return k, err
		}
		k.BBox = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	}
	return k, nil
}

// layersOf is what there is to draw of a check. A run of an older program left
// nothing: then it is made of the whole result.
func (s *Handlers) layersOf(ctx context.Context, k store.Check) (keptLayers, error) {
	kept := keptLayers{}
	file, err := s.store.Artifact(ctx, k.ID, layersFile)
	if store.IsAbsent(err) {
		return s.oldLayers(k)
	}
	if err != nil {
		return kept, err
	}
	data, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return kept, err
	}
	return kept, json.Unmarshal(data, &kept)
}

func (s *Handlers) oldLayers(k store.Check) (keptLayers, error) {
	d, grid, err := s.drawingOf(k.ID)
	if err != nil {
		return keptLayers{}, err
	}
	return d.layers(grid, func(string, *tile.Layer) error { return nil })
}

// drawingOf is the whole result of a check, and the grid it is drawn in.
func (s *Handlers) drawingOf(id string) (checkDrawing, tile.Grid, error) {
	result := s.results.Of(context.Background(), "", id) // whoever asked: the layers of an older program are shared
	r, err := result.Report()
	if err != nil {
		return checkDrawing{}, tile.Grid{}, err
	}
	l, err := result.Ledger()
	if err != nil {
		return checkDrawing{}, tile.Grid{}, err
	}
	where, err := results.MapOf(l)
	if err != nil {
		return checkDrawing{}, tile.Grid{}, err
	}
	grid, err := tile.ParseGrid(fmt.Sprintf("EPSG:%d", where.EPSG))
	return checkDrawing{report: r, ledger: l}, grid, err
}

// readLayer reads a layer of a check for a grid, as its run left it, else out
// of the whole result.
func (s *Handlers) readLayer(ctx context.Context, k store.Check, layer string, g tile.Grid) (*tile.Layer, error) {
	file, err := s.store.Artifact(ctx, k.ID, layerFile(layer))
	if store.IsAbsent(err) {
		return s.missingLayer(ctx, k, layer, g)
	}
	if err != nil {
		return nil, err
	}
	l, err := tile.Decode(file)
	if err := errors.Join(err, file.Close()); errors.Is(err, tile.ErrVersion) {
		return s.oldLayer(k, layer, g)
	} else if err != nil {
		return nil, fmt.Errorf("layer %s of check %s: %w", layer, k.ID, err)
	}
	return l.On(g)
}

// missingLayer is a layer that has no file: nothing, where the run left others.
func (s *Handlers) missingLayer(ctx context.Context, k store.Check, layer string, g tile.Grid) (*tile.Layer, error) {
	file, err := s.store.Artifact(ctx, k.ID, layersFile)
	if store.IsAbsent(err) {
		return s.oldLayer(k, layer, g)
	}
	if err != nil {
		return nil, err
	}
	return tile.Prepare(g, nil), file.Close()
}

func (s *Handlers) oldLayer(k store.Check, layer string, g tile.Grid) (*tile.Layer, error) {
	d, own, err := s.drawingOf(k.ID)
	if err != nil {
		return nil, err
	}
	l, err := d.layer(layer, own)
	if err != nil {
		return nil, err
	}
	return l.On(g)
}

// checkDrawing makes layers of what came of a check.
type checkDrawing struct {
	report *result.Report
	ledger *ledger.Ledger
}

// layers describes every layer in a grid and hands on those that hold anything.
func (d checkDrawing) layers(g tile.Grid, keep func(name string, l *tile.Layer) error) (keptLayers, error) {
	kept := keptLayers{Grid: g.Name}
	for _, name := range results.Layers() {
		layer, err := d.layer(name, g)
		if err != nil {
			return kept, err
		}
		one, err := describeLayer(name, layer, g)
		if err != nil {
			return kept, err
		}
		if kept.Layers = append(kept.Layers, one); one.Features == 0 {
			continue
		}
		if err := keep(name, layer); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// layer is one layer in a grid.
func (d checkDrawing) layer(name string, g tile.Grid) (*tile.Layer, error) {
	all, err := results.LayerOf(d.report, d.ledger, name, g.System())
	if err != nil {
		return nil, err
	}
	return tile.Prepare(g, all), nil
}
