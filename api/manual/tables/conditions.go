package main

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"
)

// conditions is the chapter on conditions: what they may ask, by name.
func conditions(lang string) string {
	var b strings.Builder
	said := func(zh, en string) string { return geo.Text{ZH: zh, EN: en}.In(lang) }
	join := said("", " ")
	for i, part := range strings.Split(strings.TrimSpace(said(conditionsZH, conditionsEN)), "\n\n") {
		if i > 0 {
			b.WriteString("\n")
		}
		if !strings.HasPrefix(part, "```") {
			part = wrap(strings.ReplaceAll(part, "\n", join))
		}
		b.WriteString(part + "\n")
	}
	for _, g := range condition.Names() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n|---|---|---|\n", g.Title.In(lang), said("| 名称 | 类型 | 含义 |", "| name | type | meaning |"))
		for _, n := range g.Names {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", shorter(n.Names), n.Type.In(lang), n.Means.In(lang))
		}
	}
	return b.String()
}

// shorter writes the names of all kinds of changes as one, CHANGE.year.
func shorter(names []string) string {
	if _, field, ok := strings.Cut(names[0], "."); ok && len(names) > 2 {
		return "`CHANGE." + field + "`"
	}
	return "`" + strings.Join(names, "` `") + "`"
}

const conditionsZH = `# 条件

规则册里的 ` + "`among`、`where`、`of`" + ` 等是**条件**（是或否）或**量**（平方米），对每个面分别求值。面是变更土地切分出来的、
变更前后状态各自一致的一块。没有变更的土地不在台账里；整片面积用[约束](constraints.md)里的合计名。

` + "```yaml" + `
among: before.pbf && !after.pbf                     # 调出永久基本农田的土地
where: '!before.construction && after.construction' # 新增建设用地
where: before.slope >= 4 || patch_area <= 5 * mu    # 陡坡，或不足 5 亩的小块（规则要有 patches:）
where: after.class in ["0101", "0102"]              # 整治后是水田或水浇地
where: use.exists && use.survey_method == ""        # 地类变更没有写明实测方法
where: before.class startsWith "02"                 # 园地
of: before.pbf_net                                  # 量：净面积
` + "```" + `

运算有 ` + "`&&` `||` `!`、`==` `!=` `<` `<=` `>` `>=`、`+` `-` `*` `/`、`in [\"A\", \"B\"]`、`not in`、`matches`、`startsWith`" + `、
` + "`endsWith`、`contains`" + `，可以加括号。没有函数、循环和变量。文字用双引号或单引号；含 ` + "`!`、`\"`" + ` 的条件，YAML 中整个放进另一种引号。
名称、类型、地类编码写错，或永远成立、永远不成立的条件，` + "`landcheck rulebook`" + ` 会指出行、列和最可能的写法。

未知的值：文字为空，坡度和等别为 0，是否为“否”。需要知道才能判断的，在规则里写 ` + "`known: [before.slope]`" + `，
缺的时候规则为“未核查”，不当作通过。条件用到的底图图层自动成为规则所需。

` + "`CHANGE`" + ` 是盖住该面的变更图斑之一：` + "`pbf_out` 调出、`pbf_in` 补划、`use` 地类变更、\n`urban_change` 城镇开发边界调整、`red_line_change` 生态保护红线调整" + `。
`

const conditionsEN = `# Conditions

` + "`among`, `where`, `of`" + ` and the like in a rulebook are **conditions** (true or false) or **amounts** (m²), asked of
each face. A face is a piece of changed land of one state before and one after. Land that does not change is not
in the ledger; for whole areas there are the totals of [constraints](constraints.md).

` + "```yaml" + `
among: before.pbf && !after.pbf                     # land that leaves permanent basic farmland
where: '!before.construction && after.construction' # new construction land
where: before.slope >= 4 || patch_area <= 5 * mu    # steep, or a patch below 5 mu (in a rule with patches:)
where: after.class in ["0101", "0102"]              # paddy or irrigated land after the plan
where: use.exists && use.survey_method == ""        # a land-use change that states no method of survey
where: before.class startsWith "02"                 # orchards
of: before.pbf_net                                  # an amount: net area
` + "```" + `

There are ` + "`&&` `||` `!`, `==` `!=` `<` `<=` `>` `>=`, `+` `-` `*` `/`, `in [\"A\", \"B\"]`, `not in`, `matches`, `startsWith`" + `,
` + "`endsWith`, `contains`" + ` and parentheses; no functions, loops or variables. Text takes double or single quotes; a
condition with ` + "`!` or `\"`" + ` stands in the other kind of quotes in YAML. A misspelt name, types that do not compare, a
code of no class, a condition that always or never holds: ` + "`landcheck rulebook`" + ` says line, column and the likely word.

Unknown values are empty text, 0 for slope and grade, false. What has to be known for a verdict a rule lists as
` + "`known: [before.slope]`" + `: where it is missing the rule is not checked, and never taken for a pass. Base layers that
a condition asks about become needed by themselves.

` + "`CHANGE`" + ` is one of the changes that cover the face: ` + "`pbf_out`, `pbf_in`, `use`" + ` (of the land class), ` + "`urban_change`" + `
and ` + "`red_line_change`" + `.
`
