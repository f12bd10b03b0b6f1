package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"landcheck/geo"
)

// defaultMetrics is where /metrics is unless somebody says.
const defaultMetrics = "127.0.0.1:9180"

// meter is where /metrics listens; the zero value is nowhere of its own.
type meter struct {
	net.Listener
	here bool // beside the service
}

// listenForMetrics takes the address of /metrics. Where nobody named one and
// the usual one is taken, by another service of this machine, it is a free port.
func (f *serviceFlags) listenForMetrics(ctx context.Context) (meter, error) {
	if f.metrics == "none" || f.metricsHere {
		return meter{here: f.metricsHere}, nil
	}
	address := f.metrics
	if address == "" {
		address = defaultMetrics
	}
	l, err := listenAt(ctx, "--metrics-listen", address)
	if f.metrics == "" && errors.Is(err, addressInUse) {
		l, err = listenAt(ctx, "--metrics-listen", "127.0.0.1:0")
	}
	return meter{Listener: l}, err
}

func (m meter) close() {
	if m.Listener != nil {
		_ = m.Close() // again, where it has served
	}
}

// answer serves /metrics until ctx is done.
func (m meter) answer(s *service, drain time.Duration) func(context.Context) error {
	return func(ctx context.Context) error {
		if m.Listener == nil {
			return nil
		}
		return s.server.ServeMetrics(ctx, m, drain)
	}
}

func (m meter) text() geo.Text {
	switch {
	case m.here:
		return geo.Text{ZH: "指标：同一地址的 /metrics，任何人都能看到", EN: "metrics at /metrics of the same address, for everybody who reaches it"}
	case m.Listener == nil:
		return geo.Text{ZH: "指标：不提供", EN: "metrics nowhere"}
	}
	return geo.Textf("指标：%[1]smetrics", "metrics at %[1]smetrics", browserURL(m.Addr()))
}

func (a *app) say(t geo.Text) { fmt.Fprintln(a.stdout, t.In(a.lang)) }
