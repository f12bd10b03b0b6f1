package main

import (
	"context"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/evaluation"
	"landcheck/rules/passport"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/wording"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) verifyCommand() *ffcli.Command {
	fs := a.flags("verify")
	var v verification
	fs.StringVar(&v.key, "key", "", "`file` of the public key 公钥文件")
	fs.StringVar(&v.passport, "passport", "", "`file` of the passport; default beside the report, as NAME"+passportEnding+" 通行证文件")
	fs.StringVar(&v.plan, "plan", "", "the plan `package` that the report should be of 方案包")
	fs.Var(&v.base, "base", "the base data that it should be of: `directory`, "+packageFiles()+" or postgres://…; may be repeated 底图")
	crs := fs.String("crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	return &ffcli.Command{
		Name: "verify", ShortUsage: "landcheck verify REPORT.json --key KEY.pub [--plan PLAN] [--base BASE]",
		ShortHelp: "whether report, passport, plan and base data belong together 验证报告的通行证",
		LongHelp: "Says in one line whether they belong together, and which does not. Status 0: they do; 1: they do not.\n" +
			"一句话说明是否相符，哪一项不符。退出码 0：相符；1：不符。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) != 1 || v.key == "" {
				return usage("verify 需要一份 .json 报告和 --key 公钥", "verify takes one .json report and --key with the public key")
			}
			if slices.ContainsFunc(v.base, postgis.IsURL) && v.plan == "" {
				return usage("数据库底图要用 --plan 给出方案，才知道是哪个旗县", "base data in a database needs --plan, which says of which county")
			}
			if *crs != "" {
				var err error
				if v.crs, err = geo.ParseCRS(*crs); err != nil {
					return err
				}
			}
			if v.passport == "" {
				v.passport = passportOf(args[0])
			}
			return a.verify(ctx, args[0], v)
		},
	}
}

// verification is what verify takes.
type verification struct {
	key, passport, plan string
	base                list
	crs                 geo.CRS
}

func (a *app) verify(ctx context.Context, file string, v verification) error {
	text, err := readWhole(v.key, maxKey)
	if err != nil {
		return err
	}
	key, err := passport.ReadPublicKey(text)
	if err != nil {
		return inputErrorIn(err, v.key)
	}
	if text, err = readWhole(v.passport, maxReport); err != nil {
		return err
	}
	p, err := passport.Decode(text)
	if err != nil {
		return inputErrorIn(err, v.passport)
	}
	var held passport.Held
	if held.Report, err = readWhole(file, maxReport); err != nil {
		return err
	}
	if held.Plan, held.Base, err = v.digests(ctx); err != nil {
		return err
	}
	wrong, err := p.Verify(key, held)
	if err != nil {
		return inputErrorIn(err, file)
	}
	if len(wrong) > 0 {
		if _, err := fmt.Fprintln(a.stdout, geo.Textf("不符：%v", "they do not belong together: %v", wording.Clauses(wrong)).In(a.lang)); err != nil {
			return err
		}
		return verdictError(exitViolations)
	}
	_, err = fmt.Fprintln(a.stdout, v.belongs(p).In(a.lang))
	return err
}

// belongs says what was held against each other and belongs together.
func (v verification) belongs(p *passport.Passport) geo.Text {
	zh, en := "报告、通行证", "report and passport"
	if v.plan != "" {
		zh, en = zh+"、方案", en+", plan"
	}
	if len(v.base) > 0 {
		zh, en = zh+"、底图", en+", base data"
	}
	return geo.Textf("相符：%[1]s；%[3]v，%[4]s 签名", "they belong together: %[2]s; %[3]v, signed with %[4]s", zh, en, p.Verdict.Title(), p.Key.Algorithm)
}

// digests are of the plan and the base data, as far as they are named.
func (v verification) digests(ctx context.Context) (digest string, layers []result.LayerInfo, err error) {
	var p *plan.Plan
	if v.plan != "" {
		if p, err = plan.Open(ctx, v.plan, plan.Options{CRS: v.crs}); err != nil {
			return "", nil, err
		}
		digest = p.Digest
	}
	if len(v.base) == 0 {
		return digest, nil, nil
	}
	base, err := v.openBase(ctx, p)
	if err != nil {
		return "", nil, err
	}
	defer base.close()
	infos, err := base.Layers(ctx)
	if err != nil {
		return "", nil, err
	}
	return digest, evaluation.LayerInfos(infos), nil
}

func (v verification) openBase(ctx context.Context, p *plan.Plan) (openedBase, error) {
	if p != nil {
		return openBaseEarly(ctx, v.base, plan.BaseOptions{CRS: v.crs})(p)
	}
	base, err := plan.OpenBase(ctx, v.base, plan.BaseOptions{CRS: v.crs})
	if err != nil {
		return openedBase{}, err
	}
	return openedBase{base, func() { base.Close() }}, nil
}
