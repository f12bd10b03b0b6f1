package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"
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
func (b *bench) groups(faces []int, name string) []group {
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

func (b *bench) order(c *plan.Change) int {
	if i, ok := b.changes[c]; ok {
		return i
	}
	return len(b.changes)
}

// groupRefs names the changes of groups.
func (b *bench) groupRefs(gs []group) []result.FeatureRef {
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
func (b *bench) baseRefs(faces []int) []result.FeatureRef {
	changes := plan.ChangeRoles()
	var under []ledger.Ref
	for _, i := range faces {
		for _, r := range b.l.Faces[i].Refs {
			if r.Role != plan.ProjectArea && !slices.Contains(changes, r.Role) {
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
func (b *bench) facesOf(ch *plan.Change) []int {
	b.onceFaces.Do(func() {
		b.faces = map[*plan.Change][]int{}
		for i := range b.l.Faces {
			f := &b.l.Faces[i]
			for _, ch := range []*plan.Change{f.Out, f.In, f.Use, f.Urban, f.Line} {
				if ch != nil && ch.Exists {
					b.faces[ch] = append(b.faces[ch], i)
				}
			}
		}
	})
	return b.faces[ch]
}

// words fill the placeholders of templates.
type words map[string]geo.Text

// found adds a finding about faces of some change features. Which tells apart
// several findings about the same features.
func (c *court) found(st result.Status, s result.Scope, gs []group, which string, fill words, message, remedy geo.Text) {
	var faces []int
	var area total
	for _, g := range gs {
		faces = append(faces, g.faces...)
		for _, i := range g.faces {
			area.add(c.l.Faces[i].Area)
		}
	}
	slices.Sort(faces)
	refs := c.groupRefs(gs)
	named := len(refs)
	refs = append(refs, c.baseRefs(faces)...)
	about := refs
	if named > 0 {
		about = refs[:named]
	}
	f := result.Finding{Status: st, Scope: s, Area: geo.RoundArea(area.sum()), Features: refs}
	for _, i := range faces {
		f.Faces = append(f.Faces, c.l.Faces[i].ID)
	}
	c.add(f, about, which, fill, message, remedy)
}

// add completes a finding: message, remedy, id. about are the features that
// the message names.
func (c *court) add(f result.Finding, about []result.FeatureRef, which string, fill words, message, remedy geo.Text) {
	all := words{
		"scope": scopeText(f.Scope), "ids": idList(about),
		"count": wording.Same(fmt.Sprint(len(about))), "area": wording.SquareMetres(f.Area),
	}
	for k, v := range fill {
		all[k] = v
	}
	if !c.rule.Message.IsZero() {
		message = c.rule.Message
	}
	if !c.rule.Remedy.IsZero() {
		remedy = c.rule.Remedy
	} else if remedy.IsZero() {
		remedy = c.rule.Explain.Fix
	}
	f.Message, f.Remedy = all.fill(message), all.fill(remedy)
	if c.rule.OwnLimit {
		f.Message.ZH += "（限值为本规则册口径，实施意见未作规定。）"
		f.Message.EN += " (The limit is this rulebook's own; the opinion states none.)"
	}
	if f.Features == nil {
		f.Features = []result.FeatureRef{}
	}
	f.ID = findingID(c.rule.ID, f.Scope, f.Features, which)
	c.out.Findings = append(c.out.Findings, f)
}

func (w words) fill(t geo.Text) geo.Text {
	return geo.Text{ZH: w.fillIn(t.ZH, "zh"), EN: w.fillIn(t.EN, "en")}
}

// fillIn replaces what placeholder matches, without its machine: a rule has a
// finding for each of a hundred thousand slivers. Text without placeholders is
// shared by all of them.
func (w words) fillIn(text, lang string) string {
	var out strings.Builder
	rest := text
	for {
		open := strings.IndexByte(rest, '{')
		long := strings.IndexAny(rest[open+1:], "{}")
		if open < 0 || long < 0 {
			break
		}
		end := open + 1 + long
		if rest[end] == '{' { // one that is never closed
			out.WriteString(rest[:end])
			rest = rest[end:]
			continue
		}
		out.WriteString(rest[:open])
		if v, ok := w[rest[open+1:end]]; ok {
			out.WriteString(v.In(lang))
		} else {
			out.WriteString(rest[open : end+1])
		}
		rest = rest[end+1:]
	}
	if len(rest) == len(text) {
		return text
	}
	out.WriteString(rest)
	return out.String()
}

// findingID is stable from run to run and does not depend on other findings.
func findingID(rule string, s result.Scope, refs []result.FeatureRef, which string) string {
	text := strconv.AppendQuote(nil, rule)
	add := func(s string) { text = strconv.AppendQuote(append(text, ' '), s) }
	add(s.Kind)
	add(s.Code)
	add(which)
	for _, r := range refs {
		add(r.Role)
		add(r.ID)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// distinguish gives findings that nothing tells apart (features that share an
// id) ids of their own.
func distinguish(fs []result.Finding) {
	seen := map[string]int{}
	for i := range fs {
		id := fs[i].ID
		if seen[id]++; seen[id] > 1 {
			fs[i].ID = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%s#%d", id, seen[id])))[:12]
		}
	}
}

// sorted is findings in the order of a report. Their places are sorted, as they
// are large themselves.
func sorted(fs []result.Finding) []result.Finding {
	if len(fs) < 2 {
		return fs
	}
	order := make([]*result.Finding, len(fs))
	for i := range fs {
		order[i] = &fs[i]
	}
	slices.SortStableFunc(order, byScopeAreaID)
	out := make([]result.Finding, len(fs))
	for i, f := range order {
		out[i] = *f
	}
	return out
}

func byScopeAreaID(x, y *result.Finding) int {
	return cmp.Or(cmp.Compare(x.Scope.Kind, y.Scope.Kind), cmp.Compare(x.Scope.Code, y.Scope.Code),
		cmp.Compare(y.Area, x.Area), strings.Compare(x.ID, y.ID))
}

// byTownship splits faces by township, in order of code.
func (b *bench) byTownship(faces []int) ([]string, map[string][]int) {
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
