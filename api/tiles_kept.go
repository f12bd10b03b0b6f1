package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/check"
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

// leaveLayers writes the layers of a map into the directory of a run.
func leaveLayers(dir string, r *result.Report, l *ledger.Ledger, where mapView) error {
	grid, err := tile.ParseGrid(fmt.Sprintf("EPSG:%d", where.EPSG))
	if err != nil {
		return err
	}
	kept, err := drawing{report: r, ledger: l}.layers(grid, func(name string, layer *tile.Layer) error {
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
func (s *Server) layersOf(ctx context.Context, k store.Check) (keptLayers, error) {
	kept := keptLayers{}
	file, err := s.Store.Artifact(ctx, k.ID, layersFile)
	if isAbsent(err) {
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

func (s *Server) oldLayers(k store.Check) (keptLayers, error) {
	d, grid, err := s.drawingOf(k.ID)
	if err != nil {
		return keptLayers{}, err
	}
	return d.layers(grid, func(string, *tile.Layer) error { return nil })
}

// drawingOf is the whole result of a check, and the grid it is drawn in.
func (s *Server) drawingOf(id string) (drawing, tile.Grid, error) {
	result := s.results.of(context.Background(), "", id) // whoever asked: the layers of an older program are shared
	r, err := result.Report()
	if err != nil {
		return drawing{}, tile.Grid{}, err
	}
	l, err := result.Ledger()
	if err != nil {
		return drawing{}, tile.Grid{}, err
	}
	where, err := mapOf(l)
	if err != nil {
		return drawing{}, tile.Grid{}, err
	}
	grid, err := tile.ParseGrid(fmt.Sprintf("EPSG:%d", where.EPSG))
	return drawing{report: r, ledger: l}, grid, err
}

// readLayer reads a layer of a check for a grid, as its run left it, else out
// of the whole result.
func (s *Server) readLayer(ctx context.Context, k store.Check, layer string, g tile.Grid) (*tile.Layer, error) {
	file, err := s.Store.Artifact(ctx, k.ID, layerFile(layer))
	if isAbsent(err) {
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
func (s *Server) missingLayer(ctx context.Context, k store.Check, layer string, g tile.Grid) (*tile.Layer, error) {
	file, err := s.Store.Artifact(ctx, k.ID, layersFile)
	if isAbsent(err) {
		return s.oldLayer(k, layer, g)
	}
	if err != nil {
		return nil, err
	}
	return tile.Prepare(g, nil), file.Close()
}

func (s *Server) oldLayer(k store.Check, layer string, g tile.Grid) (*tile.Layer, error) {
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

// drawing makes layers of what came of a check.
type drawing struct {
	report *result.Report
	ledger *ledger.Ledger
}

// layers describes every layer in a grid and hands on those that hold anything.
func (d drawing) layers(g tile.Grid, keep func(name string, l *tile.Layer) error) (keptLayers, error) {
	kept := keptLayers{Grid: g.Name}
	for _, name := range tileLayers() {
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
func (d drawing) layer(name string, g tile.Grid) (*tile.Layer, error) {
	r := &checkResult{}
	r.archive = check.Archive(nil)
	r.report.value.Store(&d.report)
	r.ledger.value.Store(&d.ledger)
	all, err := r.features(name, g.System())
	if err != nil {
		return nil, err
	}
	return tile.Prepare(g, all), nil
}
