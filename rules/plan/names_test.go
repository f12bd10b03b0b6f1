package plan

import (
	"strings"
	"testing"

	"landcheck/rules/domain"
)

func TestRoleOf(t *testing.T) {
	for name, want := range map[string]domain.Role{
		"ZZQY": domain.ProjectArea, "zzfw": domain.ProjectArea, "整治区域": domain.ProjectArea,
		"1501232025YJJBNTTC": domain.PBFOut, "150123_TCTB": domain.PBFOut, "调出": domain.PBFOut, "永久基本农田调出": domain.PBFOut,
		"YJJBNTBH": domain.PBFIn, "bhtb": domain.PBFIn, "DRTB": domain.PBFIn, "2025调入": domain.PBFIn, "补划": domain.PBFIn, "永久基本农田补划": domain.PBFIn,
		"JBNTHRHC": domain.PBFChange, "DLBG": domain.LandUseChange, "DLBGTB": domain.LandUseChange, "地类变更": domain.LandUseChange,
		"CZKFBJTZ": domain.UrbanChange, "STBHHXTZ": domain.RedChange,
		"DLTB": "", "2025": "", "": "", "YJJBNTTCC": "",
	} {
		if got := RoleOf(name, domain.PlanRoles()); got != want {
			t.Errorf("RoleOf(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]domain.Role{
		"XZQ": domain.Townships, "CJDCQ": domain.Villages, "150123DLTB": domain.LandUse, "YJJBNTTB": domain.PBF, "YJJBNTBHTB": domain.PBF,
		"1501232019JBNTBHTB": domain.PBF, "STBHHX": domain.RedLine, "CZKFBJ": domain.UrbanBoundary, "CSKFBJ": domain.UrbanBoundary,
		"JBCY": domain.BasicGrassland, "基本草原": domain.BasicGrassland, "LSWHBHX": domain.Heritage, "历史文化保护线": domain.Heritage,
		"FHLD": domain.Shelterbelt, "防护林带": domain.Shelterbelt, "YJJBNTCBQ": domain.PBFReserve, "HHGLFW": domain.WaterManagement,
		"YJJBNTTC": "",
	} {
		if got := RoleOf(name, domain.BaseRoles()); got != want {
			t.Errorf("RoleOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNoNameHasTwoRoles(t *testing.T) {
	owner := map[string]domain.Role{}
	for _, r := range append(domain.PlanRoles(), domain.BaseRoles()...) {
		for _, n := range r.Names() {
			if owner[n] != "" {
				t.Errorf("%s is %s and %s", n, owner[n], r)
			}
			if n != strings.ToUpper(n) {
				t.Errorf("%s would never match", n)
			}
			owner[n] = r
		}
	}
}
