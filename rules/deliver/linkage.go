package deliver

import (
	"context"
	"fmt"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

func demolished(f *ledger.Face) bool {
	return f.Before.Construction && f.After.Known && !f.After.Construction
}

func built(f *ledger.Face) bool { return !f.Before.Construction && f.After.Construction }

// linkage is the parcels that are demolished and reclaimed, those that are built on,
// and where the quota goes (三（四）).
func (d *delivery) linkage(ctx context.Context) error {
	released, used := d.constructionFlow()
	if released == 0 && used == 0 {
		return d.nothing("方案没有拆旧地块，也没有建新地块", "the plan demolishes nothing and builds on nothing")
	}
	old, err := d.parcels(ctx, demolished, gross)
	if err != nil {
		return err
	}
	columns := columnsOf(d.located(), []column[*parcel]{
		number("FGGDMJ", 18, 2, "其中复垦为耕地（净面积，m²）", "of it reclaimed as cropland, net (m²)", func(p *parcel) string {
			sum := 0.0
			for _, f := range p.faces {
				sum += f.After.CroplandNet
			}
			return area(centi(sum))
		}),
		text("FGDL", 60, "复垦后地类构成（m²）", "classes after (m²)", func(p *parcel) string { return p.classes(classAfter) }),
	}, d.stated())
	d.linked("拆旧地块", geo.Text{ZH: "拆旧地块", EN: "Demolished"}, domain.LandUseChange, "拆旧复垦", columns, old)
	fresh, err := d.parcels(ctx, built, gross)
	if err != nil {
		return err
	}
	columns = columnsOf(d.located(), []column[*parcel]{
		text("YT", 5, "用途", "purpose", func(p *parcel) string { return p.change.Purpose }),
		text("YTMC", 40, "用途名称", "name of the purpose", func(p *parcel) string { return domain.PurposeTitle(p.change.Purpose).ZH }),
	}, d.stated())
	d.linked("建新地块", geo.Text{ZH: "建新地块", EN: "Built on"}, domain.UrbanAdded, "建新", columns, fresh)
	d.flowSheet(released, used)
	return nil
}

// linked adds a layer of parcels with its sheet and coordinate text.
func (d *delivery) linked(name string, title geo.Text, look domain.Role, purpose string, columns []column[*parcel], rows []*parcel) {
	if len(rows) == 0 {
		d.note("没有%[1]s，没有写出该图层", "there is no land %[2]v, and no layer of it", name, title)
		return
	}
	t := d.tableOf(name, look, columns, rows)
	d.sheetOfTable(title, columns, t)
	d.out.layers = append(d.out.layers, layer{t, d.coordinatesOf(name, purpose, name, rows)})
}

// constructionFlow is the construction land released and used, 0.01 m², told as
// figures.
func (d *delivery) constructionFlow() (released, used int64) {
	r, u := d.sum(demolished, gross), d.sum(built, gross)
	d.figure(r, "拆旧腾退建设用地", "construction land released")
	d.figure(u, "建新占用", "used for building")
	d.figure(float64(centi(r)-centi(u))/100, "净腾退指标", "released net")
	return centi(r), centi(u)
}

// flowSheet is where the quota goes: released, built on in the plan, local needs
// and trade as the manifest states them, and what nobody has asked for.
func (d *delivery) flowSheet(released, used int64) {
	s := sheet{title: geo.Text{ZH: "指标流向", EN: "Flow of quota"}, columns: []geo.Text{
		{ZH: "项目", EN: "Item"}, {ZH: "面积（m²）", EN: "Area (m²)"}, {ZH: "公顷", EN: "hm²"}, {ZH: "亩", EN: "mu"}, {ZH: "说明", EN: "Note"}}}
	remark := ""
	if d.Draft {
		remark = draftMark
	}
	add := func(zh, en string, c int64, note string) {
		m2 := float64(c) / 100
		s.rows = append(s.rows, []any{geo.Text{ZH: zh, EN: en}, squared(m2), hectares(m2), inMu(m2), remarks(false, remark, note)})
	}
	add("拆旧腾退建设用地", "construction land released", released, "")
	add("方案建新占用", "used for building in the plan", used, "")
	add("净腾退指标", "released net", released-used, fmt.Sprintf("= %s − %s", area(released), area(used)))
	if q := d.Ledger.Plan.Quota; q != nil {
		local := centi(q.RuralHousing) + centi(q.RuralDevelopment) + centi(q.Mining)
		add("农牧民住宅建设", "rural housing", centi(q.RuralHousing), "plan.yaml: rural_housing_m2")
		add("农村牧区发展", "rural development", centi(q.RuralDevelopment), "plan.yaml: rural_development_m2")
		add("新增采矿项目", "mining", centi(q.Mining), "plan.yaml: mining_m2")
		add("拟流转", "to be traded", centi(q.Tradable), "plan.yaml: tradable_m2")
		add("未安排", "not assigned", released-used-local-centi(q.Tradable), "")
		d.figure(float64(local)/100, "本地需要", "local needs")
		d.figure(q.Tradable, "拟流转", "to be traded")
		d.figure(float64(released-used-local-centi(q.Tradable))/100, "未安排", "not assigned")
	} else {
		d.note("plan.yaml 没有 quota，指标去向只有建新占用", "plan.yaml has no quota: of where it goes only the building in the plan is known")
	}
	d.out.sheets = append(d.out.sheets, s)
}
