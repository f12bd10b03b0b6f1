package process

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestSchema: every command refuses a database that it does not fit, and says
// what to run; migrate leaves a newer one alone.
func TestSchema(t *testing.T) {
	t.Parallel()
	url := postgres.Database(t)
	commands := [][]string{
		{"serve", "--database", url, "--listen", "127.0.0.1:0"}, {"worker", "--database", url},
		{"token", "list", "--database", url},
		{"load", base(t), "--to", url}, {"check", plan(t, "01-compliant"), "--base", url},
	}
	refuse := func(zh, en string) {
		t.Helper()
		for _, c := range commands {
			for lang, want := range map[string]string{"zh": zh, "en": en} {
				if r := done(t, 2, append(c, "--lang", lang)...); !strings.Contains(r.stderr, want) || r.stdout != "" {
					t.Errorf("%s in %s: %s%s", c[0], lang, r.stdout, r.stderr)
				}
			}
		}
	}
	refuse("请运行 landcheck migrate", "Run landcheck migrate")
	dry := done(t, 0, "migrate", "--database", url, "--dry-run", "--lang", "en").stdout
	if !strings.Contains(dry, "service: version 0 would become") {
		t.Errorf("a dry run says %s", dry)
	}
	refuse("请运行 landcheck migrate", "Run landcheck migrate") // it changed nothing
	first := done(t, 0, "migrate", "--database", url, "--lang", "en").stdout
	again := done(t, 0, "migrate", "--database", url, "--lang", "en").stdout
	for _, schema := range []string{"base", "service", "river"} {
		if !strings.Contains(first, schema+": version 0 → ") || !strings.Contains(again, schema+": version ") || strings.Contains(again, "→") {
			t.Errorf("migrate says %s, then %s", first, again)
		}
	}
	for _, table := range []string{"base.schema_version", "service.schema_version"} {
		set(t, url, "update "+table+" set version = version + 50")
		if table == "service.schema_version" {
			commands = commands[:3] // base data is used without the service
		}
		refuse("请更新本程序", "Update this program")
		if r := done(t, 2, "migrate", "--database", url, "--lang", "en"); !strings.Contains(r.stderr, "too new") {
			t.Errorf("migrate of a newer schema: %s", r.stderr)
		}
		set(t, url, "update "+table+" set version = version - 50")
	}
}

