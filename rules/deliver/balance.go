package deliver

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

func newCropland(f *ledger.Face) bool  { return !f.Before.Cropland && f.After.Cropland }
func lostCropland(f *ledger.Face) bool { return f.Before.Cropland && !f.After.Cropland }

// croplandBalance is what new cropland is left when the plan's own loss of cropland
// and the county's needs beside it are met (三（一）). The quota has no parcel of its
// own: each new parcel has its share of it, by net area.
func (d *delivery) croplandBalance(ctx context.Context) error {
	netAfter := func(f *ledger.Face) float64 { return f.After.CroplandNet }
	gained := d.sum(newCropland, netAfter)
	lost := d.sum(lostCropland, func(f *ledger.Face) float64 { return f.Before.CroplandNet })
	needs := d.OwnNeeds.Value
	left := centi(gained) - centi(lost) - centi(needs)
	d.figure(gained, "新增耕地（净面积）", "new cropland (net)")
	d.figure(lost, "方案减少耕地（净面积）", "cropland that the plan takes (net)")
	if d.OwnNeeds.Known {
		d.figure(needs, "旗县其他自行平衡需要", "needs of the county beside the plan")
	}
	d.figure(float64(left)/100, "剩余可入库指标", "quota left")
	if left <= 0 {
		return d.nothing("满足自行平衡需要后没有剩余的补充耕地指标", "no new-cropland quota is left after the county's own needs")
	}
	if !d.OwnNeeds.Known {
		d.note("没有说明旗县在本方案之外的自行平衡需要，只扣除了方案自身减少的耕地：有其他需要的，导出时另行给出", "what the county needs for itself beside the plan was not said, and only the cropland that the plan takes was deducted: other needs are given when it is exported")
	}
	rows, err := d.parcels(ctx, newCropland, netAfter)
	if err != nil {
		return err
	}
	d.share(rows, left)
	columns := columnsOf(d.located(), []column[*parcel]{
		squareMetres("XZGDMJ", "新增耕地面积（m²）", "new cropland, net (m²)", func(p *parcel) int64 { return p.figure }),
		squareMetres("RKZBMJ", "可入库指标（m²）", "its share of the quota left (m²)", func(p *parcel) int64 { return p.share }),
	}, surveyed(), d.stated())
	title := geo.Text{ZH: "新增耕地", EN: "New cropland"}
	t := d.tableOf("新增耕地", domain.LandUseChange, columns, rows)
	d.sheetOfTable(title, columns, t)
	d.out.layers = append(d.out.layers, layer{t, d.coordinatesOf("新增耕地", "补充耕地", "新增", rows)})
	return nil
}

// share gives every parcel its share of what is left, by the figure that counts.
func (d *delivery) share(rows []*parcel, left int64) {
	weights := make([]float64, len(rows))
	for i, p := range rows {
		weights[i] = float64(p.figure)
	}
	for i, s := range shareOut(left, weights) {
		rows[i].share = s
	}
}
