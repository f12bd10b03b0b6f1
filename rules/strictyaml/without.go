package strictyaml

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Without is a file of YAML without some keys at its top, for another program run;
// comments stay.
func Without(file string, data []byte, o Options, keys ...string) ([]byte, error) {
	doc, err := Parse(file, data, o)
	if err != nil {
		return nil, err
	}
	if doc.root.Kind != yaml.MappingNode {
		return data, nil
	}
	var kept []*yaml.Node
	for i := 0; i+1 < len(doc.root.Content); i += 2 {
		if !slices.Contains(keys, doc.root.Content[i].Value) {
			kept = append(kept, doc.root.Content[i], doc.root.Content[i+1])
		}
	}
	if len(kept) == len(doc.root.Content) {
		return data, nil
	}
	doc.root.Content = kept
	out, err := yaml.Marshal(doc.root)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", file, err)
	}
	return out, nil
}
