package evaluation

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// group is the faces of one change feature.
type group struct {
	change *plan.Change // nil when no change covers them
	faces  []int
	area   float64
}

// change is the change of a face that a finding is about.
func changeOf(f *ledger.Face, name string) *plan.Change {
	var list []*plan.Change
	switch name {
	case "pbf_out":
		list = []*plan.Change{f.Out}
	case "pbf_in":
		list = []*plan.Change{f.In}
	case "use":
		list = []*plan.Change{f.Use}
	case "urban_change":
		list = []*plan.Change{f.Urban}
	case "red_line_change":
		list = []*plan.Change{f.Line}
	default:
		list = []*plan.Change{f.Out, f.In, f.Use, f.Urban, f.Line}
	}
	for _, c := range list {
		if c != nil && c.Exists {
			return c
		}
	}
	return nil
}

// groups gathers faces by change feature, in plan order.
func (b *evaluation) groups(faces []int, name string) []group {
	at := map[*plan.Change]int{}
	var out []group
	for _, i := range faces {
		f := &b.l.Faces[i]
		ch := changeOf(f, name)
		if ch == nil && name != "" {
			ch = changeOf(f, "") // of another kind: still the feature to look at
		}
		k, ok := at[ch]
		if !ok {
			k = len(out)
			at[ch] = k
			out = append(out, group{change: ch})
		}
		out[k].faces = append(out[k].faces, i)
		out[k].area += f.Area
	}
	slices.SortStableFunc(out, func(x, y group) int { return cmp.Compare(b.order(x.change), b.order(y.change)) })
	return out
}

func (b *evaluation) order(c *plan.Change) int {
	if i, ok := b.changes[c]; ok {
		return i
	}
	return len(b.changes)
}

// groupRefs names the changes of groups.
func (b *evaluation) groupRefs(gs []group) []result.FeatureRef {
	var out []result.FeatureRef
	for _, g := range gs {
		if g.change != nil {
			out = append(out, changeRef(g.change))
		}
	}
	return out
}

func changeRef(c *plan.Change) result.FeatureRef {
	return result.FeatureRef{Role: string(c.Role), ID: c.ID, File: c.File, Record: c.Record}
}

// baseRefs names the base features under faces, by role and id.
func (b *evaluation) baseRefs(faces []int) []result.FeatureRef {
	changes := domain.ChangeRoles()
	var under []ledger.Ref
	for _, i := range faces {
		for _, r := range b.l.Faces[i].Refs {
			if r.Role != domain.ProjectArea && !slices.Contains(changes, r.Role) {
				under = append(under, r)
			}
		}
	}
	slices.SortFunc(under, func(x, y ledger.Ref) int {
		if x.Role != y.Role {
			return strings.Compare(string(x.Role), string(y.Role))
		}
		return strings.Compare(x.ID, y.ID)
	})
	under = slices.Compact(under)
	out := make([]result.FeatureRef, len(under))
	for i, r := range under {
		out[i] = result.FeatureRef{Role: string(r.Role), ID: r.ID}
	}
	return out
}

// facesOf is the faces that a change covers.
func (b *evaluation) facesOf(ch *plan.Change) []int {
	b.onceFaces.Do(func() {
		b.faces = map[*plan.Change][]int{}
		for i := range b.l.Faces {
			f := &b.l.Faces[i]
			for _, ch := range f.Changes() {
				b.faces[ch] = append(b.faces[ch], i)
			}
		}
	})
	return b.faces[ch]
}

// byTownship splits faces by township, in order of code.
func (b *evaluation) byTownship(faces []int) ([]string, map[string][]int) {
	in := map[string][]int{}
	var codes []string
	for _, i := range faces {
		t := b.l.Faces[i].Township
		if _, ok := in[t]; !ok {
			codes = append(codes, t)
		}
		in[t] = append(in[t], i)
	}
	slices.Sort(codes)
	return codes, in
}
