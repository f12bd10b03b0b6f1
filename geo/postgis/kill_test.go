package postgis

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// killedURL makes the test binary a process that loads and is killed.
const killedURL = "LANDCHECK_TEST_VICTIM"

// loadUntilKilled loads a large layer and says when rows are on their way; then it
// waits to be killed.
func loadUntilKilled() int {
	db, err := Open(context.Background(), os.Getenv(killedURL))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	first := true
	_, err = db.Load(context.Background(), county, []Source{source("land_use", parcels(60_000, "v"))}, LoadOptions{
		Progress: func(LoadProgress) {
			if first {
				fmt.Println("loading")
				time.Sleep(time.Minute)
			}
			first = false
		}})
	fmt.Println("not killed", err)
	return 1
}

// TestKilledLoad: whatever ends a load in the middle, the version before goes
// on serving and nothing is left behind.
func TestKilledLoad(t *testing.T) {
	url := postgres.Database(t)
	db := connect(t, url)
	if _, _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	loadInto(t, db, source("land_use", parcels(500, "old")))
	want := near(t, layers(t, db, 0)["land_use"], nil, []string{"BSM", "KCXS"})
	for name, kill := range map[string]func(t *testing.T){
		"killed": func(t *testing.T) {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), killedURL+"="+url)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(out).ReadString('\n')
			if line != "loading\n" {
				t.Fatalf("the other process said %q, %v", line, err)
			}
			cmd.Process.Kill()
			cmd.Wait()
		},
		"cancelled": func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := db.Load(ctx, county, []Source{source("land_use", parcels(60_000, "c"))}, LoadOptions{
				Progress: func(p LoadProgress) {
					if p.Rows > 10_000 {
						cancel()
					}
				}})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("a cancelled load ended with %v", err)
			}
		},
		"disconnected": func(t *testing.T) {
			_, err := db.Load(t.Context(), county, []Source{source("land_use", parcels(60_000, "d"))}, LoadOptions{
				Progress: func(p LoadProgress) {
					if p.Rows > 10_000 {
						terminate(t, db)
					}
				}})
			if err == nil {
				t.Error("a load without its connection succeeded")
			}
		},
		"bad layer": func(t *testing.T) {
			_, err := db.Load(t.Context(), county, []Source{source("land_use", parcels(500, "b")), source("pbf", broken{parcels(20_000, "b")})}, LoadOptions{})
			if f, ok := geo.AsInputError(err); !ok || f.File != "DLTB.shp" || f.Record != 15_001 {
				t.Errorf("a broken layer ended with %v", err)
			}
		},
		"no digest": func(t *testing.T) {
			_, err := db.Load(t.Context(), county, []Source{source("land_use", illegible{parcels(500, "b")})}, LoadOptions{})
			if f, ok := geo.AsInputError(err); !ok || f.File != "DLTB.shp" {
				t.Errorf("a layer that cannot be digested ended with %v", err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			tables, datasets, features := debris(t, db)
			kill(t)
			waitForIdle(t, db)
			if a, b, c := debris(t, db); a != tables || b != datasets || c != features {
				t.Errorf("%d tables, %d datasets, %d features, were %d, %d, %d", a, b, c, tables, datasets, features)
			}
			sameFeatures(t, name, near(t, layers(t, db, 0)["land_use"], nil, []string{"BSM", "KCXS"}), want)
		})
	}
	if v := loadInto(t, db, source("land_use", parcels(500, "new"))); v != 2 {
		t.Errorf("the next version is %d", v)
	}
}

// terminate ends every other session that is in the middle of a COPY.
func terminate(t *testing.T, db *DB) {
	if _, err := db.pool.Exec(t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and query like 'copy%'`); err != nil {
		t.Error(err)
	}
}

// waitForIdle waits until the server has noticed that its clients are gone.
func waitForIdle(t *testing.T, db *DB) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(10 * time.Millisecond) {
		var busy int
		err := db.pool.QueryRow(t.Context(), `select count(*) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`).Scan(&busy)
		if err != nil {
			t.Fatal(err)
		}
		if busy == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d sessions are still busy", busy)
		}
	}
}

// broken fails in the middle, as a cut-off file does.
type broken struct{ geo.Layer }

func (b broken) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		for f, err := range b.Layer.Near(ctx, boxes, columns) {
			if f.Record > 15_000 {
				err = &geo.InputError{Record: f.Record, Message: geo.Text{ZH: "坏了", EN: "broken"}}
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

// illegible cannot be digested.
type illegible struct{ geo.Layer }

func (illegible) Digest(context.Context) (string, error) {
	return "", &geo.InputError{Message: geo.Text{ZH: "读不出", EN: "illegible"}}
}
