package evaluation

import (
	"strings"
	"testing"

	"landcheck/rules/domain"
)

// Blocks that were not measured are not blocks of 0 m².
func TestBlocksNotMeasured(t *testing.T) {
	s := newScene()
	s.out(60, s.named(domain.PBFOut, "A"))
	r := s.check(t, book(t, "mandatory", "forbid: {where: before.slope >= 3 && sloped_block >= 20 * mu}"))
	if r.Rules[0].Status != domain.NotChecked || !strings.Contains(r.Rules[0].Note.EN, "blocks were not measured") {
		t.Errorf("not measured: %s %v", r.Rules[0].Status, r.Rules[0].Note)
	}
}
