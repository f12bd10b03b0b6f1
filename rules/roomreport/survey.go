package roomreport

import (
	"context"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/room"
)

// Survey is room.Survey with what names its inputs: base layers are digested while
// they are looked through. version is the program's. The language is left open.
func Survey(ctx context.Context, q room.Request, version string) (Input, error) {
	in := Input{Book: result.BookInfo{ID: q.Book.ID, Title: q.Book.Title, Digest: q.Book.Digest},
		Engine: result.EngineInfo{Version: version, GEOS: geo.GEOSVersion()}}
	var layers []plan.LayerInfo
	group, working := guard.WithContext(ctx)
	group.Go(func() (err error) {
		layers, err = q.Base.Layers(working)
		return err
	})
	group.Go(func() (err error) {
		in.Room, err = room.Survey(working, q)
		return err
	})
	if err := group.Wait(); err != nil {
		return in, err
	}
	in.Base.Source = q.Base.Source()
	for _, l := range layers {
		in.Base.Layers = append(in.Base.Layers, result.LayerInfo{Role: string(l.Role), Name: l.Name, Features: l.Features, Digest: l.Digest})
	}
	return in, nil
}
