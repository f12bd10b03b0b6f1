package postgis

import (
	"context"
	"errors"
	"net"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"landcheck/geo"
)

// refused is the *geo.InputError of what a database will not do and whoever runs it
// can mend; nil for what would be our own mistake.
func refused(name string, err error) error {
	if code := codeOf(err); code != "0A000" && code != "58P01" { // feature_not_supported, undefined_file: of an extension
		return nil
	}
	return &geo.InputError{File: name, Err: err,
		Message: geo.Textf("数据库拒绝：%s", "the database refuses: %s", lastWords(err)),
		Advice: geo.Text{ZH: "请在数据库服务器上安装 PostGIS（Debian：postgresql-15-postgis-3）",
			EN: "Install PostGIS on the database server (Debian: postgresql-15-postgis-3)"}}
}

// codeOf is what the database said, "" where it said nothing.
func codeOf(err error) string {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return said.Code
	}
	return ""
}

// reason says why a database cannot be used and what whoever runs it can do. It
// names no host, user or database that its reader did not: drivers and servers
// do, also those that they found in the environment.
func reason(err error) (why, advice geo.Text) {
	code := codeOf(err)
	for _, r := range reasons {
		if strings.HasPrefix(code, r.code) {
			return geo.Textf(r.why.ZH+"（%s）", r.why.EN+" (%s)", code), r.advice
		}
	}
	advice = geo.Text{ZH: "请检查地址，以及数据库是否在运行，然后重试", EN: "Check the address and that the database is running, then try again"}
	if code != "" {
		return geo.Textf("数据库报错（%s）", "it reports an error (%s)", code), advice
	}
	return geo.Text{ZH: lastWords(err), EN: lastWords(err)}, advice
}

// reasons by SQLSTATE or the beginning of one; the first that fits is meant.
var reasons = []struct {
	code        string
	why, advice geo.Text
}{
	{"28", geo.Text{ZH: "用户或密码不被接受", EN: "the user or password is not accepted"},
		geo.Text{ZH: "请检查地址、用户和密码", EN: "Check the address, user and password"}},
	{"3D000", geo.Text{ZH: "没有这个数据库", EN: "there is no such database"},
		geo.Text{ZH: "请检查地址，或先建立数据库", EN: "Check the address, or make the database first"}},
	{"42501", geo.Text{ZH: "权限不足", EN: "a right is missing"},
		geo.Text{ZH: "请用数据库所有者的账户，或由管理员授权（建立结构需要 CREATE 权限）",
			EN: "Use the account that owns the database, or have it granted (making schemas takes CREATE)"}},
	{"53100", geo.Text{ZH: "数据库所在磁盘已满", EN: "its disk is full"},
		geo.Text{ZH: "请为数据库腾出磁盘空间", EN: "Make room on the disk of the database"}},
	{"53300", geo.Text{ZH: "数据库连接数已满", EN: "all its connections are taken"},
		geo.Text{ZH: "请稍后重试，或请管理员调大 max_connections", EN: "Try again later, or have max_connections raised"}},
	{"53", geo.Text{ZH: "数据库资源不足", EN: "it has no resources left"},
		geo.Text{ZH: "请稍后重试，或请数据库管理员查看", EN: "Try again later, or ask the administrator of the database"}},
	{"25006", geo.Text{ZH: "数据库是只读的", EN: "it is read-only"},
		geo.Text{ZH: "请连接主库，不要连接只读副本", EN: "Connect to the primary, not to a read-only replica"}},
	{"57014", geo.Text{ZH: "数据库中止了查询（超过 statement_timeout，或由管理员取消）", EN: "it ended the query (statement_timeout, or by hand)"},
		geo.Text{ZH: "请放宽数据库的 statement_timeout，或稍后重试", EN: "Raise the database's statement_timeout, or try again later"}},
	{"55P03", geo.Text{ZH: "等锁超时", EN: "a lock was not to be had in time"},
		geo.Text{ZH: "请稍后重试", EN: "Try again later"}},
	{"57P03", geo.Text{ZH: "数据库正在启动、停止或恢复", EN: "it is starting, stopping or recovering"},
		geo.Text{ZH: "请稍后重试", EN: "Try again shortly"}},
	{"57P", geo.Text{ZH: "数据库已停止，或断开了连接", EN: "it was stopped, or closed the connection"},
		geo.Text{ZH: "请待数据库恢复后重试", EN: "Try again when it is back"}},
	{"08", geo.Text{ZH: "连接不上", EN: "it cannot be reached"},
		geo.Text{ZH: "请检查该服务器是否在运行，然后重试", EN: "Check that this server is running, then try again"}},
	{"40", geo.Text{ZH: "与其他操作冲突，已回滚", EN: "it rolled back for a conflict with others"},
		geo.Text{ZH: "请重试", EN: "Try again"}},
	{"58", geo.Text{ZH: "数据库读写文件失败", EN: "it cannot read or write its files"},
		geo.Text{ZH: "请数据库管理员查看", EN: "Ask the administrator of the database"}},
	{"XX00", geo.Text{ZH: "数据库中的数据已损坏", EN: "its data are damaged"},
		geo.Text{ZH: "请数据库管理员查看", EN: "Ask the administrator of the database"}},
}

// lastWords is the innermost error, on one line: what went wrong, without the
// addresses of where.
func lastWords(err error) string {
	var said *pgconn.PgError
	var name *net.DNSError
	var network *net.OpError
	switch {
	case errors.As(err, &said):
		return said.Message
	case errors.As(err, &name):
		return name.Err
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "timeout"
	case errors.As(err, &network):
		err = network.Err
	}
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return strings.Join(strings.Fields(err.Error()), " ")
		}
		err = inner
	}
}
