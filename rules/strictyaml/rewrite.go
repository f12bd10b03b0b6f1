package strictyaml

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Rewrite is a file of YAML in which each scalar is what change makes of it, by
// the keys that lead to it (those of lists left out). Comments and order stay.
func Rewrite(file string, data []byte, o Options, change func(keys []string, value string) string) ([]byte, error) {
	doc, err := Parse(file, data, o)
	if err != nil {
		return nil, err
	}
	if doc.root.Kind != yaml.MappingNode {
		return data, nil
	}
	rewrite(doc.root, nil, change)
	return doc.marshal(file)
}

func rewrite(n *yaml.Node, keys []string, change func([]string, string) string) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			rewrite(n.Content[i+1], append(keys[:len(keys):len(keys)], n.Content[i].Value), change)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			rewrite(item, keys, change)
		}
	case yaml.ScalarNode:
		if v := change(keys, n.Value); v != n.Value {
			n.Value = v
			n.Style = yaml.DoubleQuotedStyle
		}
	}
}

// With is a file of YAML in which a text stands under a section and a key, both
// of which are made where they are missing.
func With(file string, data []byte, o Options, section, key, value string) ([]byte, error) {
	doc, err := Parse(file, data, o)
	if err != nil {
		return nil, err
	}
	if doc.root.Kind != yaml.MappingNode {
		doc.root = &yaml.Node{Kind: yaml.MappingNode}
	}
	at := child(doc.root, section, func() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} })
	if at.Kind != yaml.MappingNode { // project: with nothing behind it
		*at = yaml.Node{Kind: yaml.MappingNode}
	}
	to := child(at, key, func() *yaml.Node { return &yaml.Node{} })
	*to = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle, LineComment: to.LineComment, HeadComment: to.HeadComment}
	return doc.marshal(file)
}

// child is the value of a key of a mapping, made where it is missing.
func child(of *yaml.Node, key string, missing func() *yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(of.Content); i += 2 {
		if of.Content[i].Value == key {
			return of.Content[i+1]
		}
	}
	n := missing()
	of.Content = append(of.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, n)
	return n
}

func (d *Document) marshal(file string) ([]byte, error) {
	out, err := yaml.Marshal(d.root)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", file, err)
	}
	return out, nil
}
