package condition

import (
	"testing"

	"landcheck/rules/domain"

	"github.com/expr-lang/expr"
)

// TestLanguage holds what compiles expressions one after another to the
// library's own way, which begins anew for each.
func TestLanguage(t *testing.T) {
	l := NewLanguage()
	for _, text := range []string{
		"before.pbf && !after.pbf", `use.purpose in ["NMZZ", "NCGL"]`, "before.slope >= 4 || area < 2 * mu", "true",
		`plan.year == 2025 && plan.county startsWith "15"`, `township matches "^15"`, "1 + 1 == 2", "sloped_block == 3",
		"before.pfb", "after.slope && before.pbf", "len(township) > 3", "all([1], true)", "if(true)", "before.pbf &&", "Face.ID == 1",
		"area", `"a" + 1`, "before.nothing.at == 1", "area == 1.5 ? true : false", "1 / 0 == 1", `township == "` + "\n", "patch_area > 0.5 * area",
	} {
		for name, as := range map[string]expr.Option{"bool": expr.AsBool(), "float": expr.AsFloat64()} {
			want, wantErr := expr.Compile(text, expr.Env(&view{}), as, expr.DisableAllBuiltins(), expr.DisableIfOperator(),
				expr.MaxNodes(maxNodes), expr.Patch(&validator{roles: map[domain.Role]bool{}}))
			got, err := l.compile(text, as, &validator{roles: map[domain.Role]bool{}})
			switch {
			case (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error():
				t.Errorf("%s as %s: error %v, want %v", text, name, err, wantErr)
			case err == nil && got.Disassemble() != want.Disassemble():
				t.Errorf("%s as %s:\n%swant\n%s", text, name, got.Disassemble(), want.Disassemble())
			}
		}
	}
}
