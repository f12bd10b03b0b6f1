package faults

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestRoomMade: on a full disk a running service deletes, and a service that is
// stopped is pruned, so that plans come in again; nobody has to make room first.
func TestRoomMade(t *testing.T) {
	disk := tmpfs(t, t.TempDir(), 64<<20)
	data := filepath.Join(disk, "data")
	r, p := newRandom(t), directory(t, data)
	p.ready()
	w := newTraffic(t, p, r)
	for len(w.plans) < 6 {
		w.begin()
	}
	w.kept()
	fill(t, disk)
	if status, text := p.ask("POST", "/v1/plans/"+w.asked[0].plan+"/checks"); status != http.StatusServiceUnavailable {
		t.Errorf("a check on a full disk: %d %s", status, text)
	}
	for _, a := range w.asked[:3] {
		w.delete(a)
	}
	before := len(w.plans)
	w.begin()
	if len(w.plans) == before {
		t.Error("nothing is accepted after three of six plans were deleted")
	}
	w.kept()
	p.stop()
	fill(t, disk)
	done(t, 0, "prune", "--keep", "1ms", "--data", data)
	p.start()
	p.ready()
	if gone := w.pruned(); gone != len(w.asked) {
		t.Errorf("%d of %d plans were removed", gone, len(w.asked))
	}
	undisturbed(t, p, data)
}

// delete removes a plan and what was promised of it.
func (w *traffic) delete(a *asked) {
	w.t.Helper()
	if status, text := w.server.ask("DELETE", "/v1/plans/"+a.plan+"?reason=room"); status != http.StatusNoContent {
		w.t.Errorf("DELETE of a plan: %d %s", status, text)
	}
	delete(w.plans, a.plan)
	for i, other := range w.asked {
		if other == a {
			w.asked = append(w.asked[:i:i], w.asked[i+1:]...)
		}
	}
}

// TestPruneOfFullKilled: as TestPruneKilled, on a disk that stays full.
func TestPruneOfFullKilled(t *testing.T) {
	disk := tmpfs(t, t.TempDir(), 64<<20)
	data, file := filepath.Join(disk, "data"), filepath.Join(t.TempDir(), "saved.tar")
	r := newRandom(t)
	w := stocked(t, r, data, 6)
	done(t, 0, "backup", file, "--data", data)
	var span time.Duration
	n, some := 0, 0
	for i := range 1 + times() { // the first ends, and says how long it takes
		if err := os.RemoveAll(data); err != nil {
			t.Fatal(err)
		}
		done(t, 0, "restore", file, "--data", data)
		w.server.start()
		w.server.ready() // which makes the reserve
		w.server.stop()
		filler := fill(t, disk)
		if i == 0 {
			span = lasts(func() { done(t, 0, "prune", "--keep", "1ms", "--data", data) })
		} else if killed(t, r, span, "prune", "--keep", "1ms", "--data", data) {
			n++
		}
		w.server.start()
		w.server.ready()
		remove(t, filler) // readings are recorded, which takes room
		if gone := w.pruned(); gone > 0 && gone < len(w.asked) {
			some++
		}
		w.server.stop()
		filler = fill(t, disk)
		done(t, 0, "prune", "--keep", "1ms", "--data", data)
		w.server.start()
		w.server.ready()
		remove(t, filler)
		if gone := w.pruned(); gone != len(w.asked) {
			t.Errorf("%d of %d plans were removed", gone, len(w.asked))
		}
		undisturbed(t, w.server, data)
	}
	t.Logf("%d of %d prunes were killed, %d between plans", n, times(), some)
}

// TestRoomMadeInDatabase: while the disk of the tables is full, and that of the
// database's log is not, plans are deleted, and after a prune others have their room.
func TestRoomMadeInDatabase(t *testing.T) {
	w, _ := newWorld(t)
	for len(w.plans) < 4 {
		w.round()
	}
	w.kept()
	disk := w.small()
	for _, table := range []string{"artifact_part", "plan_part", "artifact", "plan", "check_run", "audit"} {
		w.execute("vacuum service." + table) // as the database does by itself; its maps take room once
	}
	fill(t, disk)
	before := len(w.plans)
	if w.round(); len(w.plans) > before {
		t.Error("a plan is accepted on a full disk")
	}
	for _, a := range slices.Clone(w.asked[2:]) {
		w.delete(a)
	}
	done(t, 0, "prune", "--keep", "1h", "--database", w.direct) // nothing is so old
	before = len(w.plans)
	if w.round(); len(w.plans) == before {
		t.Error("nothing is accepted after half of the plans were deleted")
	}
	done(t, 0, "prune", "--keep", "1ms", "--database", w.direct)
	w.asked = nil
	if w.round(); len(w.plans) < before+2 {
		t.Error("nothing is accepted after all plans were removed")
	}
}

func (w *world) execute(statement string) {
	w.t.Helper()
	conn := must[*pgx.Conn](w.t)(pgx.Connect(context.Background(), w.direct))
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), statement); err != nil {
		w.t.Fatal(err)
	}
}
