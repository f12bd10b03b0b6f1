package deliver

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// newSpace is land outside the red line that becomes ecological.
func newSpace(f *ledger.Face) bool {
	return !f.Before.RedLine && !f.Before.Ecological && f.After.Ecological
}

func restoredInside(f *ledger.Face) bool {
	return f.Before.RedLine && !f.Before.Ecological && f.After.Ecological
}

// redLineUpdate is the new ecological space that may be entered into the red line
// (三（三）); what is restored inside the line is in it already.
func (d *delivery) redLineUpdate(ctx context.Context) error {
	d.figure(d.sum(newSpace, gross), "红线外新产生的生态空间", "new ecological space outside the red line")
	d.figure(d.sum(restoredInside, gross), "红线内恢复为生态用地（已在红线内）", "restored inside the red line (in it already)")
	rows, err := d.parcels(ctx, newSpace, gross)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return d.nothing("方案没有在红线外新产生生态空间", "the plan makes no ecological space outside the red line")
	}
	county := d.Report.Plan.County
	columns := columnsOf(d.located(), []column[*parcel]{
		text("XJXZQDM", 6, "县级行政区代码", "county", func(*parcel) string { return county }),
		text("LHLX", 4, "陆海类型", "land or sea", func(*parcel) string { return "陆域" }),
		text("YLRTZ", 2, "方案是否已列入红线调整", "entered by the plan itself", func(p *parcel) string {
			return p.mostly(func(f *ledger.Face) string {
				if f.After.RedLine {
					return "是"
				}
				return "否"
			})
		}),
	}, d.stated())
	t := d.tableOf("新增生态空间", domain.RedAdded, columns, rows)
	d.sheetOfTable(geo.Text{ZH: "新增生态空间", EN: "New ecological space"}, columns, t)
	d.out.layers = append(d.out.layers, layer{t, d.coordinatesOf("新增生态空间", "生态空间", "新增生态空间", rows)})
	return nil
}
