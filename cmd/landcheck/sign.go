package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"landcheck/geo"
	"landcheck/geo/regular"
	"landcheck/rules/passport"
	"landcheck/rules/report"

	"github.com/peterbourgon/ff/v3/ffcli"
)

const (
	maxKey    = 64 << 10 // bytes of a key
	maxReport = 4 << 30  // and of a report
)

// passportEnding is of the passport of a report: report.json, report.passport.json.
const passportEnding = ".passport.json"

func (a *app) signCommand() *ffcli.Command {
	fs := a.flags("sign")
	key := fs.String("key", "", "`file` of the private key: PEM, Ed25519 or SM2 私钥文件")
	out := fs.String("o", "", "`file` of the passport; default beside the report, as NAME"+passportEnding+" 通行证文件")
	return &ffcli.Command{
		Name: "sign", ShortUsage: "landcheck sign REPORT.json --key KEY.pem",
		ShortHelp: "seal a report with a key: its passport 为报告签发通行证",
		LongHelp: "The passport holds the digests of report, plan, base layers, rulebook and engine and the verdict, signed. landcheck verify reads it.\n" +
			"通行证写有报告、方案、底图图层、规则册、程序的摘要和结论，并签名；用 landcheck verify 验证。\n\n" +
			"A key 密钥: openssl genpkey -algorithm ed25519 -out key.pem (SM2 国密: -algorithm SM2); openssl pkey -in key.pem -pubout -out key.pub",
		FlagSet: fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) != 1 || *key == "" {
				return usage("sign 需要一份 .json 报告和 --key 私钥", "sign takes one .json report and --key with the private key")
			}
			if *out == "" {
				*out = passportOf(args[0])
			}
			if err := guardOutputs([]string{*out}, []input{{path: args[0], what: geo.Text{ZH: "报告", EN: "the report"}}, {path: *key, what: geo.Text{ZH: "私钥", EN: "the private key"}}}); err != nil {
				return err
			}
			return a.sign(args[0], *key, *out)
		},
	}
}

// passportOf is where the passport of a report lies.
func passportOf(file string) string { return strings.TrimSuffix(file, ".json") + passportEnding }

func (a *app) sign(file, keyFile, out string) error {
	key, err := readPrivateKey(keyFile)
	if err != nil {
		return err
	}
	written, err := readWhole(file, maxReport)
	if err != nil {
		return err
	}
	p, err := passport.Of(written, key)
	if err != nil {
		return inputErrorIn(err, file)
	}
	if err := writePassport(out, p); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.stdout, geo.Textf("已签发 %[1]s：%[2]v，%[3]s 签名，公钥 %[4]s；核验码 %[5]s", "%[1]s: %[2]v, signed with %[3]s, public key %[4]s; code %[5]s", out, p.Verdict.Title(), p.Key.Algorithm, p.Key.Fingerprint, p.Code).In(a.lang))
	return err
}

// passports are the files of passports that a signed check writes.
func (f *checkFlags) passports() (files []string) {
	for _, path := range f.outputs {
		if format, err := report.ByPath(path); f.key != "" && err == nil && format.Name == "json" {
			files = append(files, passportOf(path))
		}
	}
	return files
}

// signed is the passport of a report that was just made.
func signed(in report.Input, key *passport.PrivateKey) (*passport.Passport, error) {
	format, err := report.ByName("json")
	if err != nil {
		return nil, err
	}
	var written bytes.Buffer
	if err := format.Write(&written, in); err != nil {
		return nil, err
	}
	return passport.Of(written.Bytes(), key)
}

func readPrivateKey(file string) (*passport.PrivateKey, error) {
	text, err := readWhole(file, maxKey)
	if err != nil {
		return nil, err
	}
	key, err := passport.ReadPrivateKey(text)
	return key, inputErrorIn(err, file)
}

func writePassport(file string, p *passport.Passport) error {
	data, err := p.Encode()
	if err != nil {
		return err
	}
	return replaceFile(file, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// readWhole reads a file of at most so many bytes.
func readWhole(path string, most int64) ([]byte, error) {
	file, err := regular.Open(path)
	if err != nil {
		return nil, inputErrorIn(err, path)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, &geo.InputError{File: path, Message: geo.Text{ZH: "文件过大", EN: "the file is too large"},
			Advice: geo.Text{ZH: "请检查是否给错了文件", EN: "See whether it is the right file"}}
	}
	return data, nil
}

// inputErrorIn names the file of an input error that names none.
func inputErrorIn(err error, path string) error {
	if f, ok := geo.AsInputError(err); ok && f.File == "" {
		f.File = path
	}
	return err
}
