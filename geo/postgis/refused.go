package postgis

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"landcheck/geo"
)

// refused is the *geo.Fault of what a database will not do and whoever runs it
// can mend; nil for what would be our own mistake.
func refused(name string, err error) error {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return nil
	}
	var advice geo.Text
	switch {
	case said.Code == "42501": // insufficient_privilege
		advice = geo.Text{ZH: "请用数据库所有者的账户，或由管理员授权（建立结构需要 CREATE 权限）",
			EN: "Use the account that owns the database, or have it granted (making schemas takes CREATE)"}
	case said.Code == "0A000" || said.Code == "58P01": // feature_not_supported, undefined_file: of an extension
		advice = geo.Text{ZH: "请在数据库服务器上安装 PostGIS（Debian：postgresql-15-postgis-3）",
			EN: "Install PostGIS on the database server (Debian: postgresql-15-postgis-3)"}
	case said.Code == "53100": // disk_full
		advice = geo.Text{ZH: "请为数据库腾出磁盘空间", EN: "Make room on the disk of the database"}
	case said.Code == "25006": // read_only_sql_transaction
		advice = geo.Text{ZH: "请连接主库，不要连接只读副本", EN: "Connect to the primary, not to a read-only replica"}
	case strings.HasPrefix(said.Code, "53"), strings.HasPrefix(said.Code, "57P"): // insufficient_resources, operator_intervention
		advice = geo.Text{ZH: "请稍后再试，或请数据库管理员查看", EN: "Try again later, or ask the administrator of the database"}
	default:
		return nil
	}
	return &geo.Fault{File: name, Err: err, Advice: advice,
		Problem: geo.Textf("数据库拒绝：%s", "the database refuses: %s", said.Message)}
}

// oneLine is an error that a library wrote over several lines.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
