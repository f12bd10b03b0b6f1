package plan

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/domain"
	"landcheck/rules/spelling"
	"landcheck/rules/strictyaml"
)

// foundLayers is the layers of base data by role, and what else lies beside them.
type foundLayers struct {
	manifest *BaseManifest
	layers   map[domain.Role][]geo.Layer
	override map[geo.Layer]map[domain.Field]string
	classes  map[geo.Layer]Classification
	unsure   map[domain.Role][]string
	notices  []geo.Notice
	damaged  []*geo.InputError // of layers without a role that cannot be read
}

// find gives layers their roles: those that base.yaml names, then the rest by
// their names. What has none is told; where its name comes near a role's, land
// of that role may be in it, which rules must not pass over.
func (f *foundLayers) find(layers []geo.Layer) error {
	f.classes = map[geo.Layer]Classification{}
	f.layers, f.override, f.unsure = map[domain.Role][]geo.Layer{}, map[geo.Layer]map[domain.Field]string{}, map[domain.Role][]string{}
	used := map[geo.Layer]bool{}
	var wrong []error
	for _, a := range f.manifest.layers {
		if a.file == "" {
			continue
		}
		l, err := findLayer(layers, a)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		wrong = append(wrong, f.take(l, a))
		f.layers[a.role] = append(f.layers[a.role], l)
		used[l] = true
	}
	if err := strictyaml.Gather(nil, wrong...); err != nil {
		return err
	}
	for _, l := range layers {
		if used[l] {
			continue
		}
		role := roleOfLayer(l, domain.BaseRoles())
		switch {
		case f.manifest.ignores(l.File()):
			f.notices = append(f.notices, geo.Notice{Severity: geo.Info, File: l.File(), Message: geo.Text{
				ZH: "base.yaml 写明忽略该图层", EN: "base.yaml says to ignore this layer"}})
		case role != "":
			f.layers[role] = append(f.layers[role], l)
		case holdsChanges(l.Name()) != "":
			f.notices = append(f.notices, unknownLayer(l, domain.BaseRoles(), domain.PlanRoles(), geo.Text{
				ZH: "这是方案图层，不属于底图", EN: "it is a plan layer, not base data"}))
		default:
			damage := geo.Damage(l)
			if role := nearRole(l.Name()); role != "" && (l.Len() > 0 || damage != nil) {
				f.unsure[role] = append(f.unsure[role], l.File())
			}
			if damage != nil {
				f.damaged = append(f.damaged, damage)
				f.notices = append(f.notices, damagedNotice(l, damage))
				continue
			}
			f.notices = append(f.notices, unknownLayer(l, domain.BaseRoles(), domain.PlanRoles(), geo.Text{}))
		}
	}
	return strictyaml.Gather(nil, f.takeByName(layers, used), f.manifest.contradicted(f.layers))
}

// unread adds files that hold something and that nobody understands: an archive
// within the base, a database of another make.
func (f *foundLayers) unread(shown string, items []catalog.Item) {
	for _, item := range items {
		file := shown + "/" + item.Name
		if item.Usage != catalog.Unread || f.manifest.ignores(file) || holdsChanges(item.Stem()) != "" {
			continue
		}
		if role := nearRole(item.Stem()); role != "" {
			f.unsure[role] = append(f.unsure[role], file)
		}
	}
}

// nearRole is the base role whose name a layer's contains, or comes near by two
// letters, one where the name is short; "" for none.
func nearRole(name string) domain.Role {
	bare := BareName(name)
	best, least := domain.Role(""), 3
	for _, r := range domain.BaseRoles() {
		for _, n := range r.Names() {
			d := spelling.Distance([]rune(bare), []rune(n))
			if strings.Contains(bare, n) {
				d = 0
			}
			most := 2
			if len([]rune(n)) <= 4 {
				most = 1
			}
			if d <= most && d < least {
				best, least = r, d
			}
		}
	}
	return best
}

// Manifest is what base.yaml says; empty without one.
func (b *Base) Manifest() *BaseManifest { return b.manifest }

// Unsure are the layers that were not read though their names come near a
// role's, by role.
func (b *Base) Unsure() map[domain.Role][]string { return b.unsure }

// baseNote is where a layer that is kept elsewhere has what base.yaml said.
const baseNote = "base.yaml"

// storedBase is that text.
type storedBase struct {
	Absent     []domain.Role            `json:",omitempty"`
	Designated map[string]float64       `json:",omitempty"`
	Unsure     map[domain.Role][]string `json:",omitempty"`
	Fields     map[domain.Field]string  `json:",omitempty"` // of the layer itself
	Classes    Classification           `json:",omitempty"` // likewise
}

func (b *Base) noteOf(l *baseLayer) (string, bool) {
	n := storedBase{Absent: slices.Sorted(maps.Keys(b.manifest.Absent)), Designated: b.manifest.Designated, Unsure: b.unsure, Fields: l.layout.override, Classes: l.classes}
	if len(n.Absent)+len(n.Designated)+len(n.Unsure)+len(n.Fields) == 0 && n.Classes == "" {
		return "", false
	}
	text, err := json.Marshal(n)
	return string(text), err == nil
}

// loadStored reads such notes of layers, the later loaded last: a corrected decree
// counts, whatever roles the loads before it brought. What was said of a layer
// goes with it: once the role is loaded anew, what earlier loads said of it is
// void, since it spoke of other data.
func loadStored(layers map[domain.Role][]geo.Layer) *foundLayers {
	f := &foundLayers{manifest: emptyManifest(), override: map[geo.Layer]map[domain.Field]string{}, classes: map[geo.Layer]Classification{}, unsure: map[domain.Role][]string{}}
	var all []geo.Layer
	for _, role := range domain.BaseRoles() {
		all = append(all, layers[role]...)
	}
	slices.SortStableFunc(all, func(a, b geo.Layer) int { return cmp.Compare(loadOf(a), loadOf(b)) })
	for _, l := range all {
		noted, ok := l.(geo.MetadataReader)
		if !ok {
			continue
		}
		text, ok := noted.Metadata(baseNote)
		var n storedBase
		if !ok || json.Unmarshal([]byte(text), &n) != nil {
			continue
		}
		said := loadOf(l)
		for _, r := range n.Absent {
			f.manifest.Absent[r] = len(layers[r]) == 0
		}
		if said >= lastLoad(layers[domain.PBF]) {
			maps.Copy(f.manifest.Designated, n.Designated)
		}
		for r, files := range n.Unsure {
			if said >= lastLoad(layers[r]) {
				f.unsure[r] = files
			}
		}
		if len(n.Fields) > 0 {
			f.override[l] = n.Fields
		}
		f.classes[l] = n.Classes
	}
	return f
}

// loadOf is the load that a layer came with, 0 where there are no loads.
func loadOf(l geo.Layer) int {
	if loaded, ok := l.(geo.LoadedLayer); ok {
		return loaded.Load()
	}
	return 0
}

// lastLoad is the latest load that one of the layers came with, 0 for none.
func lastLoad(layers []geo.Layer) int {
	last := 0
	for _, l := range layers {
		last = max(last, loadOf(l))
	}
	return last
}

func emptyManifest() *BaseManifest {
	return &BaseManifest{Absent: map[domain.Role]bool{}, Designated: map[string]float64{}, file: baseManifestNames()[0], marks: map[domain.Role]strictyaml.Node{}}
}
