// Package openapi is the service's description of itself, OpenAPI 3.1: one
// YAML file for each subject, put together into one document. A new address is
// a new entry in one of the files, or a new file; what every address under /v1
// takes and may answer stands once, under x-everywhere in common.yaml. Lists of
// codes are not written out: x-enum names the table that they come from. The
// service's tests hold the document against the running server: each address
// must be in it, each answer must be as it says, each answer that it promises
// must have been seen.
package openapi

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"landcheck/rules/strictyaml"
)

//go:embed *.yaml
var files embed.FS

// Document is the description as JSON, for a version of the program.
func Document(version string) ([]byte, error) {
	doc := map[string]any{}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		part, err := parse(e.Name(), data)
		if err != nil {
			return nil, err
		}
		if err := join(doc, part); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	if err := everywhere(doc); err != nil {
		return nil, err
	}
	if err := facts(doc); err != nil {
		return nil, err
	}
	info, _ := doc["info"].(map[string]any)
	if info == nil {
		return nil, fmt.Errorf("openapi: no info")
	}
	info["version"] = version
	return json.MarshalIndent(doc, "", " ")
}

// parse reads one of the files; a key that stands twice is an error.
func parse(name string, data []byte) (part map[string]any, err error) {
	file, err := strictyaml.Parse(name, data, strictyaml.Options{MaxBytes: len(data), Aliases: true})
	if err != nil {
		return nil, err
	}
	err = file.Err(file.Root().Decode(&part))
	return part, err
}

// join adds what is in part; two files may not say the same thing, only lists
// are put one after the other.
func join(doc, part map[string]any) error {
	for key, value := range part {
		old, ok := doc[key]
		if !ok {
			doc[key] = value
			continue
		}
		switch old := old.(type) {
		case map[string]any:
			if value, ok := value.(map[string]any); ok {
				if err := join(old, value); err != nil {
					return fmt.Errorf("%s: %w", key, err)
				}
				continue
			}
		case []any:
			if value, ok := value.([]any); ok {
				doc[key] = append(old, value...)
				continue
			}
		}
		return fmt.Errorf("%s is there already", key)
	}
	return nil
}

// everywhere gives each operation under /v1 what holds for all of them.
func everywhere(doc map[string]any) error {
	common, _ := doc["x-everywhere"].(map[string]any)
	parameters, _ := common["parameters"].([]any)
	responses, _ := common["responses"].(map[string]any)
	paths, _ := doc["paths"].(map[string]any)
	if len(parameters) == 0 || len(responses) == 0 || len(paths) == 0 {
		return fmt.Errorf("openapi: no paths, or no x-everywhere")
	}
	delete(doc, "x-everywhere")
	for address, item := range paths {
		if !strings.HasPrefix(address, "/v1/") {
			continue
		}
		item, _ := item.(map[string]any)
		for method, operation := range item {
			operation, ok := operation.(map[string]any)
			if !ok {
				continue // parameters of the address
			}
			own, _ := operation["responses"].(map[string]any)
			if own == nil {
				return fmt.Errorf("openapi: %s %s has no responses", method, address)
			}
			for status, response := range responses {
				if _, ok := own[status]; !ok {
					own[status] = response
				}
			}
			list, _ := operation["parameters"].([]any)
			operation["parameters"] = append(list[:len(list):len(list)], parameters...)
		}
	}
	return nil
}
