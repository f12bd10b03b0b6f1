package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/strictyaml"

	"go.yaml.in/yaml/v4"
)

// textOrigin is where the text of a scalar stands.
type textOrigin struct {
	at     position // of its first rune, as far as the parser says
	node   *yaml.Node
	source *strictyaml.Source
}

// origin is where the text of a scalar begins: after its quote.
func (d decoder) origin(n *yaml.Node) textOrigin {
	at := d.place(n)
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		at.col++
	}
	return textOrigin{at, n, d.files[n]}
}

// Fault implements Origin. Where the place of a rune cannot be told it is that
// of the text.
func (o textOrigin) Fault(rune int, message, advice geo.Text) *geo.InputError {
	at := o.at
	if list := places(o.source, o.node); len(list) > 0 {
		at = list[min(max(rune, 0), len(list)-1)]
	}
	return at.fault(message, advice)
}
