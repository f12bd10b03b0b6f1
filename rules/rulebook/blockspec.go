package rulebook

import "landcheck/rules/ledger"

// BlockSpec is what the ledger has to measure for the book's rules of kind
// blocks and those that read sloped_block; nil where none is on.
func (b *Rulebook) BlockSpec() *ledger.BlockSpec {
	spec := ledger.BlockSpec{Gap: 12, Barriers: []string{"1001", "1003", "1101"}}
	wanted := false
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Off {
			continue
		}
		if r.Blocks != nil {
			spec.Gap, spec.Barriers, wanted = r.Blocks.Gap, r.Blocks.Barriers, true
		}
		if r.asksBlock {
			spec.Sloped, wanted = int(b.Parameters.SlopedClass), true
		}
	}
	if !wanted {
		return nil
	}
	return &spec
}
