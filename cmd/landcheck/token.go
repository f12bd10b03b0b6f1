package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
	"time"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/geo"

	"github.com/google/uuid"
	"github.com/peterbourgon/ff/v3/ffcli"
)

// tokenFlags are those of token create, list and revoke.
type tokenFlags struct {
	database, data              string
	name, role, prefix, expires string
}

func (a *app) tokenCommand() *ffcli.Command {
	fs := a.flags("token")
	var f tokenFlags
	fs.StringVar(&f.database, "database", "", "of a service with a database: `postgres://user:password@host/name` 数据库")
	fs.StringVar(&f.data, "data", "", "of a service without one: its `directory`, default "+defaultData+" 数据目录")
	fs.StringVar(&f.name, "name", "", "create: whose it is 持有人")
	fs.StringVar(&f.role, "role", string(store.Submitter), "create: submitter, reviewer or admin 角色")
	fs.StringVar(&f.prefix, "prefix", "", "create: administrative `code` of its area, also the first digits; default everywhere 行政区代码前缀")
	fs.StringVar(&f.expires, "expires", "", "create: last `day` (2026-12-31), a time (RFC 3339) or a span from now (720h); default never 有效期")
	return &ffcli.Command{
		Name: "token", ShortUsage: "landcheck token create --name NAME [--role ROLE] [--prefix CODE] [--expires DAY] | list | revoke ID",
		ShortHelp: "who may use the service 管理访问令牌",
		LongHelp: "A token's secret is shown once, when it is made, and kept nowhere.\n" +
			"令牌的密文只在建立时显示一次，任何地方都不保存。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) == 0 {
				return usage("token 需要 create、list 或 revoke", "token takes create, list or revoke")
			}
			return a.token(ctx, args[0], args[1:], fs, &f)
		},
	}
}