func set(t testing.TB, url, statement string) {
	t.Helper()
	if _, err := connect(t, url).Exec(t.Context(), statement, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
}

// TestCommandLines: what cannot be carried out ends with 2, says why and what
// to do, in both languages, and does nothing.
func TestCommandLines(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	taken := must[net.Listener](t)(net.Listen("tcp", "127.0.0.1:0"))
	defer taken.Close()
	old := filepath.Join(t.TempDir(), "old.json")
	done(t, 0, "check", plan(t, "01-compliant"), "--base", base(t), "-o", old)
	noTownships := without(t, "XZQ")
	book := filepath.Join(t.TempDir(), "book.yaml")
	if err := os.WriteFile(book, []byte("id: mine\nextends: nowhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unreachable := "postgres://clerk:secret@127.0.0.1:1/x"
	for _, c := range []struct{ args, zh, en string }{
		{"chek", "没有命令 \"chek\"", "no command \"chek\""},
		{"serve here", "--base", "--base"},
		{"serve --workers -1", "--workers 须在", "--workers must be"},
		{"serve --workers 0", "需要 --database", "needs --database"},
		{"serve --workers x", "-workers", "-workers"},
		{"serve --nonsense", "没有 --nonsense", "no flag --nonsense"},
		{"serve --listen", "--listen 后面缺少值", "--listen lacks its value"},
		{"serve --jobs -1", "--jobs 不能是负数", "--jobs cannot be negative"},
		{"serve --max-upload lots", "请写大小", "write a size"},
		{"serve --max-upload 0", "请写大小", "write a size"},
		{"serve --max-vertices -5", "正整数", "whole number above zero"},
		{"serve --drain soon", "请写时长", "write a time"},
		{"serve --database-wait -1s", "请写时长", "write a time"},
		{"serve --log-level loud", "debug、info、warn 或 error", "debug, info, warn or error"},
		{"serve --oidc-issuer http://127.0.0.1:1", "要一起给出", "go together"},
		{"serve --oidc-issuer http://127.0.0.1:1 --oidc-audience x", "OIDC", "OIDC issuer cannot be used"},
		{"serve --oidc-client x", "需要 --oidc-issuer", "need --oidc-issuer"},
		{"serve --oidc-secret x", "需要 --oidc-issuer", "need --oidc-issuer"},
		{"serve --base-layers nobody", "只能是 submitter", "only submitter"},
		{"serve --trusted-proxy proxy.example.cn", "网段", "a network"},
		{"serve --oidc-issuer http://127.0.0.1:1 --oidc-audience x --public-url plans.example.cn", "不带路径", "without a path"},
		{"serve --oidc-issuer http://127.0.0.1:1 --oidc-audience x --public-url https://x/landcheck", "不带路径", "without a path"},
		{"serve --oidc-issuer http://127.0.0.1:1 --oidc-audience x --public-url https://a@x", "不带路径", "without a path"},
		{"serve --database mysql://x", "postgres://", "postgres://"},
		{"serve --database-wait 0s --database " + unreachable, "连接不上数据库", "cannot be reached"},
		{"serve --database " + url + " --data x", "只能用一个", "either --data or --database"},
		{"serve --database " + url + " --base " + base(t), "landcheck load", "landcheck load"},
		{"serve --base " + noTownships, "--base 150123=", "--base 150123="},
		{"serve --base " + base(t) + "/nowhere", "nowhere", "nowhere"},
		{"serve --base 150124=" + base(t), "不是旗县 150124 的底图", "not base data of county 150124"},
		{"serve --rulebook " + book, "book.yaml", "book.yaml"},
		{"serve --rulebook nowhere.yaml", "nowhere.yaml", "nowhere.yaml"},
		{"serve --config nowhere.conf", "nowhere.conf", "nowhere.conf"},
		{"serve --data " + book, "请用 --data 指定可以写入的目录", "--data that can be written"},
		{"serve --data /proc/landcheck", "请用 --data 指定可以写入的目录", "--data that can be written"},
		{"serve --listen 0.0.0.0:0", "landcheck token create", "landcheck token create"},
		{"serve --listen nonsense", "不能在 nonsense 上监听", "cannot listen at nonsense"},
		{"serve --listen " + taken.Addr().String(), "--listen", "--listen"},
		{"worker", "缺少 --database", "--database is missing"},
		{"worker --database " + url + " --workers 0", "至少为 1", "at least 1"},
		{"worker --database " + url + " --listen " + taken.Addr().String(), "--listen", "--listen"},
		{"migrate", "请写 postgres://", "write postgres://"},
		{"migrate --database " + unreachable, "连接不上数据库", "cannot be reached"},
		{"load", "load 需要底图", "load takes base data"},
		{"load " + base(t), "缺少 --to", "--to is missing"},
		{"load " + base(t) + " --to x", "postgres://", "postgres://"},
		{"load " + base(t) + " --to " + url + " --county 15", "150123", "150123"},
		{"load " + base(t) + " --to " + url + " --county 150124", "不是旗县 150124 的底图", "not base data of county 150124"},
		{"load " + noTownships + " --to " + url, "--county", "--county"},
		{"load " + noTownships + " --to " + url + " --county 15", "六位", "six digits"},
		{"load " + plan(t, "01-compliant") + " --to " + url, "底图图层", "base data may have"},
		{"check " + plan(t, "01-compliant") + " --base " + url + "&county=150124", "150124", "150124"},
		{"check " + plan(t, "01-compliant") + " --base " + url + "&version=9", "现有版本：1", "There are versions 1"},
		{"check " + plan(t, "01-compliant") + " --base " + url + "&version=x", "版本号", "version number"},
		{"check " + plan(t, "01-compliant") + " --base " + url + " --base " + base(t), "不能与其他", "cannot be combined"},
		{"check " + plan(t, "01-compliant") + " --base " + unreachable, "连接不上数据库", "cannot be reached"},
		{"token", "create、list 或 revoke", "create, list or revoke"},
		{"token borrow", "token borrow", "token borrow"},
		{"token create --database " + url, "--name", "--name"},
		{"token create --name x --role king --database " + url, "submitter, reviewer, admin", "submitter, reviewer or admin"},
		{"token create --name x --prefix 15x --database " + url, "--prefix", "--prefix"},
		{"token create --name x --expires 2020-01-01 --database " + url, "--expires", "--expires"},
		{"token create --name x --expires soon --database " + url, "2026-12-31", "2026-12-31"},
		{"token revoke --database " + url, "token list", "token list"},
		{"token revoke abc --database " + url, "没有令牌", "there is no token"},
		{"token list --name x --database " + url, "没有 --name", "has no --name"},
		{"diff", "两份 .json 报告", "two .json reports"},
		{"diff " + old + " nowhere.json", "nowhere.json", "nowhere.json"},
		{"diff " + old + " " + plan(t, "01-compliant"), "01-compliant.zip", "01-compliant.zip"},
		{"diff " + old + " " + old + " --format xml", "text 或 json", "text or json"},
		{"diff " + old + " " + old + " --fail-on always", "never", "never"},
	} {
		for lang, want := range map[string]string{"zh": c.zh, "en": c.en} {
			args := strings.Fields(c.args)
			r := landcheck(t, append([]string{"--lang", lang}, args...)...)
			if r.status != 2 || !strings.Contains(r.stderr, want) || r.stdout != "" || strings.Contains(strings.ReplaceAll(r.stderr, "--oidc-secret", ""), "secret") || told(r.stderr) != 1 {
				t.Errorf("%s (%s): status %d, want 2 and %q\n%s%s", c.args, lang, r.status, want, r.stdout, r.stderr)
			}
		}
	}
	if n := text(t, url, "select count(*)::text from service.token"); n != "0" {
		t.Errorf("%s tokens were made all the same", n)
	}
}

// told counts the lines of a message that are not an excerpt of a file.
func told(message string) (lines int) {
	for line := range strings.Lines(message) {
		if !strings.HasPrefix(line, " ") {
			lines++
		}
	}
	return lines
}
