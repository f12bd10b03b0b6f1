package main

import (
	"flag"
	"slices"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/passport"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/report/chromium"
	"landcheck/rules/result"
)

// checkFlags is what check takes.
type checkFlags struct {
	base, outputs           list
	rulebook, stage, format string
	role                    string
	failOn, baseline, crs   string
	cache, against, key     string
	subprojects             list
	strict, together        bool
	jobs                    int
	quiet, onlyProblems     bool
	dated, browser          string
	stageValue              domain.Stage
	roleValue               domain.Role
	crsValue                geo.CRS
	stdoutFormat            report.Format
	docs                    string
	old                     *report.Baseline
	approved                *result.Report
	prior                   []plan.Prior         // registered, of the report that is made again
	signer                  *passport.PrivateKey // nil where the report is not signed
	kept                    *keptBase            // nil keeps nothing from one check to the next
	notices                 []geo.Notice         // on settings that were found
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return "" }

func (l *list) Set(s string) error {
	*l = append(*l, s)
	return nil
}

// define adds the flags of check.
func (f *checkFlags) define(fs *flag.FlagSet) {
	fs.Var(&f.base, "base", "base data: `directory`, "+packageFiles()+" or postgres://… (with ?county=CODE where the plan does not say its county); may be repeated 底图")
	fs.StringVar(&f.role, "role", "", "without --base: the `role` of the one layer whose data is checked, where its name does not say it 单独核查的图层的用途")
	fs.StringVar(&f.rulebook, "rulebook", "", "rulebook `id or file`; default the plan's own, else nmg-2025 规则册")
	fs.StringVar(&f.stage, "stage", "", domain.Or(domain.Stages())+"; default the plan's own 阶段")
	fs.StringVar(&f.format, "format", "text", "format on standard output: "+strings.Join(report.Names(true), " ")+" 标准输出的格式")
	fs.Var(&f.outputs, "o", "also write `file`, its kind by its ending ("+strings.Join(report.Endings(), " ")+"); may be repeated 另存报告")
	fs.StringVar(&f.failOn, "fail-on", "in_principle", "weakest level that makes status 1: "+domain.Or(failOnLevels())+" 何种级别算不通过")
	f.madeWith(fs)
	fs.StringVar(&f.dated, "dated", "", "`day` that reports for people bear, as 2026-11-30; their data holds no clock 报告上的日期")
	fs.StringVar(&f.key, "key", "", "`file` of a private key: signs the report, whose passport lies beside each .json and whose signature the printed report bears 签发报告的私钥文件")
	fs.StringVar(&f.browser, "chromium", "", "`program` that prints PDF: Chromium, Google Chrome or Edge; default the first that there is 打印 PDF 的浏览器")
	fs.BoolVar(&f.onlyProblems, "only-problems", false, "text: leave out rules that hold or do not apply 文本报告只列有问题的规则")
	fs.BoolVar(&f.together, "together", false, "several packages: also what the plans do to each other 多个方案包：再核查方案之间的冲突")
	fs.StringVar(&f.docs, "docs", report.DefaultDocs, "`address` of the manual that SARIF links to, as a service has it 手册的网址")
}

// madeWith adds the flags that a check can be made with beside rulebook and stage.
func (f *checkFlags) madeWith(fs *flag.FlagSet) {
	fs.StringVar(&f.baseline, "baseline", "", "earlier `report.json`: only findings that are not in it fail 基准报告")
	f.judgedWith(fs)
}

// judgedWith are those of them on which the verdict depends, and what reading and
// computing go by.
func (f *checkFlags) judgedWith(fs *flag.FlagSet) {
	fs.BoolVar(&f.strict, "strict", false, "reservations make the verdict incomplete: status 3 有保留事项即算资料不全")
	fs.StringVar(&f.against, "against", "", "`report.json` of the approved plan, to be held to 已批准方案的报告")
	fs.Var(&f.subprojects, "subproject", "`number` (XMBH) of a sub-project up for acceptance; may be repeated, none is all 待验收的子项目编号")
	fs.StringVar(&f.crs, "crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	fs.StringVar(&f.cache, "cache", "", "`directory` that remembers large base layers between runs, or off; default landcheck in the user's cache directory 底图缓存目录，off 为不用")
	fs.IntVar(&f.jobs, "jobs", 0, "processors to use, 0 for all 并行数")
	fs.BoolVar(&f.quiet, "quiet", false, "no progress on standard error 不显示进度")
}

// read turns flags into values before any work is done.
func (f *checkFlags) read(fs *flag.FlagSet) (err error) {
	if f.role != "" {
		if f.roleValue, err = roleNamed(f.role); err != nil {
			return err
		}
	}
	if f.stdoutFormat, err = report.ByName(f.format); err != nil {
		return err
	}
	if f.stdoutFormat.Binary {
		return usage("%[1]s 不能写到标准输出，请用 -o 文件%[2]s", "%[1]s cannot go to standard output, use -o file%[2]s", f.format, f.stdoutFormat.Endings[0])
	}
	for _, path := range f.outputs {
		if _, err := report.ByPath(path); err != nil {
			return err
		}
	}
	if f.wants(func(format report.Format) bool { return format.Printed }) {
		if f.browser, err = chromium.Find(f.browser); err != nil {
			return err
		}
	}
	if err := isFailOn(f.failOn); err != nil {
		return err
	}
	if f.jobs < 0 {
		return usage("--jobs 不能是负数", "--jobs cannot be negative")
	}
	if f.dated != "" {
		if _, err := time.Parse(time.DateOnly, f.dated); err != nil {
			return usage("--dated 不能是 %[1]q，应写成 2026-11-30 的样子", "--dated cannot be %[1]q, but a day as 2026-11-30", f.dated)
		}
	}
	if f.stage != "" {
		if f.stageValue, err = plan.ParseStage(f.stage); err != nil {
			return err
		}
	}
	if f.crs != "" {
		if f.crsValue, err = geo.ParseCRS(f.crs); err != nil {
			return err
		}
	}
	for _, number := range f.subprojects {
		if strings.TrimSpace(number) == "" {
			return usage("--subproject 后面要写子项目编号（XMBH）", "--subproject takes the number (XMBH) of a sub-project")
		}
	}
	if f.baseline != "" {
		if f.old, err = readBaseline(f.baseline); err != nil {
			return err
		}
	}
	if f.key != "" {
		if f.signer, err = readPrivateKey(f.key); err != nil {
			return err
		}
	}
	if f.against != "" {
		f.approved, err = readReport(f.against)
		if err == nil && f.approved.Layer != nil {
			err = usage("--against %[1]s 是单个图层的报告，不是方案的", "--against %[1]s is the report of one layer, not of a plan", f.against)
		}
	}
	return err
}

// failOnLevels are what --fail-on takes.
func failOnLevels() []domain.Level { return append(domain.Levels(), "never") }

func isFailOn(s string) error {
	if slices.Contains(failOnLevels(), domain.Level(s)) {
		return nil
	}
	list := domain.Or(failOnLevels())
	return usage("--fail-on 不能是 %[1]q，可用：%[2]s", "--fail-on cannot be %[1]q, only %[2]s", s, list)
}
