package plan

import (
	"context"
	"math"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/domain"
)

// Layers names the layers with their digests, by role and file. It reads every
// byte of them, several files at a time. A role whose layers are copies of one
// another is a *geo.InputError: joined they would count the same land twice.
func (b *Base) Layers(ctx context.Context) ([]LayerInfo, error) {
	all := b.all()
	infos := make([]LayerInfo, len(all))
	group, ctx := guard.WithContext(ctx)
	group.SetLimit(b.jobs)
	for i, l := range all {
		group.Go(func() (err error) {
			infos[i], err = layerInfo(ctx, l.layout.role, l.layer)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return infos, copied(all, infos)
}

// copied finds two layers of parcels that are the same land twice: a township's
// designated farmland would be twice what it is, and 5 % of it with it. Of
// boundaries and units nothing is added up, and neighbouring counties are often
// given with one layer of them.
func copied(layers []*baseLayer, infos []LayerInfo) error {
	for i, a := range infos {
		for k, b := range infos[:i] {
			if a.Role != b.Role || a.Features == 0 || a.Role != domain.PBF && a.Role != domain.LandUse {
				continue
			}
			what := geo.Text{ZH: "完全相同", EN: "the same bytes as"}
			switch {
			case a.Digest == b.Digest:
			case sameLand(layers[i].layer, layers[k].layer):
				what = geo.Text{ZH: "图斑数和范围相同", EN: "as many parcels in the same box as in"}
			default:
				continue
			}
			other := layers[k].layer.File()
			return &geo.InputError{File: layers[i].layer.File(),
				Message: geo.Text{ZH: "与 " + other + " " + what.ZH + "：同一图层放了两份，面积会重复计算",
					EN: what.EN + " " + other + ": two copies of one layer, whose areas would count twice"},
				Advice: geo.Text{ZH: "请只留一份，把副本移出底图", EN: "Keep one of them and move the copy out of the base data"}}
		}
	}
	return nil
}

// sameLand tells layers that say the same in another format: as many records,
// of several, in the same box to a millimetre.
func sameLand(a, b geo.Layer) bool {
	const same = 0.001
	p, q := a.Bound(), b.Bound()
	return a.Len() > 1 && a.Len() == b.Len() &&
		math.Abs(p.Min[0]-q.Min[0]) < same && math.Abs(p.Min[1]-q.Min[1]) < same &&
		math.Abs(p.Max[0]-q.Max[0]) < same && math.Abs(p.Max[1]-q.Max[1]) < same
}
