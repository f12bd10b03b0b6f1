// Command bench measures landcheck against other ways to answer the same five
// questions about the same files, in one run, and against its own limits. It
// writes its county once and keeps it, and what PostGIS has loaded.
//
//	go run ./scripts/bench -landcheck bin/landcheck -python .bench/venv/bin/python
//
// Every contestant answers in files that are compared; a run in which they
// differ fails. Times are medians of whole processes, ratios the medians of
// rounds in which the two ran one after the other.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	dir := flag.String("dir", ".bench", "where the county, the databases and the answers are kept")
	parcels := flag.Int("parcels", 100_000, "parcels of the county")
	changes := flag.Int("changes", 1_000, "changes of the plan: 100, 1000 or 10000")
	rounds := flag.Int("rounds", 5, "runs of each contestant; slow ones run less often")
	landcheck := flag.String("landcheck", "bin/landcheck", "the program")
	python := flag.String("python", "", "python that has the packages of scripts/bench/venv.sh; empty: without those peers")
	peers := flag.String("peers", "scripts/bench/peers", "the peers' scripts")
	only := flag.String("only", "", "run the contestants whose name matches this expression")
	clients := flag.Int("clients", 16, "clients of the service; 0: leave it out")
	serving := flag.Duration("serving", 30*time.Second, "how long they go on")
	write := flag.String("write", "", "only write a county to this directory")
	flag.Parse()
	if *write != "" {
		return writeCounty(ctx, *write, *parcels)
	}

	if *parcels < 3*projectParcels {
		return fmt.Errorf("a county of %d parcels is too small for the project area: at least %d", *parcels, 3*projectParcels)
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	f := &field{dir: *dir, landcheck: *landcheck, python: *python, peers: *peers, changes: *changes}
	if f.county, err = makeCounty(ctx, *dir, *parcels); err != nil {
		return err
	}
	if f.pg, err = startPostgres(ctx, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "bench: without PostGIS:", err)
	} else {
		defer func() { err = errors.Join(err, f.pg.stop()) }()
	}
	all, err := f.implementations(ctx)
	if err != nil {
		return err
	}
	t := &table{field: f}
	for _, c := range all {
		if wanted.MatchString(c.name) || c.name == reference {
			t.rows = append(t.rows, &row{implementation: c})
		}
	}
	if err := t.measure(ctx, *rounds); err != nil {
		return err
	}
	// Also into a file, since it took long to make.
	file, err := os.Create(filepath.Join(*dir, fmt.Sprintf("table-%d.md", *parcels)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := io.MultiWriter(os.Stdout, file)
	t.print(out)
	if wanted.MatchString("two processors") {
		s := &scale{field: f, turns: scaleTurns}
		if err := s.run(ctx, out); err != nil {
			return err
		}
	}
	if *clients == 0 || !wanted.MatchString("landcheck serve") {
		return nil
	}
	l := &load{field: f, clients: *clients, time: *serving}
	return l.run(ctx, out)
}

// scaleTurns is how often one and two processors are held against each other.
const scaleTurns = 15

// slow is a run after which a contestant is not asked again and again.
const slow = 20 * time.Second
