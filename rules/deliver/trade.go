package deliver

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// landTrade is the construction quota that may be traded when local needs are met
// (三（四）): what the manifest gives to trade, or, where it gives none, all that is
// left. Each demolished parcel has its share of it, by area.
func (d *delivery) landTrade(ctx context.Context) error {
	q := d.Ledger.Plan.Quota
	released, used := d.constructionFlow()
	if q == nil {
		return d.nothing("plan.yaml 没有 quota，不知道旗县域内住宅、发展、采矿用地需要多少指标，不能认定节余：请在 plan.yaml 中填写 quota", "plan.yaml has no quota: what housing, development and mining in the county need is not known, and so neither is what is left. State quota in plan.yaml")
	}
	d.figure(q.RuralHousing, "农牧民住宅建设", "rural housing")
	d.figure(q.RuralDevelopment, "农村牧区发展", "rural development")
	d.figure(q.Mining, "新增采矿项目", "mining")
	surplus := released - used - centi(q.RuralHousing) - centi(q.RuralDevelopment) - centi(q.Mining)
	d.figure(float64(surplus)/100, "满足本地需要后的节余", "left after local needs")
	if surplus <= 0 {
		return d.nothing("满足本地需要后没有节余的建设用地指标", "no construction quota is left after local needs")
	}
	traded := surplus
	if asked := centi(q.Tradable); asked > 0 {
		if traded = min(asked, surplus); asked > surplus {
			d.note("plan.yaml 拟流转的指标多于节余，按节余导出", "plan.yaml gives more to trade than is left; what is left was exported")
		}
	} else {
		d.note("plan.yaml 没有写拟流转的指标（tradable_m2），按全部节余导出", "plan.yaml gives nothing to trade (tradable_m2); all that is left was exported")
	}
	d.figure(float64(traded)/100, "本次流转", "to be traded")
	if to := q.DestinationCounty; to != "" {
		d.note("流入地 %[1]s", "destination %[1]s", to)
	}
	rows, err := d.parcels(ctx, demolished, gross)
	if err != nil {
		return err
	}
	d.share(rows, traded)
	columns := columnsOf(d.located(), []column[*parcel]{
		squareMetres("LZZBMJ", "流转指标（m²）", "its share of what is traded (m²)", func(p *parcel) int64 { return p.share }),
		text("LRDXZQDM", 6, "流入地旗县", "destination county", func(*parcel) string { return q.DestinationCounty }),
	}, d.stated())
	t := d.tableOf("流转指标地块", domain.LandUseChange, columns, rows)
	d.sheetOfTable(geo.Text{ZH: "流转指标地块", EN: "Parcels traded"}, columns, t)
	d.out.layers = append(d.out.layers, layer{t, d.coordinatesOf("流转指标地块", "拆旧复垦", "拆旧地块", rows)})
	return nil
}
