package main

import (
	"context"
	"errors"
	"fmt"

	"landcheck/geo"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) workerCommand() *ffcli.Command {
	fs := a.flags("worker")
	f := &serviceFlags{}
	f.register(fs, processors())
	listen := fs.String("listen", "", "`address` for /healthz and /readyz; default none 监听地址")
	return &ffcli.Command{
		Name: "worker", ShortUsage: "landcheck worker --database postgres://… [flags]",
		ShortHelp: "make the checks of a service's queue 只做核查的进程",
		LongHelp: "Any number of workers on any number of machines share the queue of one database.\n" +
			"任意台机器上的任意多个 worker 共用一个数据库的队列。",
		FlagSet: fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) > 0 {
				return usage("worker 不接受参数", "worker takes no arguments")
			}
			if f.database == "" {
				return usage("缺少 --database：请给出服务所用的数据库", "--database is missing: name the service's database")
			}
			if f.workers == 0 {
				return usage("worker 的 --workers 至少为 1", "--workers of a worker is at least 1")
			}
			if err := f.read(a); err != nil {
				return err
			}
			return a.work(ctx, *listen, f)
		},
	}
}

// work makes checks until ctx is done, then drains.
func (a *app) work(ctx context.Context, address string, f *serviceFlags) (err error) {
	f.metricsHere = f.metrics != "" && f.metrics == address
	at := &startup{app: a, flags: f, address: address}
	s, err := at.open(ctx)
	if at.stopped(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	m, err := f.listenForMetrics(ctx)
	if err != nil {
		return err
	}
	defer m.close()
	answer := func(context.Context) error { return nil }
	probes := geo.Text{ZH: "不监听", EN: "listening nowhere"}
	if address != "" {
		l, err := at.listen(ctx)
		if err != nil {
			return err
		}
		defer l.Close()
		answer = func(ctx context.Context) error { return s.server.ServeProbes(ctx, l, f.drain) }
		probes = geo.Textf("状态见 %[1]sreadyz", "see %[1]sreadyz", browserURL(l.Addr()))
	}
	fmt.Fprintln(a.stdout, geo.Textf("landcheck worker 已启动：同时核查 %[1]d 个，队列在 %[2]s，%[3]s",
		"landcheck worker: %[1]d checks at one time of the queue in %[2]s, %[4]s", f.workers, s.place, probes.ZH, probes.EN).In(a.lang))
	a.say(m.text())
	return f.run(ctx, s, m.answer(s, f.drain), answer)
}
