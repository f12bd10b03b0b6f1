package rulebook

import (
	"maps"
	"slices"

	"landcheck/geo"

	"go.yaml.in/yaml/v4"
)

// over lays a rulebook over its parent (see Rulebook).
func (t *tree) over(parent *tree) {
	maps.Copy(t.files, parent.files)
	t.faults = append(t.faults, parent.faults...)
	t.overridden = append(t.overridden, parent.overridden...)
	base := slices.Clone(parent.root.Content)
	root := &yaml.Node{Kind: yaml.MappingNode, Content: base, Line: t.root.Line, Column: t.root.Column}
	t.files[root] = t.files[t.root]
	t.own = map[string]bool{}
	if list := child(t.root, "rules"); list != nil {
		for _, r := range list.Content {
			t.own[scalarOf(child(r, "id"))] = true
		}
	}
	rules := overRules(child(parent.root, "rules"), child(t.root, "rules"))
	params := t.merge(child(parent.root, "parameters"), child(t.root, "parameters"))
	for i := 0; i+1 < len(t.root.Content); i += 2 {
		setKey(root, t.root.Content[i], t.root.Content[i+1])
	}
	for key, n := range map[string]*yaml.Node{"rules": rules.apply(t), "parameters": params} {
		if n == nil {
			continue
		}
		if old := child(root, key); old != nil {
			for i := 0; i+1 < len(root.Content); i += 2 {
				if root.Content[i].Value == key {
					root.Content[i+1] = n
				}
			}
		}
	}
	t.root = root
}

// setKey replaces or appends a key of a mapping whose Content is its own.
func setKey(n, k, v *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == k.Value {
			n.Content[i], n.Content[i+1] = k, v
			return
		}
	}
	n.Content = append(n.Content, k, v)
}

// merge lays mapping b over mapping a at every depth; else b wins.
func (t *tree) merge(a, b *yaml.Node) *yaml.Node {
	if b == nil {
		return a
	}
	if a == nil || a.Kind != yaml.MappingNode || b.Kind != yaml.MappingNode {
		return b
	}
	out := &yaml.Node{Kind: yaml.MappingNode, Content: slices.Clone(a.Content), Line: b.Line, Column: b.Column}
	t.files[out] = t.files[b]
	for i := 0; i+1 < len(b.Content); i += 2 {
		k, v := b.Content[i], b.Content[i+1]
		setKey(out, k, t.merge(child(a, k.Value), v))
	}
	return out
}

// ruleOverlay is the parent's and the child's rule lists, still apart.
type ruleOverlay struct{ parent, child *yaml.Node }

func overRules(parent, child *yaml.Node) ruleOverlay { return ruleOverlay{parent, child} }

// apply merges rules by id: overridden in place, others appended. Shapes that
// are not a list of mappings are left for the decoder to complain about.
func (o ruleOverlay) apply(t *tree) *yaml.Node {
	if o.child == nil || o.parent == nil || o.parent.Kind != yaml.SequenceNode || o.child.Kind != yaml.SequenceNode {
		if o.child == nil {
			return o.parent
		}
		return o.child
	}
	out := &yaml.Node{Kind: yaml.SequenceNode, Content: slices.Clone(o.parent.Content), Line: o.child.Line, Column: o.child.Column}
	t.files[out] = t.files[o.child]
	inherited := len(out.Content)
	done := map[string]bool{}
	for _, rule := range o.child.Content {
		id := child(rule, "id")
		at := -1
		if id != nil && !done[id.Value] {
			at = slices.IndexFunc(out.Content[:inherited], func(n *yaml.Node) bool {
				p := child(n, "id")
				return p != nil && p.Value == id.Value
			})
		}
		if at < 0 && t.strayOverride(out.Content[:inherited], rule) {
			continue
		}
		if at < 0 {
			out.Content = append(out.Content, rule) // a second one of the same id is a duplicate, found on decoding
			continue
		}
		done[id.Value] = true
		out.Content[at] = t.mergeRule(out.Content[at], rule)
	}
	return out
}

// strayOverride notes an entry that changes a rule of the parent which is not
// there, or is changed already: it has an id and nothing that a rule of its
// own must have.
func (t *tree) strayOverride(parent []*yaml.Node, rule *yaml.Node) bool {
	id := child(rule, "id")
	if id == nil || child(rule, "title") != nil || child(rule, "clause") != nil || child(rule, "group") != nil {
		return false
	}
	var known []string
	for _, p := range parent {
		if other := child(p, "id"); other != nil {
			if known = append(known, other.Value); other.Value == id.Value {
				t.faults = append(t.faults, t.place(id).twice(id.Value, t.place(other)))
				return true
			}
		}
	}
	t.faults = append(t.faults, t.place(id).unknown(geo.Text{ZH: "规则（extends 所指的规则册里没有）", EN: "rule (the rulebook that is extended has none such)"}, id.Value, known))
	return true
}

func scalarOf(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	return n.Value
}

// mergeRule merges one rule; a child that names another kind drops the parent's.
func (t *tree) mergeRule(parent, over *yaml.Node) *yaml.Node {
	kinds := kindNames()
	named := ""
	for _, k := range kinds {
		if child(over, k) != nil {
			named = k
		}
	}
	if named != "" {
		kept := &yaml.Node{Kind: yaml.MappingNode, Line: parent.Line, Column: parent.Column}
		t.files[kept] = t.files[parent]
		for i := 0; i+1 < len(parent.Content); i += 2 {
			if k := parent.Content[i].Value; k == named || !slices.Contains(kinds, k) {
				kept.Content = append(kept.Content, parent.Content[i], parent.Content[i+1])
			}
		}
		parent = kept
	}
	merged := t.merge(parent, over)
	t.overridden = append(t.overridden, t.overrides(scalarOf(child(parent, "id")), "", parent, merged)...)
	return merged
}
