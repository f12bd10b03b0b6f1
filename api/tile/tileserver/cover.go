package tileserver

import (
	"context"

	"landcheck/api/basedata"
	"landcheck/api/tile"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// covered tells whether a layer is shown as shares of cells where its parcels
// are too many for a tile: where basic farmland is, everybody wants to see from
// far away. Other layers show nothing there.
func covered(r domain.Role) bool { return r == domain.PBF }

// coverTile draws how much of each cell a layer covers.
func (s *Handlers) coverTile(ctx context.Context, o *basedata.Open, base *plan.Base, role domain.Role, box orb.Bound, g tile.Grid, least int, at tile.Address) (tile.Tile, error) {
	key := o.Key(role, g) + " cover"
	layer, err := s.renderer.layer(ctx, tileKey(key, tile.Address{Z: at.Z}), func() (*tile.Layer, error) {
		cover, err := s.renderer.covers.Of(ctx, key, func() (*tile.Cover, int64, error) {
			c := tile.NewCover(g, least-1, box)
			_, err := base.Choose(ctx, role, g.System(), nil, func(p *plan.Parcel) bool {
				c.Add(p.Geometry)
				return false // the next parcel takes its place: a county need not fit into memory
			})
			c.Finish()
			return c, c.Size(), err
		})
		if err != nil {
			return nil, err
		}
		return cover.Layer(at.Z), nil
	})
	if err != nil {
		return tile.Tile{}, err
	}
	return layer.Tile(ctx, at, string(role), tile.Drop)
}
