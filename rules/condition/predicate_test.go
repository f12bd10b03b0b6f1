package condition

import (
	"fmt"
	"reflect"
	"testing"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/expr-lang/expr/vm"
	"pgregory.net/rapid"
)

// The translation of a condition answers as the expression machine does, for
// random conditions over every name and random faces.
func TestLoweredConditionsAgreeWithTheMachine(t *testing.T) {
	var bools, ints, texts []string
	areas := []string{"area"}
	for _, side := range []string{"before", "after"} {
		for i := range reflect.TypeFor[ledger.State]().NumField() {
			f := reflect.TypeFor[ledger.State]().Field(i)
			name := side + "." + f.Tag.Get("expr")
			switch f.Type.Kind() {
			case reflect.Bool:
				bools = append(bools, name)
			case reflect.Int:
				ints = append(ints, name)
			case reflect.Float64:
				areas = append(areas, name)
			case reflect.String:
				texts = append(texts, name)
			}
		}
	}
	bools = append(bools, "in_project", "sliver")
	texts = append(texts, "township", "village", "county", "plan.county")
	for _, c := range []string{"pbf_out", "pbf_in", "use", "urban_change", "red_line_change"} {
		bools = append(bools, c+".exists", c+".surveyed.known")
		ints = append(ints, c+".year")
		for _, x := range []string{"purpose", "survey_method", "survey_date", "date", "sub_project"} {
			texts = append(texts, c+"."+x)
		}
	}
	lowered := 0
	rapid.Check(t, func(t *rapid.T) {
		one := func(label string, list []string) string { return rapid.SampledFrom(list).Draw(t, label) }
		var atom func(depth int) string
		atom = func(depth int) string {
			switch k := rapid.IntRange(0, 8).Draw(t, "form"); {
			case k <= 1:
				return one("bool", bools)
			case k == 2:
				return fmt.Sprintf("%s %s %d", one("int", ints), one("op", []string{"<", "<=", ">", ">=", "==", "!="}), rapid.IntRange(0, 3).Draw(t, "n"))
			case k == 3:
				return fmt.Sprintf("%s %s %q", one("text", texts), one("eq", []string{"==", "!="}), one("literal", []string{"", "a", "b"}))
			case k == 4:
				return fmt.Sprintf("%s %s [\"a\", \"\"]", one("text", texts), one("in", []string{"in", "not in"}))
			case k == 5:
				return fmt.Sprintf("%s %s %s", one("area", areas), one("op", []string{"<", "<=", ">", ">=", "==", "!="}), one("other", areas))
			case k == 6:
				return fmt.Sprintf("%s startsWith %s", one("text", texts), one("beginning", append(texts, `"a"`, `""`)))
			case k == 7 || depth > 3:
				return fmt.Sprintf("%s == %s", one("bool", bools), one("bool", bools))
			}
			return fmt.Sprintf("%s(%s %s %s)", one("not", []string{"", "!"}), atom(depth+1), one("and", []string{"&&", "||"}), atom(depth+1))
		}
		c, err := Parse(atom(0)+" && "+atom(0), nil, nil)
		if err != nil {
			t.Skip() // constant by chance
		}
		if c.fast == nil {
			return
		}
		lowered++
		var machine vm.VM
		for range 20 {
			f := randomFace(t)
			got, err := machine.Run(c.program, &view{Face: f})
			if err != nil {
				t.Fatal(err)
			}
			if got != c.fast(f) {
				t.Fatalf("%s: machine %v on %+v", c.Text, got, f)
			}
		}
	})
	if lowered < 20 && !testing.Short() {
		t.Errorf("only %d conditions were translated", lowered)
	}
}

func randomFace(t *rapid.T) *ledger.Face {
	seed := rapid.Uint64().Draw(t, "seed")
	next := func(n uint64) uint64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return seed >> 33 % n
	}
	fill := func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); f.Kind() {
			case reflect.Bool:
				f.SetBool(next(2) == 1)
			case reflect.Int:
				f.SetInt(int64(next(4)))
			case reflect.Float64:
				f.SetFloat(float64(next(4)))
			case reflect.String:
				f.SetString([]string{"", "a", "b", "ab"}[next(4)])
			}
		}
	}
	f := &ledger.Face{}
	fill(reflect.ValueOf(f).Elem())
	fill(reflect.ValueOf(&f.Before).Elem())
	fill(reflect.ValueOf(&f.After).Elem())
	for _, c := range []**plan.Change{&f.Out, &f.In, &f.Use, &f.Urban, &f.Line} {
		*c = &plan.Change{}
		fill(reflect.ValueOf(*c).Elem())
	}
	return f
}
