package postgis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// TestUnavailable: what a connection ends with is transient, what the database says
// of the question is not, and the end of the caller's context is the caller's.
func TestUnavailable(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		err         error
		unavailable bool
	}{
		{io.ErrUnexpectedEOF, true}, {io.EOF, true}, {fmt.Errorf("read: %w", pgconn.ErrConnClosed), true}, {net.ErrClosed, true},
		{context.DeadlineExceeded, true}, // of the call alone
		{&pgconn.PgError{Code: "57P01"}, true}, {&pgconn.PgError{Code: "40001"}, true},
		{&pgconn.PgError{Code: "22P02"}, false}, {pgx.ErrNoRows, false}, {errors.New("scan"), false},
	} {
		if got := transient.Is(Unavailable(t.Context(), c.err)); got != c.unavailable {
			t.Errorf("%v: %v", c.err, got)
		}
	}
	if err := Unavailable(ended, context.Canceled); transient.Is(err) {
		t.Errorf("the caller has gone: %v", err)
	}
}

// TestReason: people learn what is wrong and what to do, in both languages, and
// nothing of hosts, users and databases beyond the address that they gave.
func TestReason(t *testing.T) {
	said := `no pg_hba.conf entry for host "10.0.0.7", user "root", database "landbase"`
	for _, code := range []string{"28000", "28P01", "3D000", "42501", "53100", "53200", "53300", "25006", "57014", "55P03", "57P01", "57P03", "40001", "58030", "XX001", "08006"} {
		db := &DB{name: "postgres://clerk@db/x"}
		err := db.failed(t.Context(), "read", fmt.Errorf("failed to connect to `user=root database=landbase`: %w", &pgconn.PgError{Code: code, Message: said}))
		f, ok := geo.AsInputError(err)
		if !ok || !transient.Is(err) || f.File != db.name {
			t.Errorf("%s: %v", code, err)
			continue
		}
		text := f.Text()
		for _, words := range []string{text.ZH, text.EN} {
			if strings.Contains(words, "root") || strings.Contains(words, "10.0.0.7") || strings.Contains(words, "landbase") || !strings.Contains(words, code) {
				t.Errorf("%s: %s", code, words)
			}
		}
		if text.ZH == text.EN || f.Advice.ZH == "" || f.Advice.EN == "" {
			t.Errorf("%s: %+v", code, text)
		}
	}
	_, err := Open(t.Context(), "postgres://clerk:hunter2@127.0.0.1:1/x")
	if f, ok := geo.AsInputError(err); !ok || !MayCome(err) || strings.Contains(f.Text().EN, "hunter2") || !strings.Contains(f.Text().EN, "connection refused") {
		t.Errorf("%v", err)
	}
	if MayCome(&geo.InputError{Err: &pgconn.PgError{Code: "28P01"}}) || MayCome(&geo.InputError{}) {
		t.Error("waiting does not mend a password or a schema")
	}
}
