package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"time"

	"landcheck/api/store"

	"github.com/dustin/go-humanize"
)

// retentionFlags say how much a service keeps, as serve and prune take them.
type retentionFlags struct {
	keep, audit string
	versions    int
}

func (f *retentionFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.keep, "keep", "", "`time` that checks are kept after their end, and plans after their last check, such as 1095d; default for ever 保留时长")
	fs.StringVar(&f.audit, "keep-audit", "", "`time` that entries of the audit trail are kept, such as 3650d; default for ever 审计记录保留时长")
	fs.IntVar(&f.versions, "keep-versions", 0, "with --database: `number` of versions of a county's base data that are kept, 0 all of them 底图保留版本数")
}

// read turns the flags into a retention.
func (f *retentionFlags) read() (r store.Retention, err error) {
	if f.versions < 0 {
		return r, usage("--keep-versions 不能是负数", "--keep-versions cannot be negative")
	}
	r.Versions = f.versions
	if r.Keep, err = days("keep", f.keep); err == nil {
		r.Audit, err = days("keep-audit", f.audit)
	}
	return r, err
}

// days reads a time in days, or as other times are written; "" is 0.
func days(name, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	const max = 100 * 366
	if n, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(n); err == nil && n > 0 && n <= max {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d, nil
	}
	return 0, usage("--%[1]s 不能是 %[2]q，请写天数，例如 1095d（至多 %[3]dd），或时长，例如 720h", "--%[1]s cannot be %[2]q; write days such as 1095d (at most %[3]dd), or a time such as 720h", name, text, max)
}

// readQuota reads --quota: a size for every county, or 15=10GiB for those whose
// codes begin so.
func readQuota(list []string) (store.Quota, error) {
	q := store.Quota{}
	for _, text := range list {
		prefix, size, ok := strings.Cut(text, "=")
		if !ok {
			prefix, size = "", text
		}
		n, err := humanize.ParseBytes(size)
		if err != nil || n == 0 || n > 1<<62 || len(prefix) > 6 || strings.Trim(prefix, "0123456789") != "" || ok && prefix == "" {
			return nil, usage("--quota 不能是 %q，请写大小（10GiB，每个旗县），或代码前缀与大小（15=10GiB）",
				"--quota cannot be %q; write a size (10GiB, of each county), or the beginning of codes and a size (15=10GiB)", text)
		}
		if _, twice := q[prefix]; twice {
			return nil, usage("--quota 对 %q 写了两次", "--quota says two sizes for %q", prefix)
		}
		q[prefix] = int64(n)
	}
	return q, nil
}

// pruneEvery is how often a service prunes.
const pruneEvery = 24 * time.Hour

// pruneDaily prunes now and then every day until ctx is done. What fails is
// logged and tried the next day.
func (f *serviceFlags) pruneDaily(ctx context.Context, s store.Retainer) error {
	if f.retention.Nothing() {
		return nil
	}
	r := f.retention
	r.By = "serve"
	tick := time.NewTicker(pruneEvery)
	defer tick.Stop()
	for {
		gone, err := s.Prune(ctx, r)
		for _, c := range gone.Counties {
			f.log.Info("pruned", "county", c.County, "plans", c.Plans, "checks", c.Checks, "versions", fmt.Sprint(c.Versions), "bytes", c.Bytes)
		}
		for _, c := range gone.Elsewhere {
			f.log.Info("old versions of base data are to be pruned on their own server", "county", c.County, "server", c.Server)
		}
		if err != nil && ctx.Err() == nil {
			f.log.Error("not everything was pruned; tried again tomorrow", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
