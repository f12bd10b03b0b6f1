package schema

import "slices"

// Parts that several schemas are made of. YAML reads a code without quotes as a
// number; the readers take it as it is written.

// anyText is a value that is kept as written.
func anyText() Schema { return Schema{"type": []string{"string", "number", "boolean"}, "minLength": 1} }

// digits is a code of so many digits.
func digits(pattern string) Schema {
	return Schema{"type": []string{"string", "integer"}, "pattern": pattern}
}

// file is the path of a file in the package.
func file() Schema { return Schema{"type": "string", "minLength": 1} }

// amount is a figure that is not negative.
func amount() Schema { return Schema{"type": "number", "minimum": 0} }

// oneOf is one of some words.
func oneOf[T ~string](words []T) Schema { return Schema{"enum": slices.Clone(words)} }

// suggested is a word of which some are known; others may stand too.
func suggested(known []string) Schema { return Schema{"anyOf": []any{oneOf(known), anyText()}} }

// list is a list of parts.
func list(of Schema) Schema { return Schema{"type": "array", "items": of} }

// oneOrList is a part or a list of them.
func oneOrList(of Schema) Schema { return Schema{"anyOf": []any{of, list(of)}} }

// object is a mapping of these keys and no others.
func object(keys map[string]Schema, required ...string) Schema {
	s := Schema{"type": "object", "properties": keys, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// mapping is a mapping of any keys.
func mapping(of Schema) Schema { return Schema{"type": "object", "additionalProperties": of} }

// orNothing lets keys of a mapping stand without a value or with empty text, which
// counts as if they were not there; those that are required need one.
func orNothing(s Schema) Schema {
	required, _ := s["required"].([]string)
	keys, _ := s["properties"].(map[string]Schema)
	for name, key := range keys {
		if slices.Contains(required, name) {
			continue
		}
		if _, kept := key["type"].([]string); kept {
			delete(key, "minLength")
		}
		open := Schema{"anyOf": []any{key, Schema{"type": "null"}}}
		if text, ok := key["description"]; ok {
			open["description"] = text
			delete(key, "description")
		}
		keys[name] = open
	}
	return s
}
