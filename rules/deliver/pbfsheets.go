package deliver

import (
	"maps"
	"slices"

	"landcheck/geo"
)

// tellPBF tells what whoever hands the layer in has to look at.
func (d *delivery) tellPBF(l *pbfLayer, c *pbfCutter, rows []*pbfRow, repeated int, difference int64) {
	for _, f := range l.fields {
		if n := l.lost[f.Name]; n > 0 {
			d.note("底图 %[1]s 有 %[2]d 条记录的值不是所要的类型，已留空", "%[2]d records of base data have a value in %[1]s that is not of its type; it was left empty", f.Name, n)
		}
	}
	empty := map[string]int{}
	for _, row := range rows {
		for i, f := range l.fields {
			if f.required && row.values[i] == "" && f.Name != fieldUntil {
				empty[f.Name]++
			}
		}
	}
	for _, f := range l.fields {
		if n := empty[f.Name]; n > 0 {
			d.note("必填字段 %[1]s（%[3]v）有 %[2]d 条记录为空：底图没有", "the required field %[1]s (%[3]v) is empty in %[2]d records: the base data does not have it", f.Name, n, f.title)
		}
	}
	if repeated > 0 {
		d.note("底图有 %d 条记录的 BSM 为空或与其他记录相同，已编新号", "%d records of base data had no BSM, or that of another record; they got new ones", repeated)
	}
	if c.thin > 0 {
		d.note("有 %[1]d 块细碎图斑，共 %.2[2]f m²，是方案界线与图斑界线没有对齐所致：请对齐后重新导出", "%[1]d pieces (%.2[2]f m² in all) are slivers, where outlines of the plan do not meet those of parcels: align them and export again", c.thin, c.thinM2)
	}
	if c.hairs > 0 {
		d.note("有 %[1]d 条宽不足 1 毫米或面积不足 0.005 m² 的缝隙（共 %.2[2]f m²）没有单独成图斑", "%[1]d gaps narrower than a millimetre or smaller than 0.005 m² (%.2[2]f m² in all) make no records of their own", c.hairs, c.hairM2)
	}
	if many := int64(len(c.ended)+len(rows)) + centi(c.hairM2); difference > many || difference < -many {
		d.note("调整后面积与“调整前 − 调出 + 补划”相差 %.2f m²：底图永久基本农田图斑之间有重叠，或有图斑按实测重新量算", "the area after differs from before − out + in by %.2f m²: parcels of base data overlap, or were surveyed anew", float64(difference)/100)
	}
}

// townshipSheet is the balance of each township.
func (d *delivery) townshipSheet(l *pbfLayer, rows, ended []*pbfRow) {
	type sums struct{ after, out, in, parcels int64 }
	by := map[string]*sums{}
	of := func(row *pbfRow) *sums {
		code := prefix(l.get(row, fieldZLDWDM), 9)
		if by[code] == nil {
			by[code] = &sums{}
		}
		return by[code]
	}
	for _, row := range rows {
		s := of(row)
		s.after, s.parcels = s.after+row.net, s.parcels+1
		if row.change == changedIn {
			s.in += row.net
		}
	}
	for _, row := range ended {
		of(row).out += row.net
	}
	s := sheet{title: geo.Text{ZH: "分乡镇汇总", EN: "By township"}, columns: []geo.Text{
		{ZH: "乡镇代码", EN: "Township"}, {ZH: "乡镇名称", EN: "Name"},
		{ZH: "调整前（m²）", EN: "Before (m²)"}, {ZH: "调出（m²）", EN: "Out (m²)"},
		{ZH: "补划（m²）", EN: "In (m²)"}, {ZH: "调整后（m²）", EN: "After (m²)"},
		{ZH: "调整后（公顷）", EN: "After (hm²)"}, {ZH: "图斑数", EN: "Parcels"}, {ZH: "备注", EN: "Remarks"}}}
	for _, code := range slices.Sorted(maps.Keys(by)) {
		x := by[code]
		before := x.after + x.out - x.in
		s.rows = append(s.rows, []any{code, d.Ledger.Townships[code], squared(float64(before) / 100), squared(float64(x.out) / 100), squared(float64(x.in) / 100),
			squared(float64(x.after) / 100), hectares(float64(x.after) / 100), numeral{float64(x.parcels), 0}, remarks(d.Draft)})
	}
	d.out.sheets = append(d.out.sheets, s)
}

// changeSheet lists every record that the plan touches, those that end too.
func (d *delivery) changeSheet(l *pbfLayer, rows, ended []*pbfRow) {
	s := sheet{title: geo.Text{ZH: "变化图斑", EN: "Changed parcels"}, columns: []geo.Text{
		{ZH: "变化", EN: "Change"}, {ZH: "原标识码", EN: "Id before"}, {ZH: "方案图斑", EN: "Change of the plan"}}}
	var shown []int
	for i, f := range l.fields {
		if f.required || slices.Contains([]string{fieldSlope, fieldKCXS, fieldKCMJ, fieldRemark}, f.Name) || slices.Contains(l.grades, f.Name) {
			shown = append(shown, i)
			s.columns = append(s.columns, f.title)
		}
	}
	for _, list := range [][]*pbfRow{rows, ended} {
		for _, row := range list {
			if row.change == "" {
				continue
			}
			cells := []any{row.change, row.parent, row.of}
			for _, i := range shown {
				cells = append(cells, cellOf(l.fields[i].Field, row.values[i]))
			}
			s.rows = append(s.rows, cells)
		}
	}
	d.out.sheets = append(d.out.sheets, s)
}
