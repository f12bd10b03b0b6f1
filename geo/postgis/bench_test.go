package postgis

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"landcheck/geo"
	"landcheck/geo/postgis/pgtest"
	"landcheck/geo/shapefile"
	"landcheck/rules/sample"
)

// tuned is a server set up for bulk loads, as a county's would be.
var tuned = pgtest.Cluster{Settings: []string{"shared_buffers=2GB", "max_wal_size=16GB", "wal_level=minimal", "max_wal_senders=0",
	"maintenance_work_mem=1GB", "synchronous_commit=off", "random_page_cost=1.1", "effective_cache_size=8GB"}}

// benchColumns are what landcheck keeps of a land use layer.
var benchColumns = []string{"BSM", "TBBH", "DLBM", "ZLDWDM", "KCXS", "GDPDJB", "GDDB", "TBXHDM"}

// landUse is a DLTB.shp with about 60 vertices a parcel: that of the county in
// LANDCHECK_COUNTY, else a small one.
func landUse(b *testing.B) string {
	b.Helper()
	dir := os.Getenv("LANDCHECK_COUNTY")
	if dir == "" {
		county, err := sample.New(sample.Options{Parcels: 50_000, VerticesPerParcel: 60})
		if err != nil {
			b.Fatal(err)
		}
		dir = b.TempDir()
		if err := county.WriteBase(b.Context(), dir); err != nil {
			b.Fatal(err)
		}
	}
	return filepath.Join(dir, "DLTB.shp")
}

func openLayer(b *testing.B, path string) geo.Layer {
	b.Helper()
	l, err := shapefile.Open(path, filepath.Base(path))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	return l
}

// processors is the time that processors have spent on this process, those that
// it has started and the sessions that its database server has ended. On a busy
// machine it says more than the clock.
func processors(b *testing.B) time.Duration {
	b.Helper()
	var all time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			b.Fatal(err)
		}
		all += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	pid, err := os.ReadFile(filepath.Join(tuned.Socket(), "data", "postmaster.pid"))
	if err != nil {
		b.Fatal(err)
	}
	first, _, _ := strings.Cut(string(pid), "\n")
	stat, err := os.ReadFile(filepath.Join("/proc", first, "stat"))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	for _, ticks := range fields[13:15] { // cutime, cstime: 100 a second
		n, err := strconv.Atoi(ticks)
		if err != nil {
			b.Fatal(err)
		}
		all += time.Duration(n) * 10 * time.Millisecond
	}
	return all
}