func (a *app) token(ctx context.Context, verb string, args []string, fs *flag.FlagSet, f *tokenFlags) (err error) {
	var do func(context.Context, store.Store) error
	switch {
	case verb == "create" && len(args) == 0:
		do = func(ctx context.Context, s store.Store) error { return a.createToken(ctx, s, f) }
	case verb == "list" && len(args) == 0:
		do = a.listTokens
	case verb == "revoke" && len(args) == 1:
		do = func(ctx context.Context, s store.Store) error { return a.revokeToken(ctx, s, args[0]) }
	case verb == "revoke":
		return usage("token revoke 需要一个令牌编号，编号见 landcheck token list", "token revoke takes the id of one token; landcheck token list shows them")
	case verb == "create", verb == "list":
		return usage("token %[1]s 不接受参数 %[2]q", "token %[1]s takes no argument %[2]q", verb, args[0])
	default:
		return usage("没有 token %[1]s，可用的有：create, list, revoke", "there is no token %[1]s; there are create, list and revoke", verb)
	}
	var alien error
	fs.Visit(func(g *flag.Flag) {
		if verb != "create" && strings.HasPrefix(g.Usage, "create:") {
			alien = usage("token %[1]s 没有 --%[2]s", "token %[1]s has no --%[2]s", verb, g.Name)
		}
	})
	if alien != nil {
		return alien
	}
	s, err := openBeside(ctx, f.database, f.data, geo.Text{ZH: "请先停止那个服务，或让管理员用 POST、DELETE /v1/tokens 管理令牌",
		EN: "Stop that service first, or have an administrator use POST and DELETE /v1/tokens"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	return do(ctx, s.store)
}

// openBeside opens a service's store for a command; advice says how to go on
// where a running service has the directory.
func openBeside(ctx context.Context, database, data string, advice geo.Text) (*service, error) {
	switch {
	case database != "" && data != "":
		return nil, usage("--data 与 --database 只能用一个", "use either --data or --database")
	case database != "":
		if err := isDatabase("--database", database); err != nil {
			return nil, err
		}
	case data == "":
		data = defaultData
	}
	s := &service{}
	err := s.openStore(ctx, &serviceFlags{database: database, data: data})
	if inputErr, ok := geo.AsInputError(err); ok && errors.Is(err, embedded.ErrInUse) {
		told := *inputErr
		told.Advice = advice
		return nil, &told
	}
	return s, err
}

func (a *app) createToken(ctx context.Context, s store.Store, f *tokenFlags) error {
	expires, err := expiry(f.expires, time.Now())
	if err != nil {
		return err
	}
	t, secret, err := api.NewToken(f.name, store.Role(f.role), f.prefix, expires)
	if inputErr, ok := geo.AsInputError(err); ok && inputErr.Field != "" {
		return usage("--%[1]s：%[2]s。%[4]s", "--%[1]s: %[3]s. %[5]s", inputErr.Field, inputErr.Message.ZH, inputErr.Message.EN, inputErr.Advice.ZH, inputErr.Advice.EN)
	}
	if err != nil {
		return err
	}
	if err := s.AddToken(ctx, t); err != nil {
		return err
	}
	if err := record(ctx, s, "token-create", t); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, geo.Textf("令牌 %[1]s 已建立（%[2]s，%[3]s，范围 %[4]s）。密文只显示这一次：",
		"token %[1]s is made (%[2]s, %[3]s, area %[4]s). Its secret is shown this once:", t.ID, t.Name, t.Role, area(t.Prefix, a.lang)).In(a.lang))
	_, err = fmt.Fprintln(a.stdout, secret)
	return err
}

// expiry reads a day (its end, here), a time or a span from now; "" is never.
func expiry(s string, now time.Time) (*time.Time, error) {
	if s == "" {
		return nil, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, s, now.Location()); err == nil {
		end := day.AddDate(0, 0, 1).UTC()
		return &end, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		t = t.UTC()
		return &t, nil
	}
	if d, err := time.ParseDuration(s); err == nil {
		t := now.Add(d).UTC().Truncate(time.Second)
		return &t, nil
	}
	return nil, usage("--expires 不能是 %q，请写日期（2026-12-31）、时刻（RFC 3339）或时长（720h）",
		"--expires cannot be %q; write a day (2026-12-31), a time (RFC 3339) or a span (720h)", s)
}

func (a *app) listTokens(ctx context.Context, s store.Store) error {
	all, err := s.ListTokens(ctx)
	if err != nil {
		return err
	}
	var rows table
	rows = append(rows, strings.Fields(geo.Text{ZH: "编号 角色 范围 建立 有效期至 状态 持有人", EN: "ID ROLE AREA MADE EXPIRES STATE NAME"}.In(a.lang)))
	for _, t := range all {
		until := "-"
		if t.Expires != nil {
			until = t.Expires.Format(time.RFC3339)
		}
		rows.add(t.ID, t.Role, area(t.Prefix, a.lang), t.Created.Format(time.RFC3339), until, stateOf(t).In(a.lang), t.Name)
	}
	return rows.write(a.stdout)
}

func stateOf(t store.Token) geo.Text {
	switch {
	case t.Revoked != nil:
		return geo.Text{ZH: "已撤销", EN: "revoked"}
	case !t.Valid(time.Now()):
		return geo.Text{ZH: "已过期", EN: "expired"}
	}
	return geo.Text{ZH: "有效", EN: "valid"}
}

func area(prefix, lang string) string {
	if prefix == "" {
		return geo.Text{ZH: "全部", EN: "everywhere"}.In(lang)
	}
	return prefix
}

func (a *app) revokeToken(ctx context.Context, s store.Store, id string) error {
	all, err := s.ListTokens(ctx)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.ID != id {
			continue
		}
		if err := s.RevokeToken(ctx, id); err != nil {
			return err
		}
		if err := record(ctx, s, "token-revoke", t); err != nil {
			return err
		}
		_, err := fmt.Fprintln(a.stdout, geo.Textf("令牌 %[1]s（%[2]s）已撤销", "token %[1]s (%[2]s) is revoked", t.ID, t.Name).In(a.lang))
		return err
	}
	return usage("没有令牌 %q，编号见 landcheck token list", "there is no token %q; landcheck token list shows them", id)
}

// record puts a change of tokens into the audit trail.
func record(ctx context.Context, s store.Store, what string, t store.Token) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return s.Record(ctx, store.Entry{ID: id.String(), Time: time.Now().UTC(), Who: "shell:" + whoami(), What: what, Object: t.ID, County: t.Prefix})
}

// whoami is the user of this machine, by name or number.
func whoami() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return strconv.Itoa(os.Getuid())
}
