package plan

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
)

// BaseOptions of reading base data.
type BaseOptions struct {
	CRS  geo.CRS // of layers that neither say nor show theirs
	Jobs int     // goroutines for digests; 0 means one per processor
	// Cache is a directory that remembers large layers, so that the next run
	// need not read them whole; "" none. What is remembered is believed while
	// the files' paths, lengths, inodes and times of change stay what they were.
	Cache string
}

// Base is base data 底图: layers by role, read only where asked. All methods
// but Close may be called from several goroutines; calls that meet in one
// layer wait for each other, since a geo.Layer serves one at a time.
type Base struct {
	source  string
	layers  map[domain.Role][]*baseLayer
	jobs    int
	close   func() error
	outside []geo.Notice // about containers and layers without a role

	manifest *BaseManifest
	unsure   map[domain.Role][]string

	mutex  sync.Mutex
	issues map[Issue]bool // without Place: nothing here has one
}

// baseLayer is one layer with its form and its system.
type baseLayer struct {
	mutex   sync.Mutex // held while the layer is read
	layer   geo.Layer
	layout  *rowLayout
	crs     geo.CRS
	origin  origin
	others  []string       // codes of rows that are left out (XZQ)
	classes Classification // in which land classes are written; "" survey codes
	err     error          // why it cannot be read
}

// OpenBase opens base data in directories, zips, GeoPackages or single files;
// layers of one role add up. It reads headers only. A layer that cannot be
// judged is a *geo.InputError; a role that is absent is simply not there. Close it.
func OpenBase(ctx context.Context, paths []string, o BaseOptions) (*Base, error) {
	var catalogs []*catalog.Catalog
	closeAll := func() error {
		var errs []error
		for _, c := range catalogs {
			errs = append(errs, c.Close())
		}
		return errors.Join(errs...)
	}
	all := foundLayers{manifest: emptyManifest()}
	var layers []geo.Layer
	shown := distinct(paths)
	for i, path := range paths {
		c, err := catalog.Open(ctx, path, catalog.Options{Cache: o.Cache, Shown: shown[i]})
		if err != nil {
			return nil, errors.Join(err, closeAll())
		}
		catalogs = append(catalogs, c)
		all.notices = append(all.notices, c.Notices...)
		layers = append(layers, c.Layers...)
		said, err := findBaseManifest(c, path)
		if err := cmp.Or(err, all.manifest.plus(said)); err != nil {
			return nil, errors.Join(err, closeAll())
		}
	}
	if err := all.find(layers); err != nil {
		return nil, errors.Join(err, closeAll())
	}
	for i, c := range catalogs {
		all.unread(shown[i], c.Items())
	}
	b := newBase("files", all.layers, &all, o)
	b.close, b.outside = closeAll, all.notices
	err := b.inputError()
	if err == nil && len(b.layers) == 0 {
		err = &geo.InputError{
			File:    strings.Join(paths, ", "),
			Message: geo.Text{ZH: "没有可识别的底图图层", EN: "there is no layer that base data may have"},
			Advice:  geo.Textf("可用图层名：%s", "Accepted names: %s", accepted(domain.BaseRoles())),
		}
		if len(all.damaged) > 0 { // what is missing may be in it
			err = all.damaged[0]
		}
	}
	if err != nil {
		return nil, errors.Join(err, closeAll())
	}
	return b, nil
}

// NewBase makes base data of layers from elsewhere, a database for instance;
// source says where ("postgis"), outside what was odd about the files that the
// layers came from. Close closes the layers.
func NewBase(source string, layers map[domain.Role][]geo.Layer, outside ...geo.Notice) *Base {
	b := newBase(source, layers, loadStored(layers), BaseOptions{})
	b.outside = outside
	return b
}

func newBase(source string, layers map[domain.Role][]geo.Layer, f *foundLayers, o BaseOptions) *Base {
	b := &Base{source: source, layers: map[domain.Role][]*baseLayer{}, jobs: o.Jobs, issues: map[Issue]bool{}, manifest: f.manifest, unsure: f.unsure}
	if b.jobs <= 0 {
		b.jobs = runtime.GOMAXPROCS(0)
	}
	for role, those := range layers {
		for _, l := range those {
			bl := &baseLayer{layer: l, layout: newRowLayout(role, l, BaseFields(), f.override[l])}
			bl.classes = f.classes[l]
			if bl.classes == "" && len(bl.layout.schema[domain.ClassField]) > 0 && strings.EqualFold(bl.layout.schema[domain.ClassField][0].name, "GHDLBM") {
				bl.classes = PlanningCodes
			}
			if bl.crs, bl.origin, bl.err = nativeCRS(l, o.CRS); bl.err == nil {
				bl.err = checkRequired(l, role, f.override[l])
			}
			b.layers[role] = append(b.layers[role], bl)
		}
		slices.SortStableFunc(b.layers[role], func(x, y *baseLayer) int {
			return strings.Compare(x.layer.File(), y.layer.File())
		})
	}
	b.close = func() error {
		var errs []error
		for _, l := range b.all() {
			errs = append(errs, l.layer.Close())
		}
		return errors.Join(errs...)
	}
	return b
}

