package pgtest

import (
	"context"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestCluster(t *testing.T) {
	var c Cluster
	one, two := c.Database(t), c.Database(t)
	if one == two {
		t.Fatal("two tests share a database")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, two)
	if err != nil {
		t.Fatal(err)
	}
	var wkt string
	if err := conn.QueryRow(ctx, "select st_astext(st_makepoint(1, 2))").Scan(&wkt); err != nil || wkt != "POINT(1 2)" {
		t.Errorf("%q, %v", wkt, err)
	}
	conn.Close(ctx)
	c.Stop()
	if _, err := os.Stat(c.Socket()); !os.IsNotExist(err) {
		t.Errorf("the directory is still there: %v", err)
	}
	c.Stop()
}

// A cluster that nobody asked a database of costs nothing.
func TestUnused(t *testing.T) {
	var c Cluster
	c.Stop()
}
