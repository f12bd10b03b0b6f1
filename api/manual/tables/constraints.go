package main

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
	"landcheck/rules/rulebook"
)

// constraints is the chapter on constraint kinds.
func constraints(lang string) string {
	var b strings.Builder
	said := func(zh, en string) string { return geo.Text{ZH: zh, EN: en}.In(lang) }
	b.WriteString(said(introZH, introEN))
	for _, k := range rulebook.Reference() {
		fmt.Fprintf(&b, "\n## `%s` %s\n\n%s\n\n```yaml\n%s\n```\n\n", k.Kind, k.Title.In(lang), wrap(sentence(k.Holds.In(lang), lang)), k.Example)
		if !k.Needs.IsZero() {
			b.WriteString(wrap(said("另需：", "Also needs: ")+sentence(k.Needs.In(lang), lang)) + "\n\n")
		}
		if !k.Absent.IsZero() {
			b.WriteString(wrap(said("不涉及的情形：", "Not applicable: ")+sentence(k.Absent.In(lang), lang)) + "\n\n")
		}
		if len(k.Placeholders) > 0 {
			b.WriteString(wrap(said("文字中可用：", "Texts may use: ")+"`{"+strings.Join(k.Placeholders, "}` `{")+"}`") + "\n\n")
		}
		if len(k.Parameters) == 0 {
			b.WriteString(said("没有参数。", "It has no parameters.") + "\n")
			continue
		}
		b.WriteString(said("| 参数 | 必填 | 类型 | 单位 | 含义 |", "| parameter | required | type | unit | meaning |") + "\n|---|---|---|---|---|\n")
		for _, p := range k.Parameters {
			required := ""
			if p.Required {
				required = said("是", "yes")
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", p.Key, required, typeOf(p, lang), p.Unit, p.Means.In(lang))
		}
	}
	fmt.Fprintf(&b, "\n## %s\n\n%s\n", said("合计名", "Totals"), said(totalsZH, totalsEN))
	for _, name := range condition.TotalNames() {
		fmt.Fprintf(&b, "- `%s`\n", name)
	}
	return b.String()
}

// typeOf is the type of a parameter, or the values that it takes.
func typeOf(p rulebook.ParameterReference, lang string) string {
	if len(p.Values) == 0 {
		return p.Type.In(lang)
	}
	var values []string
	for _, v := range p.Values {
		values = append(values, "`"+v+"`")
	}
	return strings.Join(values, " ")
}

const introZH = `# 约束种类

规则册的每条规则有且只有一种约束，写在以种类为名的键下。**条件**是对一个面的判断（如
` + "`before.pbf && !after.pbf`" + `），**量**是面的面积（` + "`area`、`before.pbf_net`" + ` 等，平方米），
` + "`{of, where}`" + ` 是满足条件的面的量之和。带 ` + "`[]`" + ` 的键在列表的每一项中；必填是指上一级的键已写时。
规则册怎么写见[规则册](rulebooks.md)。
`

const introEN = `# Kinds of constraints

Each rule of a rulebook has exactly one constraint, under the key of its kind. A **condition** is a
question about one face (` + "`before.pbf && !after.pbf`" + `), an **amount** an area of it (` + "`area`,\n`before.pbf_net`" + `, in m²), and ` + "`{of, where}`" + ` is the sum of an amount over the faces that meet a
condition. A key with ` + "`[]`" + ` stands in each entry of a list; required is what has to be there once the
key above it is. How a rulebook is written: [rulebooks](rulebooks.md).
`

const totalsZH = "合计分母（`over` 等）可以是 `designated`（乡镇划定面积）、`project_pbf`、`project_area`、`urban_area`、\n`project_cropland`，或下列整区合计；后者也可作 `of`，不带 `where`。\n"

const totalsEN = "A denominator (`over` and the like) is `designated` (designated in the township), `project_pbf`,\n`project_area`, `urban_area`, `project_cropland`, or one of these totals of a whole area; those may be `of`\nas well, without `where`.\n"
