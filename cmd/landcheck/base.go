package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"landcheck/api/store/postgres"
	"landcheck/geo/catalog"
	"landcheck/geo/guard"
	"landcheck/geo/postgis"
	"landcheck/rules/plan"
)

// openedBase is base data with whatever closes it.
type openedBase struct {
	*plan.Base
	close func()
}

// openBaseEarly begins to open base data that lies in files while the plan is
// still being read; a database cannot be asked before the plan's county is
// known. What it gives has to be called once: with the plan, or with nil where
// there will be no check.
func openBaseEarly(ctx context.Context, paths []string, o plan.BaseOptions) func(p *plan.Plan) (openedBase, error) {
	if slices.ContainsFunc(paths, postgis.IsURL) {
		return func(p *plan.Plan) (openedBase, error) {
			if p == nil {
				return openedBase{}, nil
			}
			return openDatabase(ctx, paths, o, p)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	open := sync.OnceValues(func() (*plan.Base, error) { return plan.OpenBase(ctx, paths, o) })
	ahead := func() error { _, err := open(); return err }
	_ = guard.Go("base data", ahead) // a panic comes again with every call of open
	return func(p *plan.Plan) (openedBase, error) {
		if p == nil {
			cancel()
			if slices.ContainsFunc(paths, isArchive) {
				closeOnError(open()) // or what was unpacked would stay
			} else {
				_ = guard.Go("base data", func() error { closeOnError(open()); return nil }) // a million records are not waited for to say what is wrong with a plan
			}
			return openedBase{}, nil
		}
		base, err := open()
		if err != nil {
			cancel()
			return openedBase{}, err
		}
		return openedBase{base, func() { base.Close(); cancel() }}, nil
	}
}

func isArchive(path string) bool { return strings.EqualFold(filepath.Ext(path), ".zip") }

func closeOnError(b *plan.Base, err error) {
	if err == nil {
		b.Close()
	}
}

// databasePatience is how long a check waits for a lock in a database, or for one
// that answers nobody.
const databasePatience = time.Minute

// openDatabase opens a county of a database for a plan.
func openDatabase(ctx context.Context, paths []string, o plan.BaseOptions, p *plan.Plan) (openedBase, error) {
	if len(paths) > 1 {
		return openedBase{}, usage("数据库底图不能与其他 --base 一起用", "base data from a database cannot be combined with another --base")
	}
	if !o.CRS.IsZero() {
		return openedBase{}, usage("--crs 用于文件底图；数据库底图的坐标系在装载时已定", "--crs is for files; base data in a database has its system since it was loaded")
	}
	source, err := databaseBase(paths[0], p)
	if err != nil {
		return openedBase{}, err
	}
	db, err := postgis.OpenPatient(ctx, source.url, databasePatience)
	if err != nil {
		return openedBase{}, err
	}
	base, err := source.read(ctx, db, p)
	if err != nil {
		db.Close()
		return openedBase{}, err
	}
	return openedBase{base, func() { base.Close(); db.Close() }}, nil
}

// cacheDir is where base layers are remembered: where the flag says, else in
// the user's cache directory if there is one.
func cacheDir(flag string) string {
	switch flag {
	case "off":
		return ""
	case "":
		dir, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		return filepath.Join(dir, cacheFolder)
	}
	return flag
}

// baseSource is a version of a county in a database.
type baseSource struct {
	url, county string
	version     int // 0 the current one
}

// databaseBase reads postgres://…?county=150123&version=3: what is landcheck's
// is taken off before the database sees it. The county is else the plan's.
func databaseBase(s string, p *plan.Plan) (baseSource, error) {
	b := baseSource{url: s, county: p.County}
	u, err := url.Parse(s)
	if err != nil {
		return b, nil // for the database to refuse, which hides the password
	}
	q := u.Query()
	if county := q.Get("county"); county != "" {
		if p.County != "" && county != p.County {
			return b, usage("方案属于旗县 %[1]s，而 --base 指定了 %[2]s", "the plan is of county %[1]s, but --base says %[2]s", p.County, county)
		}
		b.county = county
	}
	if v := q.Get("version"); v != "" {
		if b.version, err = strconv.Atoi(v); err != nil || b.version < 1 {
			return b, usage("--base 中的 version=%q 不是版本号", "version=%q in --base is no version number", v)
		}
	}
	if b.county == "" {
		return b, usage("方案没有写明旗县，请在 --base 的数据库地址后加 ?county=150123", "the plan does not say its county: add ?county=150123 to the database given as --base")
	}
	q.Del("county")
	q.Del("version")
	u.RawQuery = q.Encode()
	b.url = u.String()
	return b, nil
}

func (b baseSource) read(ctx context.Context, db *postgis.DB, p *plan.Plan) (*plan.Base, error) {
	near, err := p.Around()
	if err != nil {
		return nil, err
	}
	// Whoever has the key to the database may see all that is in it.
	base, _, err := postgres.OpenBase(ctx, db, b.county, b.version, near, func(string) bool { return true })
	return base, err
}

// packageFiles are the endings of single files that may be a plan or a base.
func packageFiles() string { return strings.Join(catalog.PackageEndings(), ", ") }
