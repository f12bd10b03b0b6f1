package plan

import (
	"strings"
	"testing"
)

func TestRoleOf(t *testing.T) {
	for name, want := range map[string]Role{
		"ZZQY": ProjectArea, "zzfw": ProjectArea, "整治区域": ProjectArea,
		"1501232025YJJBNTTC": PBFOut, "150123_TCTB": PBFOut, "调出": PBFOut, "永久基本农田调出": PBFOut,
		"YJJBNTBH": PBFIn, "bhtb": PBFIn, "DRTB": PBFIn, "2025调入": PBFIn, "补划": PBFIn, "永久基本农田补划": PBFIn,
		"JBNTHRHC": PBFChange, "DLBG": LandUseChange, "DLBGTB": LandUseChange, "地类变更": LandUseChange,
		"CZKFBJTZ": UrbanChange, "STBHHXTZ": RedChange,
		"DLTB": "", "2025": "", "": "", "YJJBNTTCC": "",
	} {
		if got := RoleOf(name, PlanRoles()); got != want {
			t.Errorf("RoleOf(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]Role{
		"XZQ": Townships, "CJDCQ": Villages, "150123DLTB": LandUse, "YJJBNTTB": PBF, "YJJBNTBHTB": PBF,
		"1501232019JBNTBHTB": PBF, "STBHHX": RedLine, "CZKFBJ": UrbanBoundary, "CSKFBJ": UrbanBoundary,
		"JBCY": BasicGrassland, "基本草原": BasicGrassland, "LSWHBHX": Heritage, "历史文化保护线": Heritage,
		"FHLD": Shelterbelt, "防护林带": Shelterbelt, "YJJBNTCBQ": PBFReserve, "HHGLFW": WaterManagement,
		"YJJBNTTC": "",
	} {
		if got := RoleOf(name, BaseRoles()); got != want {
			t.Errorf("RoleOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestNoNameHasTwoRoles(t *testing.T) {
	owner := map[string]Role{}
	for _, r := range append(PlanRoles(), BaseRoles()...) {
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
