package postgis

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// Unavailable marks what a database call ended with where the database could not be
// asked or could not answer; transient.Is tells. What the database says of the
// question itself, and the end of ctx, which is the caller's, stay as they are.
func Unavailable(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil || transient.Is(err) || !lost(err) {
		return err
	}
	return transient.Mark(err)
}

// lost tells whether a connection failed, or none was to be had. The driver
// gives what the network said as it came, an end of file for instance.
func lost(err error) bool {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return false // it could answer: transient.Is knows the codes
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	for _, end := range []error{pgconn.ErrConnClosed, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, puddle.ErrClosedPool, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			return true
		}
	}
	return errors.As(err, &connecting) || errors.As(err, &network) || pgconn.SafeToRetry(err)
}

// unusable is the input error of a database that is unavailable: for whoever named it, never
// for who asks a service.
func (db *DB) unusable(err error) error {
	why, advice := reason(err)
	return transient.Mark(&geo.InputError{File: db.name, Err: err, Advice: advice,
		Message: geo.Textf("数据库现在不能用，没有作出结论：%[1]s", "the database cannot be used now, no verdict was given: %[2]s", why.ZH, why.EN)})
}

// MayCome tells whether waiting helps at the start: not where the address, the
// user or the password is wrong.
func MayCome(err error) bool {
	code := codeOf(err)
	return transient.Is(err) && !strings.HasPrefix(code, "28") && code != "3D000"
}
