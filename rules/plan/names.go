package plan

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// RoleOf is the role, among those given, of a layer name; "" if none.
func RoleOf(name string, among []domain.Role) domain.Role {
	name = BareName(name)
	for _, r := range among {
		if slices.Contains(r.Names(), name) {
			return r
		}
	}
	return ""
}

// roleOfLayer is the role that a layer's name says, else its alias.
func roleOfLayer(l geo.Layer, among []domain.Role) domain.Role {
	role := RoleOf(l.Name(), among)
	if a, ok := l.(geo.AliasedLayer); role == "" && ok {
		return RoleOf(a.Alias(), among)
	}
	return role
}

// accepted lists roles with their names for a message: "pbf_out (YJJBNTTC, …)".
func accepted(among []domain.Role) string {
	var b strings.Builder
	for _, r := range among {
		if len(r.Names()) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("; ")
		}
		b.WriteString(string(r) + " (" + strings.Join(r.Names(), ", ") + ")")
	}
	return b.String()
}

// unknownLayer is the notice about a layer whose name says no role.
func unknownLayer(l geo.Layer, mine, others []domain.Role, elsewhere geo.Text) geo.Notice {
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
