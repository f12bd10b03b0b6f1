package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"landcheck/api/access"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/api/subprocess"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics is what an operator's Prometheus reads.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	running  prometheus.Gauge
	checks   *prometheus.HistogramVec
	waits    prometheus.Histogram
	faces    prometheus.Histogram
	changes  prometheus.Histogram
	children *prometheus.CounterVec
	peak     *prometheus.HistogramVec
}

func newMetrics(checks store.Checks) *metrics {
	sizes := prometheus.ExponentialBuckets(1, 4, 10) // 1 … 262 144
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "landcheck_request_seconds", Help: "Duration of requests.",
			Buckets: prometheus.DefBuckets}, []string{"method", "route", "status"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "landcheck_requests_running", Help: "Requests that are being answered, event streams too."}),
		checks: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "landcheck_check_seconds", Help: "Duration of checks by how they ended.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900}}, []string{"outcome"}),
		waits: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "landcheck_job_wait_seconds", Help: "Time from queueing to the start of a check.",
			Buckets: []float64{.01, .05, .1, .5, 1, 5, 30, 60, 300, 900}}),
		faces:   prometheus.NewHistogram(prometheus.HistogramOpts{Name: "landcheck_check_faces", Help: "Faces of the ledger of a check.", Buckets: sizes}),
		changes: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "landcheck_check_candidates", Help: "Change features of a plan, the candidates of a check.", Buckets: sizes}),
		children: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "landcheck_child_ends_total",
			Help: "Child processes by their task (check, read) and how they ended (done, failed, memory, crash, stopped, killed)."}, []string{"task", "end"}),
		peak: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "landcheck_child_peak_bytes", Help: "Most memory of a child process, mapped files among it.",
			Buckets: prometheus.ExponentialBuckets(32<<20, 2, 10)}, []string{"task"}), // 32 MiB … 16 GiB
	}
	m.registry.MustRegister(m.requests, m.running, m.checks, m.waits, m.faces, m.changes, m.children, m.peak, queueDepth{checks},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() echo.HandlerFunc {
	return echo.WrapHandler(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError}))
}

// checked notes one run of a check.
func (m *metrics) checked(d time.Duration, t store.Task, candidates int, out store.Outcome, err error) {
	m.waits.Observe(time.Since(t.Check.Created.Add(d)).Seconds())
	if err != nil {
		m.checks.WithLabelValues("failed").Observe(d.Seconds())
		return
	}
	m.checks.WithLabelValues(out.Verdict).Observe(d.Seconds())
	m.faces.Observe(float64(out.Faces))
	m.changes.Observe(float64(candidates))
}

// childEnded notes the end of a child process.
func (m *metrics) childEnded(task string, end subprocess.End) {
	m.children.WithLabelValues(task, string(end.How)).Inc()
	if end.Peak > 0 {
		m.peak.WithLabelValues(task).Observe(float64(end.Peak))
	}
}

func (m *metrics) requested(method, route string, status int, d time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(d.Seconds())
}

// queueDepth asks the queue when it is scraped.
type queueDepth struct{ checks store.Checks }

var queueDesc = prometheus.NewDesc("landcheck_queue_checks", "Checks by county and state; the least busy counties together as other.",
	[]string{"county", "state"}, nil)

// maxCounties is how many counties have a series of their own.
const maxCounties = 100

// Describe implements prometheus.Collector.
func (q queueDepth) Describe(ch chan<- *prometheus.Desc) { ch <- queueDesc }

// Collect implements prometheus.Collector.
func (q queueDepth) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	counts, err := q.checks.Queue(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(queueDesc, err)
		return
	}
	for _, c := range busiest(counts, maxCounties) {
		ch <- prometheus.MustNewConstMetric(queueDesc, prometheus.GaugeValue, float64(c.Queued), c.County, string(store.Queued))
		ch <- prometheus.MustNewConstMetric(queueDesc, prometheus.GaugeValue, float64(c.Running), c.County, string(store.Running))
	}
}

// busiest is the n counties that have most to do, and the rest of them as one.
func busiest(counts []store.QueueCount, n int) []store.QueueCount {
	if len(counts) <= n {
		return counts
	}
	counts = slices.Clone(counts)
	slices.SortFunc(counts, func(a, b store.QueueCount) int {
		return cmp.Or(cmp.Compare(b.Queued+b.Running, a.Queued+a.Running), cmp.Compare(a.County, b.County))
	})
	rest := store.QueueCount{County: "other"}
	for _, c := range counts[n:] {
		rest.Queued += c.Queued
		rest.Running += c.Running
	}
	return append(counts[:n:n], rest)
}

// observe measures and logs every request: whose token, of which collection, but
// no person, no geometry, no query. Who asked is in the audit trail, under the
// same request id.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		s.metrics.running.Inc()
		defer s.metrics.running.Dec()
		if err := next(c); err != nil {
			if c.Response().Committed {
				defer panic(http.ErrAbortHandler) // what came so far must not look whole
			}
			c.Error(err)
		}
		route := c.Path()
		if route == "" {
			route = "none"
		}
		d := time.Since(began)
		s.metrics.requested(method(c.Request().Method), route, c.Response().Status, d)
		s.Log.Info("request", "request", request.ID(c), "method", c.Request().Method, "route", route, "object", c.Param("id"),
			access.Who(c).Log(), "collection", collectionOf(c), "status", c.Response().Status, "bytes", c.Response().Size, "seconds", d.Seconds())
		return nil
	}
}

// collectionOf is the layer that a request is about, "" where there is none.
func collectionOf(c echo.Context) string {
	switch {
	case c.Param("collection") != "":
		return c.Param("collection")
	case c.Param("role") != "":
		return c.Param("county") + "." + c.Param("role")
	case c.Param("layer") != "":
		return c.Param("layer")
	}
	return ""
}

// method keeps what callers invent out of the labels.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}
