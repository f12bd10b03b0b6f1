package filegdb

import (
	"encoding/xml"
	"strings"

	"landcheck/geo"
)

const (
	maxDefinition = 16 << 20 // bytes
	maxXMLDepth   = 64
)

// alias is the AliasName of an item's Definition, "" if it has none. A
// definition that cannot be read has none: nothing that rows are read by
// stands in it.
func alias(definition string) string {
	if len(definition) > maxDefinition {
		return ""
	}
	d := xml.NewDecoder(strings.NewReader(definition))
	depth := 0
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		switch token := token.(type) {
		case xml.Directive: // a DTD
			return ""
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return ""
			}
			if depth == 1 && token.Name.Local != "DEFeatureClassInfo" && token.Name.Local != "DETableInfo" {
				return ""
			}
			if depth != 2 || token.Name.Local != "AliasName" {
				continue
			}
			text, err := d.Token()
			if words, ok := text.(xml.CharData); ok && err == nil && len(words) <= geo.MaxNameBytes {
				return strings.TrimSpace(string(words))
			}
			return ""
		case xml.EndElement:
			depth--
		}
	}
}
