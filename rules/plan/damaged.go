package plan

import (
	"strconv"

	"landcheck/geo"
)

// readable refuses what a layer with a role cannot give.
func readable(sources []layerAssignment) error {
	for _, s := range sources {
		if d := geo.Damage(s.layer); d != nil {
			return d
		}
	}
	return nil
}

// damagedNotice says of a layer that plays no role that it cannot be read.
func damagedNotice(l geo.Layer, damage *geo.InputError) geo.Notice {
	said := unplaced(damage).Text()
	return geo.Notice{Severity: geo.Warning, File: l.File(), Message: geo.Textf(
		"图层 %[1]s 无法读取，未使用：%[2]s", "layer %[1]s cannot be read and is not used: %[3]s", l.Name(), said.ZH, said.EN)}
}

// unplaced is damage without the file's name, for where that stands beside it.
func unplaced(damage *geo.InputError) *geo.InputError {
	said := *damage
	said.File = ""
	return &said
}

// addDamaged says of a layer that plays no role that it cannot be read.
func (a *inventory) addDamaged(name string, damage *geo.InputError) {
	said := unplaced(damage).Text()
	how := geo.Textf("不属于方案的，请移出或写 ignore: [%[1]s]", "if it is not part of the plan, take it out or write ignore: [%[1]s]", strconv.Quote(name))
	a.reported[name] = true
	a.damaged = append(a.damaged, damage)
	a.unread = append(a.unread, Unread{File: name, Why: joined(said, how)})
}

// lostReason is why a file whose name promises changes gives none.
func lostReason(l geo.Layer) geo.Text {
	if d := geo.Damage(l); d != nil {
		return unplaced(d).Text()
	}
	return geo.Textf("图层名 %[1]s 无法识别，而文件名表示它是变更图层", "the layer's name %[1]s is not known, while the file's promises changes", l.Name())
}
