package domain

import (
	"fmt"
	"slices"
	"strings"

	"landcheck/geo"
)

// Word is one thing, the one word for it in each language, and the words that
// were used for it beside that.
type Word struct {
	Code     string // as data, rulebooks and addresses have it; "" none
	Term     geo.Text
	Means    geo.Text
	Rejected []string // regular expressions over what users read
}

// notAsked is what stands before a word that is rejected for what the program
// does: a person is asked to look (请检查), the opinion speaks of 监督检查, and
// “检查几何” is a command of other programs.
const notAsked = "(?:^|[^请督“])"

// words are the terms that are in no other table. Where the opinion has a word,
// that is the one.
var words = []Word{
	{"plan", geo.Text{ZH: "方案", EN: "plan"}, geo.Text{ZH: "全域土地综合整治实施方案及其数据", EN: "a plan of comprehensive land consolidation, with its data"}, nil},
	{"base", geo.Text{ZH: "底图", EN: "base data"}, geo.Text{ZH: "旗县现状和管控图层", EN: "the county's layers of land as it is and as it is protected"}, []string{"底数图层", "基础底图"}},
	{"rulebook", geo.Text{ZH: "规则册", EN: "rulebook"}, geo.Text{ZH: "一套规则及其依据", EN: "a set of rules with their clauses"}, []string{"规则库", "规则集", "规则手册"}},
	{"finding", geo.Text{ZH: "问题", EN: "finding"}, geo.Text{ZH: "规则在某处不成立", EN: "a place where a rule does not hold"}, nil},
	{"face", geo.Text{ZH: "面", EN: "face"}, geo.Text{ZH: "前后状态一致的最大一块变更土地", EN: "a maximal piece of changed land of one state before and one after"}, nil},
	{"ledger", geo.Text{ZH: "台账", EN: "ledger"}, geo.Text{ZH: "全部面的表", EN: "the table of faces"}, nil},
	{"sliver", geo.Text{ZH: "细碎图斑", EN: "sliver"}, geo.Text{ZH: "边界误差造成的小块，不列为问题", EN: "a piece that inaccurate borders make, no finding"}, []string{"碎片(?:[^化]|$)", "碎块图斑", "碎屑"}},
	{"out", geo.Text{ZH: "调出", EN: "out"}, geo.Text{ZH: "不再是永久基本农田", EN: "leaves permanent basic farmland"}, []string{"永农"}},
	{"in", geo.Text{ZH: "补划", EN: "in"}, geo.Text{ZH: "成为永久基本农田；审查汇总表中称调入", EN: "enters permanent basic farmland; the review form says 调入"}, []string{"永久基本农田调入"}},
	{"check", geo.Text{ZH: "核查", EN: "check"}, geo.Text{ZH: "对照规则册逐条核对方案", EN: "holding a plan to a rulebook"}, []string{notAsked + "检查"}},
	{"reservation", geo.Text{ZH: "保留", EN: "reservation"}, geo.Text{ZH: "不在结论之内的事项", EN: "what the verdict does not cover"}, nil},
	{"justification", geo.Text{ZH: "论证说明", EN: "justification"}, geo.Text{ZH: "原则性条款不满足时的理由和文件", EN: "reason and paper where an in-principle clause does not hold"}, nil},
}

// rejected are the words that were used beside the titles of other tables.
var rejected = map[string][]string{
	string(Compliant):   {"(?:^|[^法不符])合规"},
	string(Violations):  {"违规"},
	string(Mandatory):   {"强制性?条款", "强制性要求"},
	string(InPrinciple): {"“原则上”的?条款"},
	string(Advisory):    {"鼓励性条款"},
	string(Villages):    {"行政村"},
	string(Heritage):    {"文物保护范围"},
	string(Townships):   {"乡级行政区"},
	string(Annual):      {"annual account(?:[^i]|$)"},
}

// Glossary is every term with its code: the field's words first, then those of
// the tables.
func Glossary() []Word {
	all := slices.Clone(words)
	add := func(code string, term, means geo.Text) {
		all = append(all, Word{code, term, means, rejected[code]})
	}
	for _, l := range table {
		add(string(l.Role), l.Title, l.Holds)
	}
	for _, t := range stages {
		add(string(t.Code), t.Title, t.Means)
	}
	for _, t := range verdicts {
		add(string(t.Code), t.Title, t.Means)
	}
	for _, t := range statuses {
		add(string(t.Code), t.Title, t.Means)
	}
	for _, t := range levels {
		add(string(t.Code), t.Title, t.Means)
	}
	for _, t := range classGroups {
		add(t.Code, t.Title, t.Means)
	}
	for _, t := range slices.Concat(purposes, surveyMethods, refinements) {
		add(t.Code, t.Title, t.Means)
	}
	for _, c := range Constraints() {
		add(string(c.Kind), c.Title, c.Holds)
	}
	for _, d := range documentTitles() {
		add(d.Kind, d.Title, geo.Text{})
	}
	return all
}

// glossaryMarkdown is GLOSSARY.md.
func glossaryMarkdown() string {
	var b strings.Builder
	b.WriteString("# Glossary 术语表\n\nOne word for one thing. Made from the tables of this package (`go test ./rules/domain -update`); the last\ncolumn has the words that reports, page and rulebooks do not use for it.\n\n" +
		"| code | 中文 | English | 说明 | meaning | not |\n|---|---|---|---|---|---|\n")
	for _, w := range Glossary() {
		code := ""
		if w.Code != "" {
			code = "`" + w.Code + "`"
		}
		var not []string
		for _, r := range w.Rejected {
			not = append(not, "`"+strings.ReplaceAll(r, "|", `\|`)+"`")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", code, w.Term.ZH, w.Term.EN, w.Means.ZH, w.Means.EN, strings.Join(not, " "))
	}
	return b.String()
}
