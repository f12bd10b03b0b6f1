package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
)

// names are the layer names of each role, as the data standards and the
// bureaus write them. Case, leading digits (county code, year) and the marks of
// a copy or a part do not matter, see BareName.
func names(r Role) []string {
	switch r {
	case ProjectArea:
		return []string{"ZZQY", "ZZFW", "整治区域"}
	case PBFOut:
		return []string{"YJJBNTTC", "TCTB", "调出", "永久基本农田调出"}
	case PBFIn:
		return []string{"YJJBNTBH", "BHTB", "DRTB", "补划", "调入", "永久基本农田补划"}
	case PBFChange:
		return []string{"JBNTHRHC"}
	case LandUseChange:
		return []string{"DLBG", "DLBGTB", "地类变更"}
	case UrbanChange:
		return []string{"CZKFBJTZ"}
	case RedChange:
		return []string{"STBHHXTZ"}
	case Townships:
		return []string{"XZQ", "行政区"}
	case Villages:
		return []string{"CJDCQ", "村级调查区"}
	case LandUse:
		return []string{"DLTB", "地类图斑"}
	case PBF:
		return []string{"YJJBNTTB", "YJJBNTBHTB", "JBNTBHTB", "永久基本农田图斑"}
	case RedLine:
		return []string{"STBHHX", "生态保护红线"}
	case UrbanBoundary:
		return []string{"CZKFBJ", "CSKFBJ", "城镇开发边界"}
	case BasicGrassland:
		return []string{"JBCY", "基本草原"}
	case Heritage:
		return []string{"LSWHBHX", "历史文化保护线"}
	case Shelterbelt:
		return []string{"FHLD", "防护林带"}
	case PBFReserve:
		return []string{"YJJBNTCBQ", "永久基本农田储备区"}
	case WaterManagement:
		return []string{"HHGLFW", "河湖管理范围"}
	}
	return nil
}

// Names lists the layer names that a role accepts.
func Names(r Role) []string { return names(r) }

// pilotNames are layer names of the national pilot's schema, which hold changes
// that this version does not read: a package with one cannot be judged.
func pilotNames() []string {
	return []string{"YJJBNTTZTB", "永久基本农田调整图斑", "SDQYZZHDLTB", "ZZHDLTB", "整治后地类图斑"}
}

// RoleOf is the role, among those given, of a layer name; "" if none.
func RoleOf(name string, among []Role) Role {
	name = BareName(name)
	for _, r := range among {
		if slices.Contains(names(r), name) {
			return r
		}
	}
	return ""
}

// accepted lists roles with their names for a message: "pbf_out (YJJBNTTC, …)".
func accepted(among []Role) string {
	var b strings.Builder
	for _, r := range among {
		if len(names(r)) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("; ")
		}
		b.WriteString(string(r) + " (" + strings.Join(names(r), ", ") + ")")
	}
	return b.String()
}

// unknownLayer is the notice about a layer whose name says no role.
func unknownLayer(l geo.Layer, mine, others []Role, elsewhere geo.Text) geo.Notice {
	n := geo.Notice{Severity: geo.Warning, File: l.File()}
	switch near := NearName(l.Name(), mine); {
	case RoleOf(l.Name(), others) != "":
		n.Message = geo.Text{
			ZH: "图层 " + l.Name() + " 未使用：" + elsewhere.ZH,
			EN: "layer " + l.Name() + " is not used: " + elsewhere.EN,
		}
	case near != "":
		n.Message = geo.Textf(
			"图层名 %[1]s 无法识别，未使用；是否应为 %[2]s", "layer name %[1]s is not known, so the layer is not used; is it %[2]s?", l.Name(), near)
	default:
		n.Message = geo.Textf(
			"图层名 %[1]s 无法识别，未使用；可用图层名：%[2]s", "layer name %[1]s is not known, so the layer is not used; accepted names: %[2]s", l.Name(), accepted(mine))
	}
	return n
}
