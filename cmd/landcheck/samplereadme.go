package main

import (
	"fmt"
	"strings"

	"landcheck/rules/sample"
)

const sampleHead = `landcheck 示例数据 / sample data
================================

示例县（150123，名称和数据均为虚构）：4 个乡镇、16 个村，约 4000 个图斑。
base/   底图：行政区、村级调查区、地类图斑、永久基本农田、生态保护红线、城镇开发边界等
plans/  十四个整治方案包，01、04、13 符合，其余各有一处问题

A made-up county of 4 townships, 16 villages and some 4 000 parcels.
base/   base data: townships, villages, land use, PBF, red line, urban boundary and more
plans/  fourteen plan packages: 01, 04 and 13 pass, the others have one thing wrong each

在本目录中试一试 / Try it from this directory:

    landcheck check plans/01-compliant.zip --base base --lang zh
    landcheck check plans/02-over-five-percent.zip --base base -o report.html

退出码 / exit status: 0 符合 compliant, 1 不符合 violations, 3 资料不全 incomplete.
PBF = 永久基本农田 permanent basic farmland.

方案 / The plans
----------------
`

const sampleTail = `
资料不全时 / When an input is missing
-------------------------------------
删去底图中的生态保护红线再核查 01，结论不是“符合政策要求”，而是“资料不全”：
Take the red line out of a copy of the base data and check 01 again: the verdict
is not "compliant" but "incomplete", since nobody looked.

    cp -r base base-no-redline && rm base-no-redline/STBHHX.*
    landcheck check plans/01-compliant.zip --base base-no-redline
`

// sampleReadme tells what each plan shows, what to type and what to expect.
func sampleReadme() string {
	var b strings.Builder
	b.WriteString(sampleHead)
	for _, p := range sample.Plans() {
		fmt.Fprintf(&b, "\n%s  %s / %s\n  %s\n  %s\n", p.File, p.Title.ZH, p.Title.EN, p.Description.ZH, p.Description.EN)
		fmt.Fprintf(&b, "    landcheck check plans/%s --base base\n", p.File)
		fmt.Fprintf(&b, "    → %s", p.Verdict)
		if len(p.Fails) > 0 {
			fmt.Fprintf(&b, ": %s", strings.Join(p.Fails, ", "))
		}
		if len(p.Justified) > 0 {
			fmt.Fprintf(&b, " (justified: %s)", strings.Join(p.Justified, ", "))
		}
		b.WriteString("\n")
	}
	b.WriteString(sampleTail)
	return b.String()
}
