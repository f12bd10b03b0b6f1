// Command soak runs a service of its own under many clients for some minutes
// and watches whether it keeps its promises: no answer of 5xx, the same report
// for the same plan byte for byte, tiles that show something, memory,
// descriptors, threads, goroutines and mappings that do not grow, and no county
// that waits because of another one. It ends with a table, and with exit code 1
// where a promise was broken.
//
//	go run ./scripts/soak -landcheck bin/landcheck -minutes 10
//	go run ./scripts/soak -landcheck bin/landcheck -minutes 10 -database
//
// With -database the store is a PostgreSQL cluster made for the run; otherwise
// it is a directory. Everything is below -dir and on 127.0.0.1.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// options of a run.
type options struct {
	landcheck string
	dir       string
	database  bool
	minutes   float64
	clients   int
	flood     int
	seed      uint64
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var o options
	flag.StringVar(&o.landcheck, "landcheck", "bin/landcheck", "the program")
	flag.StringVar(&o.dir, "dir", ".soak", "where counties, plans and the service's data are; emptied first")
	flag.BoolVar(&o.database, "database", false, "serve from a PostgreSQL cluster made for the run")
	flag.Float64Var(&o.minutes, "minutes", 10, "how long the clients go on")
	flag.IntVar(&o.clients, "clients", 64, "clients at one time")
	flag.IntVar(&o.flood, "flood", 300, "checks that one county asks for at once while another one is timed")
	flag.Uint64Var(&o.seed, "seed", 1, "of what the clients do")
	flag.Parse()
	broken, err := soak(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(2)
	}
	if broken > 0 {
		os.Exit(1)
	}
}

// soak makes one run and gives how many promises were broken.
func soak(ctx context.Context, o options) (broken int, err error) {
	f, err := makeField(ctx, o.dir)
	if err != nil {
		return 0, err
	}
	s, err := startService(ctx, o, f)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	p := newInvariants(o.dir)
	fair, err := floodOne(ctx, s, f, p, o.flood)
	if err != nil {
		return 0, fmt.Errorf("flood: %w\n%s", err, s.said())
	}
	w := watchService(ctx, s)
	end := time.Now().Add(time.Duration(o.minutes * float64(time.Minute)))
	runUser(ctx, s, f, p, o, end)
	samples := w.stop()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if !s.alive() {
		p.violated("the service ended: %s", s.said())
	}
	return report(os.Stdout, o, p, fair, samples), nil
}
