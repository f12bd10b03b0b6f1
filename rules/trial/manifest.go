package trial

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

func scalar(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{scalar(key), value}}
}

// lookup is the place of a key's value in a mapping, -1 if it is not there.
func lookup(n *yaml.Node, key string) int {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i + 1
		}
	}
	return -1
}

// merged lays one value over another: mappings key by key, anything else whole.
func merged(under, over *yaml.Node) *yaml.Node {
	if under == nil || under.Kind != yaml.MappingNode || over.Kind != yaml.MappingNode {
		return over
	}
	out := &yaml.Node{Kind: yaml.MappingNode, Content: slices.Clone(under.Content)}
	for i := 0; i+1 < len(over.Content); i += 2 {
		if at := lookup(out, over.Content[i].Value); at >= 0 {
			out.Content[at] = over.Content[i+1]
		} else {
			out.Content = append(out.Content, over.Content[i], over.Content[i+1])
		}
	}
	return out
}

// manifestKeys are the keys of plan.yaml that a trial may have.
func manifestKeys() []string {
	return []string{"project", "layers", "quota", "documents", "justifications", "prior", "ignore"}
}

// planYAML is the manifest of a trial, and the papers that it names.
func (t *Trial) planYAML() ([]byte, []string, error) {
	top := mapping("format", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: "1"})
	var papers []string
	for _, key := range manifestKeys() {
		n := t.manifest[key]
		if n == nil {
			continue
		}
		switch key {
		case "documents":
			n, papers = named(n, "file", papers)
		case "justifications":
			n, papers = named(n, "document", papers)
		}
		top.Content = append(top.Content, scalar(key), n)
	}
	data, err := yaml.Marshal(copied(top)) // which changes what it writes, and checks share a trial
	return data, papers, err
}

// copied is a value of its own.
func copied(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = copied(child)
	}
	return &c
}

// named gives each entry of a list a paper, and collects them.
func named(list *yaml.Node, key string, papers []string) (*yaml.Node, []string) {
	out := &yaml.Node{Kind: yaml.SequenceNode}
	for _, item := range list.Content {
		if item.Kind == yaml.MappingNode && lookup(item, key) < 0 {
			item = merged(mapping(key, scalar(fmt.Sprintf("docs/%s-%d.pdf", key, len(papers)+1))), item)
		}
		if at := lookup(item, key); at >= 0 {
			papers = append(papers, item.Content[at].Value)
		}
		out.Content = append(out.Content, item)
	}
	return out, papers
}
