package sample

import (
	"landcheck/geo"
)

// PlanInfo is one plan of the sample and what a check of it says.
type PlanInfo struct {
	File        string // in DIR/plans
	Title       geo.Text
	Description geo.Text
	Verdict     string // compliant, violations
	// Fails and Justified are the rules of that status, in the order of the
	// rulebook; every other rule passes, warns or does not apply.
	Fails     []string
	Justified []string
}

// scenario is a plan of the sample with how it is drawn.
type scenario struct {
	PlanInfo
	draw func(c *County, d *draft) // changes the sketch; the good plan's moves are its own to make
}

// Plans lists the plans that Write makes, in order.
func Plans() []PlanInfo {
	var out []PlanInfo
	for _, s := range scenarios() {
		out = append(out, s.PlanInfo)
	}
	return out
}

// scenarios is read from top to bottom: one plan that passes, then what can go
// wrong, one thing at a time.
func scenarios() []scenario {
	const violations = "violations"
	return []scenario{{
		PlanInfo{
			File: "01-compliant.zip", Verdict: "compliant",
			Title: geo.Text{ZH: "符合要求的方案", EN: "A plan that passes"},
			Description: geo.Text{
				ZH: "三个空心村复垦为水浇地，零星破碎的永久基本农田调出 3%，先行补划连片良田；红线内的旧矿区和一块耕地还给山林。",
				EN: "Three hollow villages become irrigated fields; scattered PBF (3 %) leaves after good contiguous fields have entered; an old mine and a field inside the red line go back to the hills.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
		},
	}, {
		PlanInfo{
			File: "02-over-five-percent.zip", Verdict: violations, Fails: []string{"pbf-township-cap"},
			Title: geo.Text{ZH: "调出超过 5%", EN: "More than 5 % leaves"},
			Description: geo.Text{
				ZH: "示例镇的永久基本农田调出约 5.4%，虽足额补划，仍超过该镇划定面积的 5%。",
				EN: "About 5.4 % of the PBF of 示例镇 leaves. All of it is compensated, but the cap is 5 % of what the township was designated.",
			},
		}, func(c *County, d *draft) {
			d.scatter(0, 55)
			d.scatter(c.towns, goodShare)
			d.compensate(comfortableShare)
		},
	}, {
		PlanInfo{
			File: "03-compensation-outside-project.zip", Verdict: violations, Fails: []string{"pbf-compensation-in-project"},
			Title: geo.Text{ZH: "补划不在项目区内", EN: "Compensation outside the project area"},
			Description: geo.Text{
				ZH: "约三分之一的补划地块在本旗县的另一个村，不在项目区内，又没有论证说明。",
				EN: "About a third of the compensation lies in another village of the county, outside the project area, and nothing says why.",
			},
		}, compensateOutside}, {
		PlanInfo{
			File: "04-compensation-justified.zip", Verdict: "compliant", Justified: []string{"pbf-compensation-in-project"},
			Title: geo.Text{ZH: "补划不在项目区内，但有论证", EN: "The same, justified"},
			Description: geo.Text{
				ZH: "与 03 相同，方案清单中附有论证说明和文件，原则性条款因此成立。",
				EN: "As 03, but the manifest justifies the clause (原则上) with a document.",
			},
		}, func(c *County, d *draft) {
			compensateOutside(c, d)
			d.justifications = append(d.justifications, justification{
				rule:     "pbf-compensation-in-project",
				reason:   "项目区内可补划的优质耕地不足，差额在本旗县新增高标准农田中落实。",
				document: "docs/项目区外补划论证报告.txt",
			})
		},
	}, {
		PlanInfo{
			File: "05-red-line-occupied.zip", Verdict: violations, Fails: []string{"red-line-not-occupied"},
			Title: geo.Text{ZH: "占用生态保护红线", EN: "The red line is occupied"},
			Description: geo.Text{
				ZH: "在生态保护红线内新建采矿用地。另有一条沿红线的农村道路压入红线 3 厘米：这是边界误差，报告会说明，但不判不符合。",
				EN: "A new mine inside the red line. A rural road along the line also reaches 3 cm into it: a sliver, which the report counts but does not fail.",
			},
		}, occupyRedLine}, {
		PlanInfo{
			File: "06-urban-pbf-taken.zip", Verdict: violations, Fails: []string{"pbf-urban-kept"},
			Title: geo.Text{ZH: "调出城镇开发边界内的永久基本农田", EN: "PBF inside the urban boundary leaves"},
			Description: geo.Text{
				ZH: "调出的地块中有一块位于城镇开发边界围合范围内，原则上应当予以保留。",
				EN: "One of the fields that leave lies inside the urban boundary, where PBF is to be kept in principle.",
			},
		}, func(c *County, d *draft) {
			inTown := d.find(func(p *parcel) bool { return p.smallField() && c.urban.holds(c.bound(p.rect)) })
			d.takeFirst(inTown)
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
		},
	}, {
		PlanInfo{
			File: "07-construction-grown.zip", Verdict: violations,
			Fails: []string{"construction-not-grown", "demolition-covers-building"},
			Title: geo.Text{ZH: "建设用地增加", EN: "Construction land grows"},
			Description: geo.Text{
				ZH: "在山前草地上新建成片的乡村产业用地，拆旧腾退的面积不够抵。",
				EN: "A large rural industry site on grassland below the hills: what is pulled down does not make up for it.",
			},
		}, func(c *County, d *draft) {
			d.quota = nil
			site := d.find(func(p *parcel) bool { return p.class == "0401" && !c.red.meets(c.bound(p.rect)) })
			for _, k := range site {
				if lost, gained := d.construction(); gained > lost+2_000_000 {
					break
				}
				d.turn(k, "0601", "NCFZ")
			}
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
		},
	}, {
		PlanInfo{
			File: "08-compensation-short.zip", Verdict: violations,
			Fails: []string{"pbf-area-kept", "pbf-compensation-in-project", "pbf-compensate-first"},
			Title: geo.Text{ZH: "补划不足", EN: "Compensation falls short"},
			Description: geo.Text{
				ZH: "补划面积只有调出面积的八成左右。",
				EN: "Only about four fifths of what leaves is compensated.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(0.76)
		},
	}, {
		PlanInfo{
			File: "09-undeclared-loss.zip", Verdict: violations, Fails: []string{"pbf-undeclared-loss"},
			Title: geo.Text{ZH: "未申报的永久基本农田流失", EN: "PBF lost without being declared"},
			Description: geo.Text{
				ZH: "地类变更图层把一块永久基本农田改为果园，调出图层中却没有它。",
				EN: "The land-use layer turns a PBF field into an orchard; the layer of PBF taken out does not list it.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
			fields := d.find(func(p *parcel) bool { return p.smallField() && p.grade > newGrade && c.far(p) })
			d.turn(fields[0], "0201", "")
		},
	}, {
		PlanInfo{
			File: "10-missing-consent.zip", Verdict: violations, Fails: []string{"village-consent", "department-opinions", "pbf-plan"},
			Title: geo.Text{ZH: "缺少同意书和部门意见", EN: "Consents and opinions are missing"},
			Description: geo.Text{
				ZH: "图形与 01 完全相同，但没有嘎查村的同意书和村民支持材料，没有部门意见和盟市审核意见，也没有永久基本农田调整补划方案。",
				EN: "The same land as 01, but no village's consent or support, no department's opinion, no review, and no plan of adjusting PBF.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
			d.documents = nil
		},
	}, {
		PlanInfo{
			File: "11-bad-data.zip", Verdict: violations, Fails: []string{"data-overlap", "data-codes"},
			Title: geo.Text{ZH: "数据有错", EN: "Bad data"},
			Description: geo.Text{
				ZH: "一个不存在的地类编码、一个自相交的图形、两个互相重叠的地块，还有一处申报面积用了亩。",
				EN: "A land class that does not exist, a figure that crosses itself, two changes that overlap, and an area declared in mu.",
			},
		}, makePackageMistakes}, {
		PlanInfo{
			File: "12-out-before-in.zip", Verdict: violations, Fails: []string{"pbf-compensate-first"},
			Title: geo.Text{ZH: "先调出后补划", EN: "Out before in"},
			Description: geo.Text{
				ZH: "面积足额，但调出在 2026 年 3 月，补划要到 6 月才验收，违反“先补后调”。",
				EN: "The areas are right, but land leaves in March 2026 and its compensation is accepted in June: 先补后调 has it the other way round.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
			for i := range d.out {
				d.out[i].date = "20260315"
			}
		},
	}, {
		PlanInfo{
			File: "13-three-years.zip", Verdict: "compliant",
			Title: geo.Text{ZH: "分三年实施，上年结余抵下年", EN: "Three years, one drawing on the last"},
			Description: geo.Text{
				ZH: "2024 至 2026 年实施，年度核算阶段。2024 年补划和新增耕地有结余；2025 年减少多于新增，由上年结余抵补，各年累计均不为负。",
				EN: "Carried out from 2024 to 2026, at annual accounting. 2024 leaves a surplus of PBF and cropland; 2025 loses more than it gains and lives on that; no year's running total is negative.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
			d.running(schedule{in: [2]float64{0.75, 0.85}, out: [2]float64{0.2, 0.7}}, func(n int) int {
				if n == 0 {
					return 2026
				}
				return 2024
			})
		},
	}, {
		PlanInfo{
			File: "14-second-year-short.zip", Verdict: violations, Fails: []string{"cropland-area-kept", "scattered-grass-balanced"},
			Title: geo.Text{ZH: "总量平衡，但第二年累计为负", EN: "Balanced in the end, short in the second year"},
			Description: geo.Text{
				ZH: "地块与 13 相同，总量平衡；但耕地在 2025 年减少，新增耕地到 2026 年才完成，2025 年末累计耕地减少；以占补平衡为前提的零星草地开垦随之不成立。",
				EN: "The land of 13, and balanced in the end; but fields are lost in 2025 and most new ones come in 2026, so at the end of 2025 there is less cropland than before. Turning scattered grass into fields, which leans on that balance, fails along.",
			},
		}, func(c *County, d *draft) {
			d.scatterBoth(goodShare)
			d.compensate(comfortableShare)
			d.running(schedule{in: [2]float64{0.75, 1}, out: [2]float64{0.2, 0.6}}, func(n int) int {
				if n == 0 {
					return 2024
				}
				return 2026
			})
		},
	}}
}
