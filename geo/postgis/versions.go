package postgis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// County is a county that has base data.
type County struct {
	Code     string
	Version  int       // the current one
	Versions []int     // those that are kept, oldest first
	LoadedAt time.Time // of the current version
	LonLat   orb.Bound // of the current version, degrees: of Outline, else of all layers
	Roles    []string  // of the current version, sorted
}

// Outline is the role of the layers that say where a county lies. Others, a red
// line for instance, may reach far beyond it.
const Outline = "townships"

// RoleLayer is a layer in its role.
type RoleLayer struct {
	Role string
	geo.Layer
	Outside []geo.Notice // what was odd about the files that it was loaded with
}

func roleLayer(db *DB, d stored) RoleLayer { return RoleLayer{d.Role, newLayer(db, d), d.container} }

// Outside is what was odd about the files that layers were loaded with, each
// issue once; layers have notices of their own.
func Outside(layers []RoleLayer) []geo.Notice {
	var all []geo.Notice
	for _, l := range layers {
		all = append(all, l.Outside...)
	}
	slices.SortStableFunc(all, func(a, b geo.Notice) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Record, b.Record), strings.Compare(a.Message.EN, b.Message.EN))
	})
	return slices.Compact(all)
}

// Counties are the counties with base data, by code, as the catalogue here has
// them: no other server is asked. Of a county that lies on another it may be
// behind by what CopyCatalogue has not brought yet.
func (db *DB) Counties(ctx context.Context) ([]County, error) {
	if err := db.Ready(ctx); err != nil {
		return nil, err
	}
	all, err := db.datasets(ctx, "base.dataset", "order by d.county, d.id")
	if err != nil {
		return nil, err
	}
	var counties []County
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(d stored) bool { return d.County != all[0].County })
		if n < 0 {
			n = len(all)
		}
		counties = append(counties, countyOf(all[:n]))
		all = all[n:]
	}
	return counties, nil
}

func countyOf(all []stored) County {
	c := County{Code: all[0].County, LonLat: geo.Bound(nil)}
	var since time.Time
	for _, d := range all {
		if !slices.Contains(c.Versions, d.Version) && whole(all, d.Version) {
			c.Versions = append(c.Versions, d.Version)
		}
		if c.Version == 0 || !d.current.Before(since) && !d.current.IsZero() {
			c.Version, c.LoadedAt, since = d.Version, d.LoadedAt, d.current
		}
	}
	outline := geo.Bound(nil)
	for _, d := range serving(all, c.Version) {
		c.Roles = append(c.Roles, d.Role)
		if corners(d.LonLat) == nil {
			continue
		}
		if c.LonLat = union(c.LonLat, d.LonLat); d.Role == Outline {
			outline = union(outline, d.LonLat)
		}
	}
	if corners(outline) != nil {
		c.LonLat = outline
	}
	slices.Sort(c.Roles)
	c.Roles = slices.Compact(c.Roles)
	return c
}

// union of two boxes, of which the first may be empty.
func union(a, b orb.Bound) orb.Bound {
	if corners(a) == nil {
		return b
	}
	return a.Union(b)
}

// serving are the datasets of one county that a version is made of: those that
// its load brought, and of each role that it did not bring those of the version that
// it was built on.
func serving(all []stored, version int) []stored {
	of := map[string]int{} // role → the version that it comes from
	for version > 0 {
		builtOn := version - 1
		for _, d := range all {
			if d.Version != version {
				continue
			}
			if _, later := of[d.Role]; !later {
				of[d.Role] = version
			}
			builtOn = d.builtOn
		}
		version = builtOn
	}
	var some []stored
	for _, d := range all {
		if of[d.Role] == d.Version {
			some = append(some, d)
		}
	}
	return some
}

// whole tells whether nothing of a version was dropped.
func whole(all []stored, version int) bool {
	return !slices.ContainsFunc(serving(all, version), func(d stored) bool { return d.dropped })
}