// BenchmarkLoad loads a land use layer into a fresh database, indexes included:
// landcheck, what people use for it today, and the same bytes sent by COPY into
// a table without any index. Take ratios from one run.
func BenchmarkLoad(b *testing.B) {
	b.Cleanup(tuned.Stop)
	path := landUse(b)
	rows := openLayer(b, path).Len()
	run := func(name string, load func(b *testing.B, url string)) {
		b.Run(name, func(b *testing.B) {
			var used time.Duration
			for range b.N {
				b.StopTimer()
				url := tuned.Database(b)
				db := connect(b, url)
				if _, _, err := db.Migrate(b.Context()); err != nil {
					b.Fatal(err)
				}
				db.Close()
				before := processors(b)
				b.StartTimer()
				load(b, url)
				b.StopTimer()
				if err := tuned.Drop(url); err != nil { // ends its sessions, too
					b.Fatal(err)
				}
				used += processors(b) - before
			}
			b.ReportMetric(used.Seconds()*1e6/float64(rows*b.N), "cpu-µs/row")
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	run("landcheck", func(b *testing.B, url string) {
		db := connect(b, url)
		defer db.Close()
		s := source("land_use", openLayer(b, path))
		s.Columns = benchColumns
		if _, err := db.Load(b.Context(), county, []Source{s}, LoadOptions{}); err != nil {
			b.Fatal(err)
		}
	})
	run("ogr2ogr", func(b *testing.B, url string) {
		shell(b, `PG_USE_COPY=YES ogr2ogr -f PostgreSQL "$1" "$2" -nln dltb -select "$3" -nlt PROMOTE_TO_MULTI -lco GEOMETRY_NAME=geom -a_srs EPSG:4525`,
			"PG:"+keywords(url), path, strings.Join(benchColumns, ","))
	})
	run("shp2pgsql", func(b *testing.B, url string) {
		if _, err := exec.LookPath("shp2pgsql"); err != nil {
			b.Skip("shp2pgsql is not installed: scripts/install.sh bench")
		}
		shell(b, `shp2pgsql -D -I -s 4525 -W GBK "$2" public.dltb 2>/dev/null | psql -qX "$1" >/dev/null`, url, path)
	})
	bytes := copyBytes(b, path)
	run("COPY alone", func(b *testing.B, url string) {
		db := connect(b, url)
		defer db.Close()
		conn, err := db.pool.Acquire(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Release()
		sql := "begin; create table plain (like base.feature including all)"
		if _, err := conn.Exec(b.Context(), sql); err != nil {
			b.Fatal(err)
		}
		file, err := os.Open(bytes)
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		if _, err := conn.Conn().PgConn().CopyFrom(b.Context(), file, "copy plain ("+strings.Join(names(b, path), ", ")+") from stdin (format binary, freeze)"); err != nil {
			b.Fatal(err)
		}
		if _, err := conn.Exec(b.Context(), "commit"); err != nil {
			b.Fatal(err)
		}
	})
}

func shell(b *testing.B, script string, args ...string) {
	b.Helper()
	cmd := exec.Command("/bin/sh", append([]string{"-c", script, "sh"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
}

// keywords is a test database's URL as libpq's older form.
func keywords(url string) string {
	name, rest, _ := strings.Cut(strings.TrimPrefix(url, "postgres:///"), "?")
	host, _, _ := strings.Cut(strings.TrimPrefix(rest, "host="), "&")
	return "host=" + host + " user=postgres dbname=" + name
}

func benchEncoder(b *testing.B, path string) *encoder {
	b.Helper()
	l := openLayer(b, path)
	crs, err := l.CRS()
	if err != nil {
		b.Fatal(err)
	}
	e := newEncoder(county, 1, keptColumns(l.Fields(), benchColumns), uint32(crs.EPSG()))
	if e.surveyor, err = geo.NewSurveyor(crs, l.Bound().Center()); err != nil {
		b.Fatal(err)
	}
	return e
}

func names(b *testing.B, path string) []string { return benchEncoder(b, path).names() }

// copyBytes is a file of all that a load sends.
func copyBytes(b *testing.B, path string) string {
	b.Helper()
	e := benchEncoder(b, path)
	out, err := os.Create(filepath.Join(b.TempDir(), "copy"))
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	io.WriteString(out, copyHead)
	err = read(context.Background(), openLayer(b, path), e, func(batch *batch) error {
		if err := batch.encode(e); err != nil {
			return err
		}
		_, err := out.Write(batch.encoded)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	io.WriteString(out, copyTail)
	return out.Name()
}

// BenchmarkEncode encodes rows in one goroutine: what a load costs beside the
// database's part.
func BenchmarkEncode(b *testing.B) {
	path := landUse(b)
	e := benchEncoder(b, path)
	var batches []*batch
	rows := 0
	if err := read(b.Context(), openLayer(b, path), e, func(batch *batch) error {
		if rows += len(batch.features); rows < 50_000 {
			batches = append(batches, batch)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		for _, batch := range batches {
			batch.encoded = batch.encoded[:0]
			if err := batch.encode(e); err != nil {
				b.Fatal(err)
			}
			n += len(batch.features)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkCells reads two columns of a loaded layer, as bytes and as strings.
func BenchmarkCells(b *testing.B) {
	b.Cleanup(tuned.Stop)
	db := connect(b, tuned.Database(b))
	if _, _, err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	s := source("land_use", openLayer(b, landUse(b)))
	s.Columns = benchColumns
	loadInto(b, db, s)
	l := layers(b, db, 0)["land_use"].(*layer)
	columns := []string{"ZLDWDM", "KCXS"}
	b.Run("cells", func(b *testing.B) {
		for b.Loop() {
			if err := l.Cells(b.Context(), columns, func(int, [][]byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			rows(b, l, columns)
		}
	})
}
