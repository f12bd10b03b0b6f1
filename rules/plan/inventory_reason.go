package plan

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// addUnread says of a file that nothing accounts for it; what, without a full stop,
// is followed by how to settle it.
func (a *inventory) addUnread(name, stem string, what geo.Text) {
	a.reported[name] = true
	a.unread = append(a.unread, Unread{File: name, Why: joined(what, a.resolution(name, stem))})
}

// addLost says of a file that the plan cannot be judged without it.
func (a *inventory) addLost(name, stem string, what geo.Text) {
	a.lost = append(a.lost, lost{Unread{File: name, Why: what}, holdsChanges(stem)})
}

func joined(what, how geo.Text) geo.Text {
	return geo.Text{ZH: what.ZH + "；" + how.ZH, EN: what.EN + "; " + how.EN}
}

// resolution is how to make a file read or accounted for.
func (a *inventory) resolution(name, stem string) geo.Text {
	file := strconv.Quote(name)
	if RoleOf(stem, domain.BaseRoles()) != "" {
		return geo.Textf("请从方案包中移出，或在 plan.yaml 中写 ignore: [%[1]s]", "take it out of the package, or write in plan.yaml ignore: [%[1]s]", file)
	}
	how := geo.Textf("属于方案的，请改为规定的图层名或在 plan.yaml 的 layers 下指定角色；不属于方案的，请移出或写 ignore: [%[1]s]",
		"if it is part of the plan, give it a layer's name or name it under layers in plan.yaml; if not, take it out or write ignore: [%[1]s]", file)
	switch near := NearName(stem, domain.PlanRoles()); {
	case near == "":
	case !a.hasLayer(name): // a name alone does not make it one
		how = geo.Textf("属于方案的，请转换为图层 %[2]s（Shapefile、GeoPackage、GeoJSON）；不属于方案的，请移出或写 ignore: [%[1]s]",
			"if it is part of the plan, convert it to a layer %[2]s (Shapefile, GeoPackage, GeoJSON); if not, take it out or write ignore: [%[1]s]", file, near)
	case RoleOf(stem, domain.PlanRoles()) != "": // it has the name: plan.yaml prefers another
		how = geo.Textf("属于方案的，请从 plan.yaml 的 layers: 中去掉 %[2]s 的 file，或并入所指定的文件；不属于方案的，请移出或写 ignore: [%[1]s]",
			"if it is part of the plan, take the file of %[2]s out of layers: in plan.yaml, or merge the two; if not, take it out or write ignore: [%[1]s]", file, RoleOf(stem, domain.PlanRoles()))
	default:
		how = geo.Textf("属于方案的，请改名为 %[2]s，或在 plan.yaml 中写 layers: {%[3]s: {file: %[1]s}}；不属于方案的，请移出或写 ignore: [%[1]s]",
			"if it is part of the plan, rename it %[2]s or write in plan.yaml layers: {%[3]s: {file: %[1]s}}; if not, take it out or write ignore: [%[1]s]",
			file, near, RoleOf(near, domain.PlanRoles()))
	}
	return how
}

// hasLayer tells polygon layers, which another name or plan.yaml makes read,
// from files that have to be converted first.
func (a *inventory) hasLayer(name string) bool {
	for h, layers := range a.layers {
		if slices.ContainsFunc(layers, func(l geo.Layer) bool { return a.relative(h, l.File()) == name }) {
			return true
		}
	}
	return false
}

func layerReason(name string) geo.Text {
	if RoleOf(name, domain.BaseRoles()) != "" {
		return geo.Textf("图层 %[1]s 是底图图层，没有读取（底图另行提供，不在方案包中）", "layer %[1]s is a base layer and is not read (base data is given apart from the package)", name)
	}
	if near := NearName(name, domain.PlanRoles()); near != "" {
		return geo.Textf("图层名 %[1]s 无法识别，没有读取；是否应为 %[2]s", "layer name %[1]s is not known, so the layer is not read; is it %[2]s?", name, near)
	}
	return geo.Textf("图层名 %[1]s 无法识别，没有读取", "layer name %[1]s is not known, so the layer is not read", name)
}

// reason says what a file is that is no layer and no paper.
func (a *inventory) reason(h string) geo.Text {
	ext := ending(h)
	switch why := a.facts[h].Why; {
	case !why.IsZero():
		return why
	case archive(ext):
		return geo.Text{ZH: "包内的压缩包不会展开，没有读取；请解压后放入方案包", EN: "an archive inside the package is not unpacked; unpack it into the package"}
	case part(ext):
		return geo.Textf("缺少 %[1]s.shp，没有读取；请重新导出完整的图层", "there is no %[1]s.shp beside it, so it is not read; export the layer again, whole",
			strings.TrimSuffix(path.Base(h), path.Ext(h)))
	case ext == ".json":
		return geo.Text{ZH: "不是 GeoJSON，没有读取；请转换为 Shapefile、GeoPackage 或 GeoJSON", EN: "no GeoJSON, so it is not read; convert it to Shapefile, GeoPackage or GeoJSON"}
	case tableEnding(ext), ext == ".csv", ext == ".md":
		return geo.Text{ZH: "表格或文本不能作为图层读取；请转换为 Shapefile、GeoPackage、GeoJSON 或规定格式的坐标 TXT",
			EN: "a spreadsheet or text cannot be read as a layer; convert it to Shapefile, GeoPackage, GeoJSON or a coordinate TXT of the standard's form"}
	case geodata(ext):
		return geo.Textf("%s 格式没有读取；请转换为 Shapefile、GeoPackage 或 GeoJSON", "the format %s is not read; convert it to Shapefile, GeoPackage or GeoJSON", ext)
	}
	return geo.Text{ZH: "既不是图层，也不是列明的材料，没有读取", EN: "neither a layer nor a paper that plan.yaml names, so it is not read"}
}

func manyPapers(g ignored, n int) string { return g.glob + " (" + strconv.Itoa(n) + ")" }

// inputError refuses a package of which a file that promises changes is not read.
func (a *inventory) inputError() error {
	if len(a.lost) == 0 {
		return nil
	}
	first := a.lost[0]
	advice := geo.Textf("按名称它是方案的图层 %[1]s，缺了它无法核查。若不属于方案，请改名或删除，或在 plan.yaml 中写 ignore: [%[2]q]",
		"By its name it is the layer %[1]s, which the plan cannot be judged without. If it is not part of the plan, rename or remove it, or write in plan.yaml ignore: [%[2]q]", first.layer, first.File)
	for _, l := range a.lost[1:] {
		advice.ZH += "；另有：" + l.File + "（" + l.Why.ZH + "）"
		advice.EN += "; also " + l.File + " (" + l.Why.EN + ")"
	}
	return &geo.InputError{File: a.c.entry(first.File), Message: first.Why, Advice: advice}
}