// County is a county that has base data; ok is whether it does.
func (db *DB) County(ctx context.Context, code string) (c County, ok bool, err error) {
	if err := db.Ready(ctx); err != nil {
		return c, false, err
	}
	all, err := db.ofCounty(ctx, code)
	if err != nil || len(all) == 0 {
		return c, false, err
	}
	return countyOf(all), true, nil
}

// version reads what a version of a county is made of; 0 is the current one.
func (db *DB) version(ctx context.Context, county string, version int) ([]stored, int, error) {
	if err := db.Ready(ctx); err != nil {
		return nil, 0, err
	}
	all, err := db.ofCounty(ctx, county)
	if err != nil {
		return nil, 0, err
	}
	if len(all) == 0 {
		return nil, 0, db.unknownCounty(ctx, county)
	}
	c := countyOf(all)
	if version == 0 {
		version = c.Version
	}
	if !slices.Contains(c.Versions, version) {
		return nil, 0, &geo.InputError{File: db.name,
			Message: geo.Textf("旗县 %s 的底图没有版本 %d", "the base data of county %s has no version %d", county, version),
			Advice:  geo.Textf("现有版本：%s", "There are versions %s", strings.Trim(fmt.Sprint(c.Versions), "[]"))}
	}
	return serving(all, version), version, nil
}

// unknownCounty lists the counties that there are.
func (db *DB) unknownCounty(ctx context.Context, county string) error {
	counties, err := db.Counties(ctx)
	if err != nil {
		return err
	}
	f := &geo.InputError{File: db.name,
		Message: geo.Textf("数据库中没有旗县“%s”的底图", "the database has no base data of county %q", county),
		Advice:  geo.Text{ZH: "请先装载该旗县的底图", EN: "Load the base data of that county first"}, Wants: geo.BaseInput}
	if len(counties) > 0 {
		var codes []string
		for _, c := range counties {
			codes = append(codes, c.Code)
		}
		f.Advice = geo.Textf("现有旗县：%s", "There are %s", strings.Join(codes, ", "))
	}
	return f
}

// Layers are the layers of a version of a county's base data; version 0 is the
// current one, and the version comes back. A county or version that is not
// there is a *geo.InputError that names those that are. Closing the layers, or
// plan's Base over them, does not close the database.
func (db *DB) Layers(ctx context.Context, county string, version int) ([]RoleLayer, int, error) {
	own, version, err := db.version(ctx, county, version)
	if err != nil {
		return nil, 0, err
	}
	var layers []RoleLayer
	for _, d := range own {
		layers = append(layers, roleLayer(db, d))
	}
	return layers, version, nil
}

// LayersNear is Layers with the current layers of every other county that joins
// and whose box meets the given one, in degrees: for a plan near a border. They
// come after the county's own, by code, with the names of the files that they
// came from. A nil joins is none.
func (db *DB) LayersNear(ctx context.Context, county string, version int, lonLat orb.Bound, joins func(code string) bool) ([]RoleLayer, int, error) {
	layers, version, err := db.Layers(ctx, county, version)
	box := corners(lonLat)
	if err != nil || box == nil || joins == nil {
		return layers, version, err
	}
	others, err := db.datasets(ctx, "base.dataset", "where d.county <> $1 order by d.county, d.id", county)
	if err != nil {
		return nil, 0, err
	}
	for len(others) > 0 {
		n := slices.IndexFunc(others, func(d stored) bool { return d.County != others[0].County })
		if n < 0 {
			n = len(others)
		}
		if c := countyOf(others[:n]); joins(c.Code) && corners(c.LonLat) != nil && c.LonLat.Intersects(lonLat) {
			joining, err := db.ofCounty(ctx, c.Code)
			if err != nil {
				return nil, 0, err
			}
			if len(joining) == 0 {
				others = others[n:]
				continue
			}
			for _, d := range serving(joining, countyOf(joining).Version) {
				layers = append(layers, roleLayer(db, d))
			}
		}
		others = others[n:]
	}
	return layers, version, nil
}
