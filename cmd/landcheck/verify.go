package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/evaluation"
	"landcheck/rules/papercode"
	"landcheck/rules/passport"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) verifyCommand() *ffcli.Command {
	fs := a.flags("verify")
	var v verification
	fs.StringVar(&v.key, "key", "", "`file` of the public key 公钥文件")
	fs.StringVar(&v.passport, "passport", "", "`file` of the passport; default beside the report, as NAME"+passportEnding+" 通行证文件")
	code := fs.String("code", "", "the short `code` on a printed report 打印报告上的核验码")
	fs.StringVar(&v.scan, "scan", "", "text `file` of what a phone reads from its QR code 扫二维码得到的文字")
	fs.StringVar(&v.plan, "plan", "", "the plan `package` that the report should be of 方案包")
	fs.Var(&v.base, "base", "the base data that it should be of: `directory`, "+packageFiles()+" or postgres://…; may be repeated 底图")
	crs := fs.String("crs", "", "system of layers that do not say theirs, as EPSG:n 坐标系")
	return &ffcli.Command{
		Name: "verify", ShortUsage: "landcheck verify REPORT.json --key KEY.pub [--plan PLAN] [--base BASE] | landcheck verify REPORT.json --code CODE",
		ShortHelp: "whether report, passport, plan and base data belong together 验证报告的通行证",
		LongHelp: "Says in one line whether they belong together, and which does not. Status 0: they do; 1: they do not.\n" +
			"一句话说明是否相符，哪一项不符。退出码 0：相符；1：不符。\n\n" +
			"--code and --scan hold a printed report to the file, without a key too; the QR code of a report that check --key wrote bears its signature, so that --scan with --key needs no passport.\n" +
			"--code、--scan 核对打印的报告与文件，没有公钥也可以；check --key 写出的报告，二维码里有签名，--scan 配 --key 不需要通行证文件。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			paper := *code != "" || v.scan != ""
			if len(args) != 1 || v.key == "" && !paper {
				return usage("verify 需要一份 .json 报告和 --key 公钥（或打印件上的 --code 核验码）", "verify takes one .json report and --key with the public key (or --code of a printed one)")
			}
			if v.key == "" && (v.passport != "" || v.plan != "" || len(v.base) > 0) {
				return usage("--passport、--plan、--base 要与 --key 公钥同用", "--passport, --plan and --base go with --key")
			}
			if *code != "" {
				var err error
				if v.code, err = papercode.Parse(*code); err != nil {
					return err
				}
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
			return a.verify(ctx, args[0], v)
		},
	}
}

// verification is what verify takes.
type verification struct {
	key, passport, plan string
	code, scan          string // of a printed report
	base                list
	crs                 geo.CRS
}

func (a *app) verify(ctx context.Context, file string, v verification) error {
	written, err := readWhole(file, maxReport)
	if err != nil {
		return err
	}
	wrong, scan, err := v.holdPaper(written)
	if err != nil {
		return inputErrorIn(err, file)
	}
	var p *passport.Passport
	if v.key != "" {
		var others []geo.Text
		if p, others, err = v.holdPassport(ctx, file, written, scan); err != nil {
			return err
		}
		wrong = append(wrong, others...)
	}
	held := passport.Parts{Paper: v.code != "" || v.scan != "", Plan: v.plan != "", Base: len(v.base) > 0}
	if _, err := fmt.Fprintln(a.stdout, held.Answer(wrong, p).In(a.lang)); err != nil {
		return err
	}
	if len(wrong) > 0 {
		return verdictError(exitViolations)
	}
	return nil
}

// holdPaper says where a printed report is not of the file.
func (v verification) holdPaper(written []byte) (wrong []geo.Text, scan papercode.Scan, err error) {
	if v.code != "" {
		if wrong, err = passport.HoldCode(written, v.code); err != nil {
			return nil, scan, err
		}
	}
	if v.scan == "" {
		return wrong, scan, nil
	}
	text, err := readWhole(v.scan, maxKey)
	if err != nil {
		return nil, scan, err
	}
	if scan, err = papercode.ParseScan(string(text)); err != nil {
		return nil, scan, inputErrorIn(err, v.scan)
	}
	others, err := passport.HoldScan(written, scan)
	return append(wrong, others...), scan, err
}

// holdPassport says what does not belong to the passport of a report: that of the
// flag, else that of the QR code, else the one beside the report.
func (v verification) holdPassport(ctx context.Context, file string, written []byte, scan papercode.Scan) (p *passport.Passport, wrong []geo.Text, err error) {
	text, err := readWhole(v.key, maxKey)
	if err != nil {
		return nil, nil, err
	}
	key, err := passport.ReadPublicKey(text)
	if err != nil {
		return nil, nil, inputErrorIn(err, v.key)
	}
	if v.passport == "" && v.scan != "" {
		if p, err = passport.FromScan(written, scan, key); err != nil {
			return nil, nil, inputErrorIn(err, v.scan)
		}
	} else if p, err = readPassport(cmp.Or(v.passport, passportOf(file))); err != nil {
		return nil, nil, err
	}
	held := passport.Held{Report: written}
	if held.Plan, held.Base, err = v.digests(ctx); err != nil {
		return nil, nil, err
	}
	wrong, err = p.Verify(key, held)
	return p, wrong, inputErrorIn(err, file)
}

func readPassport(file string) (*passport.Passport, error) {
	text, err := readWhole(file, maxReport)
	if err != nil {
		return nil, err
	}
	p, err := passport.Decode(text)
	return p, inputErrorIn(err, file)
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
