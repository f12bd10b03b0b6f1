package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"net/netip"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"landcheck/api"
	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/api/store/postgres"
	"landcheck/api/subprocess"
	"landcheck/geo/postgis"
	"landcheck/rules/passport"
	"landcheck/rules/rulebook"

	"github.com/dustin/go-humanize"
)

// serviceFlags are what serve and worker share.
type serviceFlags struct {
	database       string
	books          list
	workers, jobs  int
	drain, lease   time.Duration
	databaseWait   time.Duration // at the start; 0: none
	level, logFile string
	limits         api.Limits
	limitFlags     *limitFlags
	log            *slog.Logger
	rulebooks      []*rulebook.Rulebook
	pins           []api.Pin // of rulebooks
	planRulebooks  bool      // plans and requests choose
	data           string    // of serve alone, as is what follows
	listen         string
	inBrowser      bool // --open
	bases          list
	waiting        int // checks of a county, and of a caller
	waitingEach    int
	oidc           api.OIDC
	public         string // address for browsers
	browser        string // that prints PDF
	proxies        list
	networks       []netip.Prefix // of proxies
	layers         string         // least role that sees base layers
	metrics        string         // address, "" one of its own, none nowhere
	metricsHere    bool           // beside the service
	keep           retentionFlags
	retention      store.Retention
	quotas         list
	quota          store.Quota
	maps           list // of the bureau's network
	basemaps       []api.Basemap
	keyFile        string // of passports
	key            *passport.PrivateKey
}

func (f *serviceFlags) register(fs *flag.FlagSet, workers int) {
	f.limits = api.Limits{}.WithDefaults()
	f.limits.CheckMemory = memoryOf(store.Slots(workers) + f.limits.Reads)
	f.limitFlags = &limitFlags{fs: fs}
	f.drain, f.lease = 30*time.Second, 10*time.Second
	fs.StringVar(&f.database, "database", "", "PostgreSQL with PostGIS, as `postgres://user:password@host/name` 数据库")
	fs.Var(&f.books, "rulebook", "rulebook `id or file` that judges all plans, or as 15=FILE those of the counties of a prefix; may be repeated; default nmg-2025 规则册")
	fs.BoolVar(&f.planRulebooks, "plan-rulebooks", false, "plans and requests may choose another of the rulebooks 由方案或请求选择规则册")
	fs.IntVar(&f.workers, "workers", workers, "`number` of checks at one time, and three more of counties that have none running; serve --workers 0 leaves them to landcheck worker 同时核查数")
	fs.IntVar(&f.jobs, "jobs", 0, "`number` of processors of one check, 0 for all 单次核查的并行数")
	fs.StringVar(&f.level, "log-level", "info", "debug, info, warn or error; the log goes to standard error as JSON 日志级别")
	fs.StringVar(&f.logFile, "log-file", "", "`file` for the log, begun anew at 50 MB, of which three older ones are kept; default standard error, with --open landcheck.log in the data directory 日志文件")
	fs.StringVar(&f.metrics, "metrics-listen", "", "`address` for /metrics; none for nowhere; default "+defaultMetrics+", or a free port where that is taken 指标监听地址")
	f.limitFlags.span(&f.drain, "drain", "`time` that running requests and checks have to end after SIGTERM 停止前的等待时间")
	f.limitFlags.span(&f.lease, "lease", "with --database: `time` after which a silent worker's check goes to another 租约时长")
	f.databaseWait = 24 * time.Hour
	f.limitFlags.wait(&f.databaseWait, "database-wait", "`time` to wait at the start for a database that is unavailable, 0s for none 启动时等待数据库的时间")
	f.limitFlags.packages(&f.limits)
}

// read turns flags into values before anything is opened.
func (f *serviceFlags) read(a *app) (err error) {
	if f.workers < 0 || f.workers > 1024 {
		return usage("--workers 须在 0 与 1024 之间", "--workers must be between 0 and 1024")
	}
	if f.jobs < 0 {
		return usage("--jobs 不能是负数", "--jobs cannot be negative")
	}
	if err := f.limitFlags.read(); err != nil {
		return err
	}
	if !isGiven(f.limitFlags.fs, "check-memory") {
		f.limits.CheckMemory = memoryOf(store.Slots(f.workers) + f.limits.Reads)
	}
	if f.limits.CheckMemory < minMemory {
		return usage("--check-memory 不能小于 %[1]s", "--check-memory cannot be less than %[1]s", humanize.IBytes(minMemory))
	}
	if f.database != "" {
		if err := isDatabase("--database", f.database); err != nil {
			return err
		}
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.level)); err != nil {
		return usage("--log-level 不能是 %q，只能是 debug、info、warn 或 error", "--log-level cannot be %q, only debug, info, warn or error", f.level)
	}
	f.log = slog.New(slog.NewJSONHandler(f.logWriter(a.rawErr), &slog.HandlerOptions{Level: level}))
	return f.pinRulebooks()
}

