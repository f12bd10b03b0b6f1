package evaluation

import "testing"

// TestWorse: means that 0.01 m² of land would make equal are equal; a
// thousandth of a grade is worse on any land.
func TestWorse(t *testing.T) {
	for name, c := range map[string]struct {
		mean, weight float64
		want         bool
	}{
		"better":                     {8.9, 10_000, false},
		"even":                       {9, 10_000, false},
		"some mm² of a field":        {9.0000001, 10_000, false},
		"0.1 m² of a field":          {9.00014, 10_000, true},
		"0.1 m² of a county":         {9 + 0.1*14/1e9, 1e9, true},
		"a thousandth of a crumb":    {9.0011, 1, true},
		"less than that of a crumb":  {9.0009, 1, false},
		"half a grade of a township": {9.5, 1e7, true},
	} {
		if got := worse(graded{mean: c.mean, weight: c.weight}, graded{mean: 9, weight: c.weight}); got != c.want {
			t.Errorf("%s: worse %v", name, got)
		}
	}
}
