package api

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/api/subprocess"
	"landcheck/api/throttle"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/outfile"
	"landcheck/geo/postgis"
)

// loadsAtOnce is how many loads a server makes at one time.
const loadsAtOnce = 2

// loadPace is how often it is said how far a load is, and heard whether somebody has
// cancelled it.
const loadPace = time.Second

// loads are those that this server makes.
type loads struct {
	queue *throttle.Queue
	group guard.Group

	mutex   sync.Mutex
	closed  bool // with the server
	running map[string]context.CancelFunc
}

func newLoads() *loads {
	return &loads{queue: throttle.NewQueue(loadsAtOnce), group: guard.New(), running: map[string]context.CancelFunc{}}
}

// end stops what runs and waits for it.
func (l *loads) end() {
	l.mutex.Lock()
	l.closed = true
	for _, stop := range l.running {
		stop()
	}
	l.mutex.Unlock()
	_ = l.group.Wait() // each says by itself what came of it
}

// cancel stops a load, where it is one of this server's; another hears of it by the
// store.
func (l *loads) cancel(id string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if stop, ok := l.running[id]; ok {
		stop()
	}
}

// start makes a load beside the requests, and removes the upload's directory after it.
func (l *loads) start(s *Server, t store.LoadTask, dir string) {
	ctx, stop := context.WithCancel(context.Background())
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.running[t.Load.ID] = stop
	if l.closed {
		stop()
	}
	l.group.Go(func() error {
		defer func() {
			stop()
			l.mutex.Lock()
			delete(l.running, t.Load.ID)
			l.mutex.Unlock()
			_ = outfile.RemoveAll(dir) // what stays is swept at the next start
		}()
		err := guard.Do("loading base data", func() error { return s.load(ctx, stop, t) })
		s.loadEnded(t.Load, err)
		return nil
	})
}

// load makes a load when its turn has come.
func (s *Server) load(ctx context.Context, stop func(), t store.LoadTask) (err error) {
	var done, total atomic.Int64
	t.Progress = func(n, of int) { done.Store(int64(n)); total.Store(int64(of)) }
	noting, ended := context.WithCancel(ctx)
	noted := guard.Go("noting a load", func() error {
		for {
			select {
			case <-noting.Done():
				return nil
			case <-time.After(loadPace):
			}
			if err := s.Store.NoteLoad(noting, t.Load.ID, int(done.Load()), int(total.Load())); errors.Is(err, store.ErrFinished) {
				stop()
			} // else it is tried again
		}
	})
	defer func() { ended(); err = errors.Join(err, <-noted) }()
	leave, ok := s.loads.queue.Wait(ctx, t.Load.County)
	if !ok {
		return ctx.Err()
	}
	defer leave()
	if t.Dir, err = s.Store.LoadDir(ctx, t.Load.ID); err != nil {
		return err
	}
	if t.Dir != "" {
		defer outfile.RemoveAll(t.Dir) // nothing is there once it is a version's
	}
	if s.Children != nil {
		if err := s.loadInChild(ctx, t); err != nil || t.Dir == "" {
			return err
		}
		t.Prepared = true
	}
	_, err = s.Store.Keep(ctx, t)
	return err
}

// loadInChild loads base data into a database in a child process, or prepares its
// files there.
func (s *Server) loadInChild(ctx context.Context, t store.LoadTask) error {
	end, err := s.Children.Run(ctx, subprocess.Task{
		Body: childTask{Load: &loadJob{Task: t, Database: Database{s.Database, s.patience()}}},
		Note: func(body json.RawMessage) {
			var n childProgress
			if json.Unmarshal(body, &n) == nil {
				t.Told(n.Done, n.Total)
			}
		}}, nil)
	s.ended("load", t.Load.ID, end)
	var gone *subprocess.Ended
	if !errors.As(err, &gone) {
		return err
	}
	switch end.How {
	case subprocess.Memory:
		return &geo.InputError{Err: err,
			Message: geo.Textf("装载底图需要的内存超过 %s", "loading the base data needs more than %s of memory", bytesOf(s.Limits.CheckMemory)),
			Advice:  geo.Text{ZH: "请管理员放宽 --check-memory", EN: "Ask the administrator for a larger --check-memory"}}
	case subprocess.Crash:
		return &geo.InputError{Err: err,
			Message: geo.Text{ZH: "装载底图的进程异常退出，没有留下任何内容", EN: "the process that loaded the base data broke down; nothing of it was kept"},
			Advice:  geo.Text{ZH: "请检查文件是否损坏并重新导出；再次出现时请告诉管理员", EN: "See that the files are whole and export them anew; if it comes back, tell the administrator"}}
	}
	return problem.Unavailable(err)
}

// loadEnded writes down why a load came to nothing.
func (s *Server) loadEnded(l store.Load, err error) {
	if err == nil || errors.Is(err, store.ErrFinished) {
		return
	}
	s.Log.Warn("base data was not loaded", "load", l.ID, "county", l.County, "error", err)
	p := store.Interrupted()
	if !errors.Is(err, context.Canceled) {
		found := problem.Of(err)
		p = &store.Problem{Fault: found.Status < 500, File: found.File, Record: found.Record, Field: found.Field, Detail: found.Detail, Advice: found.Advice}
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.Limits.Timeout)
	defer cancel()
	if err := s.Store.FailLoad(ctx, l.ID, p); err != nil {
		s.Log.Warn("the end of a load was not written down", "load", l.ID, "error", err) // it is silent from now on, and so given up
	}
}

// KeepBase loads base data in a child process: into a database, or prepared as files.
type KeepBase func(ctx context.Context, database Database, t store.LoadTask) error

// loadJob is base data to be loaded in a child.
type loadJob struct {
	Task     store.LoadTask `json:"task"`
	Database Database       `json:"database"`
}

func (j *loadJob) run(ctx context.Context, keep KeepBase, parent *subprocess.Caller) error {
	j.Task.Progress = func(done, total int) { parent.Note(childProgress{done, total}) }
	err := keep(ctx, j.Database, j.Task)
	if j.Database.URL != "" {
		err = postgis.Unavailable(ctx, err)
	}
	return err
}
