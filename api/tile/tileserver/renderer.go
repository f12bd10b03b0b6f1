package tileserver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"landcheck/api/cache"
	"landcheck/api/request"
	"landcheck/api/throttle"
	"landcheck/api/tile"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// tileRenderer draws tiles apart from checks: so many at one time, at most
// half of them for one caller, and everything it keeps within a number of bytes.
type tileRenderer struct {
	places *throttle.Queue
	layers *cache.LRU[*tile.Layer]
	tiles  *cache.LRU[*renderedTile]
	covers *cache.LRU[*tile.Cover]
}

// newTileRenderer draws so many tiles at one time and shares memory (bytes) out:
// a layer is a hundred tiles.
func newTileRenderer(drawing int, memory int64) *tileRenderer {
	return &tileRenderer{places: throttle.NewQueue(drawing), layers: cache.NewLRU[*tile.Layer](memory / 8 * 5),
		tiles: cache.NewLRU[*renderedTile](memory / 4), covers: cache.NewLRU[*tile.Cover](memory / 8)}
}

// renderedTile is a tile as it is sent.
type renderedTile struct {
	data    []byte // nil: no features
	zipped  bool
	tag     string
	omitted int
}

// smallTile is the size below which compressing a tile gains nothing.
const smallTile = 1400

// finish makes a tile ready to send.
func finish(t tile.Tile) (*renderedTile, int64, error) {
	d := &renderedTile{data: t.Data, omitted: t.Omitted}
	const around = 256 // what a tile takes beside its bytes
	if t.Data == nil {
		return d, around, nil
	}
	sum := sha256.Sum256(t.Data)
	d.tag = `W/"` + hex.EncodeToString(sum[:12]) + `"` // weak: it may be compressed
	if len(t.Data) > smallTile {
		var b bytes.Buffer
		z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		if err != nil {
			return nil, 0, err
		}
		_, err = z.Write(t.Data)
		if err = errors.Join(err, z.Close()); err != nil {
			return nil, 0, err
		}
		d.data, d.zipped = bytes.Clone(b.Bytes()), true
	} else {
		d.data = bytes.Clone(t.Data)
	}
	return d, int64(len(d.data)) + around, nil
}

// tile gives a tile by its key, drawn if need be when the caller has a place.
// The place comes first: who wants the same tile as another does not stand
// behind whatever else the other has asked for.
func (d *tileRenderer) tile(ctx context.Context, key, caller string, draw func() (tile.Tile, error)) (*renderedTile, error) {
	if t, ok := d.tiles.Get(key); ok {
		return t, nil
	}
	leave, ok := d.places.Wait(ctx, caller)
	if !ok {
		return nil, ctx.Err()
	}
	defer leave()
	return d.tiles.Of(ctx, key, func() (*renderedTile, int64, error) {
		t, err := draw()
		if err != nil {
			return nil, 0, err
		}
		return finish(t)
	})
}

// layer gives a layer by its key, made if need be.
func (d *tileRenderer) layer(ctx context.Context, key string, make func() (*tile.Layer, error)) (*tile.Layer, error) {
	return d.layers.Of(ctx, key, func() (*tile.Layer, int64, error) {
		l, err := make()
		if err != nil {
			return nil, 0, err
		}
		return l, l.Size(), nil
	})
}

// tileKey names a tile of a layer.
func tileKey(layer string, at tile.Address) string {
	return fmt.Sprintf("%s/%d/%d/%d", layer, at.Z, at.X, at.Y)
}

// sendTile answers with a tile; one without features has no body.
func sendTile(c echo.Context, t *renderedTile, keep string) error {
	h := c.Response().Header()
	h.Set("Cache-Control", keep)
	h.Set("Vary", h.Get("Vary")+", Accept-Encoding")
	if t.omitted > 0 {
		h.Set("Landcheck-Omitted", strconv.Itoa(t.omitted))
	}
	if t.data == nil {
		return c.NoContent(http.StatusNoContent)
	}
	h.Set("ETag", t.tag)
	if request.Unchanged(c, t.tag) {
		return c.NoContent(http.StatusNotModified)
	}
	if !t.zipped || request.TakesGzip(c.Request().Header.Get(echo.HeaderAcceptEncoding)) {
		if t.zipped {
			h.Set(echo.HeaderContentEncoding, "gzip")
		}
		return c.Blob(http.StatusOK, tileType, t.data)
	}
	z, err := gzip.NewReader(bytes.NewReader(t.data))
	if err != nil {
		return err
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, tileType, plain)
}
