package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// growth is what may not grow: the median of the last third of the samples may
// be more than that of the middle third by a share and a little.
type growth struct {
	name   string
	of     func(procSample) int64
	little int64
	bytes  bool
}

// maxGrowth is the share.
const maxGrowth = 1.15

// minSamples are too few to judge by: a minute.
const minSamples = 12

func growths(deleted int) []growth {
	all := []growth{
		{"memory of the server", func(s procSample) int64 { return s.server }, 32 << 20, true},
		{"memory with children", func(s procSample) int64 { return s.all }, 96 << 20, true},
		{"descriptors", func(s procSample) int64 { return s.descriptors }, 16, false},
		{"threads", func(s procSample) int64 { return s.threads }, 4, false},
		{"goroutines", func(s procSample) int64 { return s.goroutine }, 64, false},
		{"mappings", func(s procSample) int64 { return s.mappings }, 64, false},
		{"children", func(s procSample) int64 { return s.children }, 4, false},
	}
	if deleted > 0 { // else everything that comes in stays
		all = append(all, growth{"data directory", func(s procSample) int64 { return s.data }, 64 << 20, true})
	}
	return all
}

// report prints the table and gives how many promises were broken.
func report(w io.Writer, o options, p *invariants, fair fairness, samples []procSample) int {
	store := "a directory"
	if o.database {
		store = "PostgreSQL"
	}
	fmt.Fprintf(w, "Soak: %d clients, %.1f minutes, store: %s.\n\n", o.clients, o.minutes, store)
	requests(w, p)
	fmt.Fprintf(w, "\n| over time | middle third | last third | most | |\n|---|---:|---:|---:|---|\n")
	if len(samples) < minSamples {
		fmt.Fprintf(w, "| %d samples are too few to judge by | | | | |\n", len(samples))
	} else {
		for _, g := range growths(p.deleted) {
			g.judge(w, p, samples)
		}
	}
	fmt.Fprintf(w, "\n| fairness | median, s | longest, s |\n|---|---:|---:|\n")
	fmt.Fprintf(w, "| check alone | %.2f | %.2f |\n", median(fair.quiet).Seconds(), slices.Max(fair.quiet).Seconds())
	fmt.Fprintf(w, "| check while %d of another county wait | %.2f | %.2f |\n", fair.waiting, median(fair.flooded).Seconds(), slices.Max(fair.flooded).Seconds())
	fmt.Fprintf(w, "\nReports that were the same again: %d of %d plans. Plans deleted: %d. Tiles that show something:", p.same, p.plans, p.deleted)
	for _, layer := range slices.Sorted(maps.Keys(p.tiles)) {
		fmt.Fprintf(w, " %s %d", layer, p.tiles[layer])
	}
	fmt.Fprintf(w, ".\n\nPromises broken: %d\n", p.count)
	for _, b := range p.broken {
		fmt.Fprintf(w, "- %s\n", b)
	}
	return p.count
}

func requests(w io.Writer, p *invariants) {
	fmt.Fprintf(w, "| requests | 2xx, 3xx | 4xx | 429 | 5xx | p50, ms | p99, ms |\n|---|---:|---:|---:|---:|---:|---:|\n")
	for _, name := range slices.Sorted(maps.Keys(p.kinds)) {
		k := p.kinds[name]
		var good, bad, busy, worse int
		for status, n := range k.statuses {
			switch {
			case status == 429:
				busy += n
			case status >= 500:
				worse += n
			case status >= 400:
				bad += n
			default:
				good += n
			}
		}
		slices.Sort(k.took)
		at := func(share int) string {
			if len(k.took) == 0 {
				return ""
			}
			return fmt.Sprintf("%.0f", float64(k.took[(len(k.took)-1)*share/100])/float64(time.Millisecond))
		}
		fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %s | %s |\n", name, good, bad, busy, worse, at(50), at(99))
	}
}

// judge prints one line, and breaks the promise where it grows.
func (g growth) judge(w io.Writer, p *invariants, samples []procSample) {
	var values []int64
	for _, s := range samples {
		if v := g.of(s); v >= 0 {
			values = append(values, v)
		}
	}
	if len(values) < minSamples {
		p.violated("%s: could not be sampled", g.name)
		return
	}
	middle, last := median(values[len(values)/3:len(values)*2/3]), median(values[len(values)*2/3:])
	verdict := "flat"
	if float64(last) > maxGrowth*float64(middle) && last-middle > g.little {
		verdict = "grows"
		p.violated("%s grows: from %s to %s", g.name, g.say(middle), g.say(last))
	}
	fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", g.name, g.say(middle), g.say(last), g.say(slices.Max(values)), verdict)
}

func (g growth) say(v int64) string {
	if g.bytes {
		return strings.TrimSpace(fmt.Sprintf("%.0f MiB", float64(v)/(1<<20)))
	}
	return fmt.Sprint(v)
}
