//go:build unix

package repair

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/sample"
)

// BenchmarkSuggest repairs a plan of 1 000 changes. It reports how many times its
// check that takes; ten is the most that it may.
func BenchmarkSuggest(b *testing.B) {
	ctx := context.Background()
	c, err := sample.New(sample.Options{Parcels: 20_000})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	at := filepath.Join(dir, "plan.zip")
	if err := c.WriteBulk(ctx, at, sample.Bulk{Changes: 1000}); err != nil {
		b.Fatal(err)
	}
	over := filepath.Join(dir, "base")
	if err := c.WriteBase(ctx, over); err != nil {
		b.Fatal(err)
	}
	open := func() check.Request {
		p, err := plan.Open(ctx, at, plan.Options{})
		if err != nil {
			b.Fatal(err)
		}
		base, err := plan.OpenBase(ctx, []string{over}, plan.BaseOptions{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { base.Close() })
		book, err := check.Book("", p)
		if err != nil {
			b.Fatal(err)
		}
		return check.Request{Plan: p, Base: base, Book: book}
	}
	start := processorTime(b)
	if _, err := check.Run(ctx, open()); err != nil {
		b.Fatal(err)
	}
	once := processorTime(b) - start
	start = processorTime(b)
	b.ResetTimer()
	for range b.N {
		set, err := Suggest(ctx, open())
		if err != nil {
			b.Fatal(err)
		}
		if len(set.Rules) == 0 {
			b.Fatal("nothing to repair")
		}
		for _, s := range set.Rules {
			b.Logf("%s: found %v, %d features, least %v, or %v", s.IDs(), s.Found, s.Parcels, s.Least, s.Or != nil)
		}
	}
	b.ReportMetric((processorTime(b)-start).Seconds()/float64(b.N)/once.Seconds(), "checks/op")
}

// processorTime is what the process has used, whatever else the machine does.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
