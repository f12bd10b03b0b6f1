package featureserver

import (
	"testing"

	"landcheck/rules/plan"
)

// TestRecordIDs: ids of base features name the layer where there are several,
// and lead back to the place that they came from.
func TestRecordIDs(t *testing.T) {
	one := &baseRows{extent: plan.Extent{Files: []string{"a"}}}
	two := &baseRows{extent: plan.Extent{Files: []string{"a", "b"}}}
	for _, c := range []struct {
		rows *baseRows
		id   string
		want plan.Position
	}{{one, "57", plan.Position{Record: 57}}, {two, "1-57", plan.Position{Record: 57}}, {two, "2-1", plan.Position{Layer: 1, Record: 1}}} {
		if got, ok := c.rows.place(c.id); !ok || got != c.want || c.rows.id(got) != c.id {
			t.Errorf("%s is %v, %v", c.id, got, ok)
		}
	}
	for id, rows := range map[string]*baseRows{"1-57": one, "57": two, "3-1": two, "0-1": two, "0": one, "": one, "-1": one, "1-": two,
		"01": one, "99999999999": one, "1-1-1": two, "x": one, "１": one} {
		if got, ok := rows.place(id); ok {
			t.Errorf("%q is %v", id, got)
		}
	}
}