// isDatabase refuses what is no URL of a database.
func isDatabase(name, s string) error {
	if postgis.IsURL(s) {
		return nil
	}
	return usage("%[1]s 不是数据库地址，请写 postgres://用户:密码@主机/数据库", "%[1]s is no database; write postgres://user:password@host/name", name)
}

// service is a store with a server over it.
type service struct {
	store  store.Store
	server *api.Server
	place  string // of the store, for people
	close  func() error
}

// open has temporary files of its own and a store; closing gives both back.
func (f *serviceFlags) open(ctx context.Context) (_ *service, err error) {
	release, err := scratch()
	if err != nil {
		return nil, err
	}
	collectSteadily()
	s := &service{}
	if err := s.openStore(ctx, f); err != nil {
		return nil, errors.Join(err, release())
	}
	closeStore := s.close
	s.close = func() error { return errors.Join(closeStore(), release()) }
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	children := f.children()
	closeRest := s.close
	s.close = func() error { return errors.Join(children.Close(), closeRest()) }
	c := api.Config{Store: s.store, Version: version, Log: f.log, Books: f.rulebooks, Pins: f.pins, PlanRulebooks: f.planRulebooks, Limits: f.limits, Jobs: f.jobs, PublicURL: f.public, Browser: f.browser,
		Children: children, Proxies: f.networks,
		BaseLayers: store.Role(f.layers), MetricsHere: f.metricsHere, Database: f.database, Key: f.key, Basemaps: f.basemaps}
	if f.oidc.Issuer != "" {
		if c.Issuer, err = api.NewIssuer(ctx, f.oidc); err != nil {
			return nil, err
		}
	}
	s.server, err = api.New(c)
	return s, err
}

func (s *service) openStore(ctx context.Context, f *serviceFlags) error {
	if f.database != "" {
		return s.openDatabase(ctx, f)
	}
	return s.openDirectory(ctx, f)
}

func (s *service) openDatabase(ctx context.Context, f *serviceFlags) error {
	db, err := postgis.OpenService(ctx, f.database)
	if err != nil {
		return err
	}
	st, err := postgres.Open(ctx, db, postgres.Options{QueueLimit: f.waiting, CallerLimit: f.waitingEach, Quota: f.quota, Lease: f.lease, Log: f.log})
	if err != nil {
		db.Close()
		return err
	}
	s.store, s.place = st, db.Name()
	s.close = func() error {
		defer db.Close()
		return st.Close()
	}
	return nil
}

func (s *service) openDirectory(ctx context.Context, f *serviceFlags) error {
	bases, err := byCounty(ctx, f.bases)
	if err != nil {
		return err
	}
	st, err := embedded.Open(f.data, bases, embedded.Options{QueueLimit: f.waiting, CallerLimit: f.waitingEach, Quota: f.quota, Log: f.log, Cache: filepath.Join(f.data, "cache")})
	if err != nil {
		return err
	}
	s.store, s.place, s.close = st, f.data, st.Close
	return nil
}

// counties lists those with base data, for people.
func (s *service) counties(ctx context.Context) (string, error) {
	all, err := s.store.Counties(ctx, "")
	var codes []string
	for _, c := range all {
		codes = append(codes, c.Code)
	}
	if len(codes) == 0 {
		return "-", err
	}
	return strings.Join(codes, ", "), err
}

// How much memory a check may take unless somebody says: its share of three
// quarters of the machine, which leaves the rest to the service and to the pages
// of base data.
const (
	maxMemory  = 4 << 30
	minMemory  = 128 << 20 // with less a process does not come to its task
	memoryStep = 256 << 20
)

func memoryOf(children int) int64 {
	machine := subprocess.MachineMemory()
	if machine == 0 {
		return maxMemory
	}
	share := machine / 4 * 3 / int64(children)
	return min(maxMemory, max(memoryStep, share/memoryStep*memoryStep))
}

// isGiven tells whether a flag was set, by whatever means.
func isGiven(fs *flag.FlagSet, name string) (given bool) {
	fs.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return given
}

// processors is how many checks run at one time unless somebody says: each
// uses all of them where it can, two keep them busy where one cannot.
func processors() int { return min(2, runtime.GOMAXPROCS(0)) }
