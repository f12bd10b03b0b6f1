package plan

import (
	"context"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// LayerSource is a base layer with what it takes to keep it elsewhere, so that
// what is read back is judged the same.
type LayerSource struct {
	Role    domain.Role
	Layer   geo.Layer
	CRS     geo.CRS  // in which its coordinates are read, stated or not
	Columns []string // those that a rule or a deliverable may ask for
	Notices []geo.Notice
}

// Sources are the layers by role, then by file, and what was odd about the
// files around them. The layers stay this Base's to close.
func (b *Base) Sources() (layers []LayerSource, outside []geo.Notice) {
	for _, l := range b.all() {
		s := LayerSource{Role: l.layout.role, Layer: l.layer, CRS: l.crs, Columns: l.kept()}
		if n, ok := l.assumed(); ok {
			s.Notices = []geo.Notice{n}
		}
		layers = append(layers, s)
	}
	return layers, b.outside
}

// LandColumns are columns of land use that no rule asks for and that a parcel of PBF
// takes over when it enters (a deliverable).
func LandColumns() []string {
	return []string{"TBBH", "QSXZ", "QSDWDM", "QSDWMC", "ZLDWDM", "ZLDWMC", "GDLX"}
}

// kept are the columns worth keeping: of PBF all of them, since the layer is handed
// in again when a plan has changed it.
func (l *baseLayer) kept() []string {
	columns := slices.Clone(l.layout.columns)
	add := func(name string) {
		if !slices.ContainsFunc(columns, func(c string) bool { return strings.EqualFold(c, name) }) {
			columns = append(columns, name)
		}
	}
	switch l.layout.role {
	case domain.PBF:
		for _, f := range l.layer.Fields() {
			add(f.Name)
		}
	case domain.LandUse:
		for _, name := range LandColumns() {
			add(name)
		}
	}
	return columns
}

// Notes are what readers of a layer that is kept elsewhere need not find out
// again, for it to give as geo.Noted. They take a reading of its rows.
func (b *Base) Notes(ctx context.Context, s LayerSource) (map[string]string, error) {
	for _, l := range b.layers[s.Role] {
		if l.layer != s.Layer {
			continue
		}
		notes := map[string]string{}
		if text, ok := b.noteOf(l); ok {
			notes[baseNote] = text
		}
		if s.Role == domain.PBF {
			sums, err := b.sum(ctx, l)
			if err != nil {
				return nil, err
			}
			notes[sumsKey(l.sumsForm())] = sums.note()
		}
		return notes, nil
	}
	return nil, nil
}

// assumed says that the layer's system is not its own word.
func (l *baseLayer) assumed() (geo.Notice, bool) {
	return geo.Notice{Severity: geo.Warning, File: l.layer.File(), Message: geo.Textf(
		"图层没有坐标系说明，按 %s 读取", "the layer does not say its coordinate system; read as %s", l.crs),
	}, l.origin == guessed || l.origin == given
}
