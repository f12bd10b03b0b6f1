package rules

import (
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// BlockSpec is what the ledger has to measure for the book's rules of kind
// blocks; nil where none is on.
func (b *Rulebook) BlockSpec() *ledger.BlockSpec {
	for i := range b.Rules {
		if r := &b.Rules[i]; r.Blocks != nil && !r.Off {
			return &ledger.BlockSpec{Gap: r.Blocks.Gap, Barriers: r.Blocks.Barriers}
		}
	}
	return nil
}

// LayerInfos names layers in a report.
func LayerInfos(layers []plan.LayerInfo) []LayerInfo { return layerInfos(layers) }
