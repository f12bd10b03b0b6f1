package plan

import (
	"strings"
	"testing"

	"landcheck/rules/domain"

	"pgregory.net/rapid"
)

func TestCopiesAndPartsAreWhatTheyAreOf(t *testing.T) {
	for _, mark := range []string{"%", "%_1", "%-2", "%(1)", "% (1)", "% - 副本", "%_副本", "%副本", "% - 副本 (2)", "%（1）", "% （1）", "%copy",
		"%_copy", "% copy", "% - Copy", "% - Copy (3)", "Copy of %", "复件 %", "副本%", "复件 (2) %", "%的副本", "%_1_2", "%_1(1)", "%-2 - 副本",
		"% 2", "%_01", "%_2025", "1501232025%", "150123_%", "150123 % (1)", "150123-%-1 - 副本", "% ", "%_", "%（一）", "%_一", "%_part1",
		"%_第一部分", "%[1]", "　%　", "%＿１", "1501232025%_1", "(1)%", "%. 1"} {
		for name, want := range map[string]domain.Role{"YJJBNTTC": domain.PBFOut, "dlbg": domain.LandUseChange, "整治区域": domain.ProjectArea, "调出": domain.PBFOut} {
			if got := RoleOf(strings.ReplaceAll(mark, "%", name), domain.PlanRoles()); got != want {
				t.Errorf("%q: %q, want %q (%s)", strings.ReplaceAll(mark, "%", name), got, want, BareName(strings.ReplaceAll(mark, "%", name)))
			}
		}
	}
	for _, name := range []string{"DLBG1", "DLBG_final", "DLBG_old", "DLBG备份", "YJJBNTTCX", "(1)", "_1", "", "2025", "副本", "copy"} {
		if got := RoleOf(name, domain.PlanRoles()); got != "" {
			t.Errorf("%q is %s", name, got)
		}
	}
}

func TestNearNames(t *testing.T) {
	for name, want := range map[string]string{
		"DLBG1": "DLBG", "DLBG_final": "DLBG", "2025DLBG最终版": "DLBG", "YJJBNTTCX": "YJJBNTTC", "YJBNTTC": "YJJBNTTC", "YJJBTNTC": "YJJBNTTC",
		"永久基本农田调出图斑": "永久基本农田调出", "道路": "", "照片点": "", "": "",
	} {
		if got := NearName(name, domain.PlanRoles()); got != want {
			t.Errorf("NearName(%q) = %q, want %q", name, got, want)
		}
	}
}

// Marks in any number and order change nothing, and whatever the name, what is
// stripped is stripped whole.
func TestBareNameIsStable(t *testing.T) {
	marks := []string{"_1", "-2", "(1)", " (12)", " - 副本", "_副本", "（3）", "copy", " - Copy", "_copy", " "}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"YJJBNTTC", "DLBG", "整治区域", "HHGLFW"}).Draw(t, "name")
		marked := rapid.SampledFrom([]string{"", "150123", "1501232025_", "Copy of ", "复件 "}).Draw(t, "before") + name
		for range rapid.IntRange(0, 4).Draw(t, "many") {
			marked += rapid.SampledFrom(marks).Draw(t, "mark")
		}
		if got := BareName(marked); got != name {
			t.Fatalf("%q becomes %q", marked, got)
		}
		any := rapid.String().Draw(t, "any")
		if once := BareName(any); BareName(once) != once {
			t.Fatalf("%q, then %q", once, BareName(once))
		}
	})
}
