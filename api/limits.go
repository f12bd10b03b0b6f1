package api

import (
	"cmp"
	"runtime"
	"time"

	"landcheck/rules/plan"
)

// Limits keep one caller from taking the machine away from the others. Zeros
// are the defaults (WithDefaults). A caller is a token, the subject of a JWT,
// or, while access is open, an address.
type Limits struct {
	Upload      int64         // bytes of a package
	DailyUpload int64         // bytes that one caller may upload in 24 hours
	Plan        plan.Limits   // of what is in it
	Timeout     time.Duration // of a request but for uploads, downloads and events
	Transfer    time.Duration // of an upload or a download
	Rate        int64         // bytes a second at least of uploads and downloads
	RateTime    time.Duration // over which that is counted
	Wait        time.Duration // longest Prefer: wait
	CheckTime   time.Duration // of one check
	ReadTime    time.Duration // of reading an uploaded package, and of waiting for its turn
	Reads       int           // packages read at one time, of one caller at most half
	CheckMemory int64         // that Children have, in bytes, for people to read of; 0: no limit

	// At one time, of all callers and of each.
	Requests, CallerRequests        int // but for the others here
	Transfers, CallerTransfers      int // uploads and downloads
	Streams, CallerStreams          int // of events, and callers who wait for their check
	Tiles, CallerTiles              int // requests for tiles
	Connections, AddressConnections int // open ones

	WrongTokens int // of one address at once
	CachedRuns  int // results kept in memory
	OpenBases   int // counties whose base data is kept open for maps

	ResultMemory int64 // bytes of results kept in memory, about

	Drawing   int   // tiles drawn at one time, half of them for one caller
	MapMemory int64 // bytes of layers and tiles kept in memory
}

// Memory is about how many bytes a server process is meant to stay below: what
// it keeps, and half as much for requests.
func (l Limits) Memory() int64 { return (l.ResultMemory + l.MapMemory) * 3 / 2 }

// WithDefaults fills in what is zero.
func (l Limits) WithDefaults() Limits {
	l.Upload = cmp.Or(l.Upload, 512<<20)
	l.DailyUpload = cmp.Or(l.DailyUpload, 20<<30)
	l.Timeout = cmp.Or(l.Timeout, 30*time.Second)
	l.Transfer = cmp.Or(l.Transfer, 15*time.Minute)
	l.Rate = cmp.Or(l.Rate, 16<<10)
	l.RateTime = cmp.Or(l.RateTime, 30*time.Second)
	l.Wait = cmp.Or(l.Wait, time.Minute)
	l.CheckTime = cmp.Or(l.CheckTime, 15*time.Minute)
	l.ReadTime = cmp.Or(l.ReadTime, time.Minute)
	l.Reads = cmp.Or(l.Reads, 2)
	l.Requests, l.CallerRequests = cmp.Or(l.Requests, 64), cmp.Or(l.CallerRequests, 32)
	l.Transfers, l.CallerTransfers = cmp.Or(l.Transfers, 64), cmp.Or(l.CallerTransfers, 16)
	l.Streams, l.CallerStreams = cmp.Or(l.Streams, 256), cmp.Or(l.CallerStreams, 64)
	l.Tiles, l.CallerTiles = cmp.Or(l.Tiles, 128), cmp.Or(l.CallerTiles, 64)
	l.Connections, l.AddressConnections = cmp.Or(l.Connections, 2048), cmp.Or(l.AddressConnections, 256)
	l.WrongTokens = cmp.Or(l.WrongTokens, 100)
	l.CachedRuns = cmp.Or(l.CachedRuns, 8)
	l.OpenBases = cmp.Or(l.OpenBases, 4)
	l.ResultMemory = cmp.Or(l.ResultMemory, 128<<20)
	l.Drawing = cmp.Or(l.Drawing, max(2, runtime.GOMAXPROCS(0)/2))
	l.MapMemory = cmp.Or(l.MapMemory, 128<<20)
	l.Plan.Features = cmp.Or(l.Plan.Features, 200_000)
	l.Plan.Vertices = cmp.Or(l.Plan.Vertices, 20_000_000)
	l.Plan.Container = l.Plan.Container.WithDefaults()
	return l
}
