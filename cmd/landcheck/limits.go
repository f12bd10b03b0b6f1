package main

import (
	"flag"
	"strconv"
	"time"

	"landcheck/api"

	"github.com/dustin/go-humanize"
)

// limitFlags are flags that hold a size, a number or a time above zero. They
// are read once --lang is known, so that what is wrong is said in words.
type limitFlags struct {
	fs    *flag.FlagSet
	reads []func() error
}

func (l *limitFlags) size(into *int64, name, help string) {
	text := l.fs.String(name, humanize.IBytes(uint64(*into)), help)
	l.reads = append(l.reads, func() error {
		n, err := humanize.ParseBytes(*text)
		if err != nil || n == 0 || n > 1<<62 {
			return usage("--%[1]s 不能是 %[2]q，请写大小，例如 512MiB", "--%[1]s cannot be %[2]q; write a size such as 512MiB", name, *text)
		}
		*into = int64(n)
		return nil
	})
}

func (l *limitFlags) number(into *int, name, help string) {
	text := l.fs.String(name, strconv.Itoa(*into), help)
	l.reads = append(l.reads, func() error {
		n, err := strconv.Atoi(*text)
		if err != nil || n < 1 {
			return usage("--%[1]s 不能是 %[2]q，请写正整数", "--%[1]s cannot be %[2]q; write a whole number above zero", name, *text)
		}
		*into = n
		return nil
	})
}

func (l *limitFlags) span(into *time.Duration, name, help string) {
	l.duration(into, name, help, 1)
}

// wait is a span that may be none.
func (l *limitFlags) wait(into *time.Duration, name, help string) { l.duration(into, name, help, 0) }

func (l *limitFlags) duration(into *time.Duration, name, help string, least time.Duration) {
	text := l.fs.String(name, into.String(), help)
	l.reads = append(l.reads, func() error {
		d, err := time.ParseDuration(*text)
		if err != nil || d < least {
			return usage("--%[1]s 不能是 %[2]q，请写时长，例如 30s 或 15m", "--%[1]s cannot be %[2]q; write a time such as 30s or 15m", name, *text)
		}
		*into = d
		return nil
	})
}

func (l *limitFlags) read() error {
	for _, read := range l.reads {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

// packages are the limits of what a plan package may hold.
func (l *limitFlags) packages(m *api.Limits) {
	ratio := &m.Plan.Container.Ratio
	l.size(&m.Plan.Container.UnpackedBytes, "max-unpacked", "`size` of a package when unpacked 解压后大小上限")
	l.size(&m.Plan.Container.EntryBytes, "max-entry", "`size` of one file of a package when unpacked 单个文件解压后大小上限")
	l.number(&m.Plan.Container.Entries, "max-entries", "`number` of files of a package 文件数上限")
	most := int(*ratio)
	l.number(&most, "max-ratio", "most that a file of a package may have been compressed, as a `number` of times 压缩比上限")
	l.reads = append(l.reads, func() error { *ratio = int64(most); return nil })
	l.number(&m.Plan.Features, "max-features", "`number` of features of a plan 图斑数上限")
	l.number(&m.Plan.Vertices, "max-vertices", "`number` of vertices of a plan 顶点数上限")
	l.span(&m.CheckTime, "check-time", "`time` that one check may take 单次核查时限")
	l.size(&m.CheckMemory, "check-memory", "memory that one check may take, as a `size`; files of base data do not count 单次核查内存上限")
}

// requests are the limits of what callers may ask for.
func (l *limitFlags) requests(m *api.Limits) {
	l.size(&m.Upload, "max-upload", "`size` of an upload 上传大小上限")
	l.number(&m.Requests, "max-requests", "`number` of requests at one time; more get 429 并发请求数上限")
	l.number(&m.Transfers, "max-transfers", "`number` of uploads and downloads at one time; more get 429 并发上传下载数上限")
	l.number(&m.Streams, "max-streams", "`number` of event streams, and of callers who wait for their check, at one time; more streams get 429, more callers do not wait 并发等待数上限")
	l.number(&m.Tiles, "max-tiles", "`number` of requests for map tiles at one time; more get 429 并发瓦片请求数上限")
	l.number(&m.Connections, "max-connections", "`number` of open connections; of more, idle ones are closed 连接数上限")
	l.number(&m.CallerRequests, "max-requests-per-caller", "`number` of requests of one token at one time 单个令牌的并发请求数上限")
	l.number(&m.CallerTransfers, "max-transfers-per-caller", "`number` of uploads and downloads of one token at one time 单个令牌的并发上传下载数上限")
	l.number(&m.CallerStreams, "max-streams-per-caller", "`number` of event streams and waiting requests of one token at one time 单个令牌的并发等待数上限")
	l.number(&m.CallerTiles, "max-tiles-per-caller", "`number` of requests of one token for map tiles at one time 单个令牌的并发瓦片请求数上限")
	l.number(&m.AddressConnections, "max-connections-per-address", "`number` of open connections of one address 单个地址的连接数上限")
	l.number(&m.WrongTokens, "max-wrong-tokens", "`number` of wrong tokens of one address at once, then one in five seconds 单个地址的错误令牌数上限")
	l.size(&m.DailyUpload, "max-upload-per-day", "`size` that one token may upload in 24 hours; a restart begins anew 单个令牌 24 小时上传总量上限")
	l.size(&m.Rate, "min-rate", "least `size` a second of an upload or a download; slower ones are ended (uploads with 408) 最低传输速率")
	l.span(&m.RateTime, "rate-time", "`time` over which --min-rate is counted 最低速率的计算时段")
	l.span(&m.Timeout, "request-time", "`time` that a request may take 请求时限")
	l.span(&m.ReadTime, "read-time", "`time` that reading an uploaded package may take, and that an upload waits for its turn 读取方案包时限")
	l.number(&m.Reads, "max-reads", "`number` of uploaded packages that are read at one time, at most half of one caller; the others wait 同时读取的方案包数，同一用户最多占一半")
	l.span(&m.Transfer, "transfer-time", "`time` that an upload or a download may take 上传与下载时限")
	l.span(&m.Wait, "wait-time", "longest `time` of Prefer: wait 同步等待时限")
	l.number(&m.OpenBases, "max-bases", "`number` of counties whose base data is kept open for maps 为地图保持打开的旗县底图数")
	l.number(&m.Drawing, "max-drawing", "`number` of map tiles drawn at one time, at most half of them for one caller; others wait 同时绘制的瓦片数上限")
	l.size(&m.MapMemory, "map-memory", "`size` of map layers and tiles kept in memory 内存中保留的地图图层与瓦片大小上限")
	l.size(&m.ResultMemory, "result-memory", "`size` of results kept in memory, about 内存中保留的结果大小上限")
	l.number(&m.CachedRuns, "max-cached", "`number` of results kept in memory 内存中保留的结果数")
}
