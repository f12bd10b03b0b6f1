package tileserver

import (
	"context"
	"testing"

	"landcheck/api/tile"
)

// TestTurnsOfDrawing: one caller's tiles, however many and however long they
// take, leave a place for another's, and the same tile too.
func TestTurnsOfDrawing(t *testing.T) {
	const most = 3
	d := newTileRenderer(most, 64<<20)
	release, began := make(chan struct{}), make(chan struct{}, 2*most)
	drawn := make(chan error)
	for i := range 2 * most {
		go func() {
			_, err := d.tile(t.Context(), tileKey("flood", tile.Address{Z: 20, X: i}), "flood", func() (tile.Tile, error) {
				began <- struct{}{}
				<-release
				return tile.Tile{}, nil
			})
			drawn <- err
		}()
	}
	for range (most + 1) / 2 {
		<-began // what it may have
	}
	draws := func() (tile.Tile, error) { return tile.Tile{Data: []byte("mine")}, nil }
	if got, err := d.tile(t.Context(), "another", "honest", draws); err != nil || string(got.data) != "mine" {
		t.Errorf("another's tile: %v, %v", got, err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.tile(over, "more", "flood", draws); err == nil {
		t.Error("the flood has more than its places")
	}
	if got, err := d.tile(over, "another", "flood", draws); err != nil || string(got.data) != "mine" {
		t.Errorf("a tile that is kept: %v, %v", got, err)
	}
	close(release)
	for range 2 * most {
		if err := <-drawn; err != nil {
			t.Error(err)
		}
	}
}
