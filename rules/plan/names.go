package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
)

// names are the layer names of each role, as the data standards and the
// bureaus write them. Case and leading digits (county code, year) do not
// matter: 1501232025YJJBNTTC is YJJBNTTC.
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
		return []string{"XZQ"}
	case Villages:
		return []string{"CJDCQ"}
	case LandUse:
		return []string{"DLTB"}
	case PBF:
		return []string{"YJJBNTTB", "YJJBNTBHTB", "JBNTBHTB"}
	case RedLine:
		return []string{"STBHHX"}
	case UrbanBoundary:
		return []string{"CZKFBJ", "CSKFBJ"}
	case BasicGrassland:
		return []string{"JBCY", "基本草原"}
	case Heritage:
		return []string{"LSWHBHX", "历史文化保护线"}
	case Shelterbelt:
		return []string{"FHLD", "防护林带"}
	case PBFReserve:
		return []string{"YJJBNTCBQ"}
	case WaterManagement:
		return []string{"HHGLFW"}
	}
	return nil
}

// Names lists the layer names that a role accepts.
func Names(r Role) []string { return names(r) }

// RoleOf is the role, among those given, of a layer name; "" if none.
func RoleOf(name string, among []Role) Role {
	name = bareName(name)
	for _, r := range among {
		if slices.Contains(names(r), name) {
			return r
		}
	}
	return ""
}

// bareName strips what a name carries before the standard's own: the county
// code and year in front, space around.
func bareName(name string) string {
	name = strings.ToUpper(strings.TrimSpace(name))
	rest := strings.TrimLeft(name, "0123456789")
	rest = strings.TrimLeft(rest, "_- ")
	if rest == "" {
		return name
	}
	return rest
}

// nearestName is the accepted name closest to a layer's, "" if none is close.
func nearestName(name string, among []Role) string {
	var all []string
	for _, r := range among {
		all = append(all, names(r)...)
	}
	return nearest(bareName(name), all)
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
	switch near := nearestName(l.Name(), mine); {
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