// BaseFields are the fields of base layers, of whatever role.
func BaseFields() []domain.Field {
	return []domain.Field{domain.ID, domain.ClassField, domain.UnitField, domain.CodeField, domain.NameField, domain.NetArea, domain.GrossArea, domain.Ridge, domain.Slope, domain.Grade, domain.Refinement}
}

func (b *Base) inputError() error {
	for _, l := range b.all() {
		if err := cmp.Or(l.err, l.checkShapes()); err != nil {
			return err
		}
	}
	return nil
}

// all lists the layers by role, then by file.
func (b *Base) all() []*baseLayer {
	var all []*baseLayer
	for _, role := range domain.BaseRoles() {
		all = append(all, b.layers[role]...)
	}
	return all
}

// Source is "files" or what NewBase was told.
func (b *Base) Source() string { return b.source }

// Close closes every layer and removes what was unpacked.
func (b *Base) Close() error { return b.close() }

// Has reports whether there is a layer of the role.
func (b *Base) Has(role domain.Role) bool { return len(b.layers[role]) > 0 }

// Present is the roles that there are layers of.
func (b *Base) Present() map[domain.Role]bool {
	present := map[domain.Role]bool{}
	for role := range b.layers {
		present[role] = b.Has(role)
	}
	return present
}

// HasField reports whether every layer of the role that holds anything has a
// column for the field, so that rules can tell "absent" from "empty".
func (b *Base) HasField(role domain.Role, field domain.Field) bool {
	var some bool
	for _, l := range b.layers[role] {
		if l.layout.has(field) {
			some = true
		} else if l.layer.Len() > 0 {
			return false
		}
	}
	return some
}

// Notices is what was odd so far: layers without a role, empty ones, guessed
// systems, damaged records met.
func (b *Base) Notices() []geo.Notice {
	all := slices.Clone(b.outside)
	for _, l := range b.all() {
		l.mutex.Lock()
		all = append(all, l.layer.Notices()...)
		if n, ok := l.notTownships(); ok {
			all = append(all, n)
		}
		l.mutex.Unlock()
		if l.classes == PlanningCodes {
			all = append(all, geo.Notice{Severity: geo.Info, File: l.layer.File(), Message: geo.Text{
				ZH: "地类编码按用地用海分类读取，换算为三调工作分类", EN: "land classes are read as codes of 用地用海分类 and taken as those of the 三调 working classification"}})
		}
		if n, ok := l.assumed(); ok {
			all = append(all, n)
		}
		if l.layer.Len() == 0 {
			all = append(all, emptyLayer(l.layer))
		}
	}
	return sortedNotices(all)
}

// Issues is what was wrong with values of the parcels read so far, by file and
// record: codes outside their domain, figures that are none.
func (b *Base) Issues() []Issue {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.firstIssues()
}

// firstIssues are the first maxBaseIssues of those met, in order: which ones a
// full list holds does not depend on which were met first.
func (b *Base) firstIssues() []Issue {
	issues := slices.Collect(maps.Keys(b.issues))
	slices.SortFunc(issues, func(x, y Issue) int { // every key, since a map has no order
		return cmp.Or(strings.Compare(string(x.Role), string(y.Role)), strings.Compare(x.File, y.File),
			cmp.Compare(x.Record, y.Record), strings.Compare(x.Check, y.Check),
			strings.Compare(x.Field, y.Field), strings.Compare(x.Message.EN, y.Message.EN))
	})
	return issues[:min(len(issues), maxBaseIssues)]
}

func (b *Base) note(issues []Issue) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, f := range issues {
		b.issues[f] = true
		if len(b.issues) >= 2*maxBaseIssues {
			first := b.firstIssues()
			clear(b.issues)
			for _, f := range first {
				b.issues[f] = true
			}
		}
	}
}

// maxBaseIssues bounds what a base full of wrong codes can make a report hold.
const maxBaseIssues = 10_000
